import latin400 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-400-normal.woff2?url';
import latin700 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-latin-700-normal.woff2?url';
import vietnamese400 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-400-normal.woff2?url';
import vietnamese700 from '@fontsource/be-vietnam-pro/files/be-vietnam-pro-vietnamese-700-normal.woff2?url';

/** As @fontsource cuts the typeface (its 400.css). */
const ranges = {
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
} as const;

const files = [
  { url: vietnamese400, weight: 400, range: ranges.vietnamese },
  { url: latin400, weight: 400, range: ranges.latin },
  { url: vietnamese700, weight: 700, range: ranges.vietnamese },
  { url: latin700, weight: 700, range: ranges.latin },
] as const;

let loaded: Promise<string> | undefined;

/**
 * `@font-face` rules with the letters inside: a picture that is opened by itself sees no font of the page. About 90 kB,
 * read once; the browser has the files already.
 */
export function chartFontFaces(): Promise<string> {
  loaded ??= Promise.all(
    files.map(async ({ url, weight, range }) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      const data = toBase64(new Uint8Array(await response.arrayBuffer()));
      return `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
    }),
  ).then(
    (rules) => rules.join(''),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
