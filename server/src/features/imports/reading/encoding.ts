import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'tcvn3' | 'windows-1258' | 'windows-1252';
export const isLegacy = (encoding: Encoding) =>
  encoding === 'tcvn3' || encoding === 'windows-1258' || encoding === 'windows-1252';

/**
 * Encoding of a text by its first block: byte order mark, zero bytes (UTF-16 without a mark), valid UTF-8, else the legacy
 * encoding that gives the most Vietnamese syllables.
 */
export function detectEncoding(head: Buffer): { encoding: Encoding; markBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  const zeros = [0, 0];
  const looked = Math.min(head.length, 8192);
  for (let i = 0; i < looked; i++) if (head[i] === 0) zeros[i & 1]++;
  const half = looked / 2;
  if (zeros[1] > half * 0.3 && zeros[0] < half * 0.05) return { encoding: 'utf-16le', markBytes: 0 };
  if (zeros[0] > half * 0.3 && zeros[1] < half * 0.05) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: isUtf8(wholeCharacters(head)) ? 'utf-8' : detectLegacy(head), markBytes: 0 };
}

/** Without the UTF-8 character that the end of a block may have cut. */
function wholeCharacters(block: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, block.length); back++) {
    const byte = block[block.length - back];
    if (byte >= 0xc0) return block.subarray(0, block.length - back);
    if (byte < 0x80) break;
  }
  return block;
}

/** A Vietnamese syllable: initial, vowels with at most one tone, final. */
const syllable =
  /^(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|qu|r|s|t|th|tr|v|x)?[aăâeêioôơuưy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/;

/** The legacy encoding whose decoding of the words with signs beyond ASCII reads most like Vietnamese. */
function detectLegacy(block: Buffer): Encoding {
  const candidates: [Encoding, string][] = [
    ['tcvn3', iconv.decode(block, 'tcvn')],
    ['windows-1258', new TextDecoder('windows-1258').decode(block).normalize('NFC')],
  ];
  let best: Encoding = 'windows-1252';
  let bestShare = 0.6;
  for (const [encoding, text] of candidates) {
    const words = (text.normalize('NFC').match(/[^\s,;|"'().\d/-]+/g) ?? []).filter((word) =>
      /[^\x20-\x7e]/.test(word),
    );
    const good = words.filter((word) => syllable.test(withoutTone(word))).length;
    const share = words.length === 0 ? 0 : good / words.length;
    if (share > bestShare) [best, bestShare] = [encoding, share];
  }
  return best;
}

const withoutTone = (word: string) =>
  word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .normalize('NFC');

export type Decoder = {
  encoding: Encoding;
  /** Set when the file turned out not to be UTF-8 after the first block. */
  hasChanged: boolean;
  decode(block: Buffer): string;
  end(): string;
};

/**
 * Decoder for a stream of blocks. UTF-8 is checked block by block: bytes that are no UTF-8 after nothing but ASCII change
 * to the legacy encoding they show; after real UTF-8 they become '\ufffd'.
 */
export function createDecoder(encoding: Encoding): Decoder {
  const decoder: Decoder = { encoding, hasChanged: false, decode: () => '', end: () => '' };
  if (encoding === 'utf-8') {
    let isAllAscii = true;
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
    decoder.decode = (block) => {
      if (isAscii(block)) {
        // Nothing pending when all before was ASCII: Latin-1 decoding is a plain copy, and makes one-byte strings.
        return isAllAscii ? block.toString('latin1') : utf8.decode(block, { stream: true });
      }
      if (isAllAscii && !isUtf8(wholeCharacters(block))) {
        decoder.hasChanged = true;
        decoder.encoding = detectLegacy(block);
        Object.assign(decoder, legacyFunctions(decoder.encoding));
        return decoder.decode(block);
      }
      isAllAscii = false;
      return utf8.decode(block, { stream: true });
    };
    decoder.end = () => utf8.decode();
  } else Object.assign(decoder, legacyFunctions(encoding));
  return decoder;
}

function legacyFunctions(encoding: Encoding): Pick<Decoder, 'decode' | 'end'> {
  if (encoding === 'tcvn3') {
    const tcvn = iconv.getDecoder('tcvn');
    return { decode: (block) => tcvn.write(block), end: () => tcvn.end() ?? '' };
  }
  const text = new TextDecoder(encoding, { ignoreBOM: true });
  return { decode: (block) => text.decode(block, { stream: true }), end: () => text.decode() };
}
