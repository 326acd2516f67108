import { FileRefusal } from './file-refusal.ts';

/** A feature of an incident is a point with properties; anything near this size is not. */
const MAX_FEATURE_CHARS = 8 * 1024 * 1024;
const MAX_CRS_CHARS = 4096;

const QUOTE = 34;
const BACKSLASH = 92;

export type FeatureSplitter = {
  /** Feed the next piece of text; whole features are handed out on the way. Errors: FileRefusal. */
  push(piece: string): void;
  /** True once the outer object has been closed (or was never opened by an object). */
  isComplete(): boolean;
  /** What was fed so far holds no "features" array at the top although the outer object is closed or 64 kB went by. */
  isForeign(): boolean;
  /** Text of the top-level "crs" member, when it came before the features. */
  crsText(): string | null;
};

/**
 * Cuts the features out of a FeatureCollection without parsing it whole: follows strings and brackets, and hands out the
 * text of each object that lies directly in the top-level array "features".
 */
export function createFeatureSplitter(onFeature: (text: string) => void): FeatureSplitter {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let isInFeatures = false;
  let hasFeatures = false;
  let isClosed = false;
  let key = '';
  let crs: string | null = null;
  let rest = '';
  /** Where in `rest + piece` the current string, feature or crs object began; -1 none. */
  let stringStart = -1;
  let objectStart = -1;
  let seen = 0;

  function push(piece: string) {
    seen += piece.length;
    const text = rest === '' ? piece : rest + piece;
    for (let i = rest.length; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === BACKSLASH) isEscaped = true;
        else if (code === QUOTE) {
          isInString = false;
          if (depth === 1 && stringStart >= 0) key = text.slice(stringStart + 1, i);
          stringStart = -1;
        }
        continue;
      }
      switch (code) {
        case QUOTE:
          isInString = true;
          if (depth === 1) stringStart = i;
          break;
        case 123: // {
        case 91: // [
          if (depth === 1 && code === 91 && key === 'features') {
            isInFeatures = true;
            hasFeatures = true;
          } else if (depth === 1 && code === 123 && key === 'crs') objectStart = i;
          else if (depth === 2 && isInFeatures && code === 123) objectStart = i;
          depth++;
          break;
        case 125: // }
        case 93: // ]
          depth--;
          if (depth < 0) throw new FileRefusal('damaged', { detail: 'GeoJSON' });
          if (depth === 2 && isInFeatures && objectStart >= 0) {
            onFeature(text.slice(objectStart, i + 1));
            objectStart = -1;
          } else if (depth === 1) {
            if (objectStart >= 0 && key === 'crs') crs = text.slice(objectStart, i + 1).slice(0, MAX_CRS_CHARS);
            objectStart = -1;
            isInFeatures = false;
          } else if (depth === 0) isClosed = true;
          break;
      }
    }
    const keep = objectStart >= 0 ? objectStart : stringStart >= 0 ? stringStart : text.length;
    rest = text.slice(keep);
    if (rest.length > MAX_FEATURE_CHARS) throw new FileRefusal('not_geojson', { detail: 'một đối tượng dài quá 8 MB' });
    if (objectStart >= 0) objectStart -= keep;
    if (stringStart >= 0) stringStart -= keep;
  }

  return {
    push,
    isComplete: () => isClosed && hasFeatures,
    isForeign: () => !hasFeatures && (isClosed || seen > 65_536),
    crsText: () => crs,
  };
}
