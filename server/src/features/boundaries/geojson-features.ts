import { AppError } from '@diemnong/contracts';

/** A feature as it stands in the file: nothing about it is checked yet. */
export type RawFeature = {
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates?: unknown; geometries?: unknown } | null;
};

/** The file declares another coordinate system than the longitude and latitude RFC 7946 asks for. */
export class ForeignCrs extends Error {
  override name = 'ForeignCrs';
  readonly crs: string;
  /** False when features had already been read: then reading cannot simply begin again. */
  readonly isBeforeFeatures: boolean;
  constructor(crs: string, isBeforeFeatures: boolean) {
    super(`GeoJSON declares ${crs}`);
    this.crs = crs;
    this.isBeforeFeatures = isBeforeFeatures;
  }
}

/** A commune's outline has some thousand positions; a "feature" this large is a broken file. */
const largestFeatureBytes = 128 * 1024 * 1024;

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const colon = 0x3a;
const comma = 0x2c;

/**
 * Features of a GeoJSON text one by one, whatever its size: a FeatureCollection, or features one after another (GeoJSON
 * text sequence, RFC 8142, with or without its record separators). Only one feature is held in memory.
 * Errors: `unprocessable` when the text is not GeoJSON or is cut off; `ForeignCrs` when it declares another system.
 * Format: RFC 7946; the member `crs` is of the older GeoJSON 2008.
 */
export async function* readGeoJsonFeatures(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawFeature> {
  const scanner = createScanner();
  let features = 0;
  for await (const chunk of chunks) {
    for (const piece of scanner.scan(chunk)) {
      if (piece.kind === 'crs') {
        const crs = nameOfCrs(piece.text);
        if (crs !== undefined && !isLngLat(crs)) throw new ForeignCrs(crs, features === 0);
        continue;
      }
      const value = parse(piece.text);
      if (value.type === 'Feature') {
        features++;
        yield { properties: asRecord(value.properties), geometry: value.geometry as RawFeature['geometry'] };
      } else if (piece.kind === 'whole') {
        throw notGeoJson(`its type is ${JSON.stringify(value.type ?? null)}; expected FeatureCollection or Feature`);
      }
    }
  }
  if (!scanner.isAtEnd()) throw notGeoJson('it ends in the middle');
  if (features === 0 && !scanner.sawCollection()) throw notGeoJson('it holds no features');
}

type Piece = { kind: 'feature' | 'whole' | 'crs'; text: string };

/**
 * Cuts a JSON text into the pieces that matter without parsing it: elements of the top-level member `features`, the
 * top-level member `crs`, and whole top-level objects that have no `features` (features of a sequence).
 */
function createScanner() {
  let depth = 0;
  let inString = false;
  let isEscaped = false;
  // At depth 1: the member we are in, and the last string, which is the next member's key when a colon follows.
  let member: string | undefined;
  let lastString = '';
  let inFeatures = false;
  let sawCollection = false;
  const feature = createCollector('feature');
  const whole = createCollector('whole');
  const crs = createCollector('crs');
  const collectors = [feature, crs, whole];

  function* scan(chunk: Buffer): Generator<Piece> {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) inString = false;
        else if (depth === 1 && lastString.length < 16) lastString += String.fromCharCode(byte);
        continue;
      }
      switch (byte) {
        case quote:
          inString = true;
          if (depth === 1) lastString = '';
          break;
        case colon:
          if (depth === 1) member = lastString;
          break;
        case comma:
          if (depth === 1) member = undefined;
          break;
        case openBrace:
          if (depth === 0) whole.begin(0, i);
          else if (depth === 2 && inFeatures) feature.begin(2, i);
          else if (depth === 1 && member === 'crs') crs.begin(1, i);
          depth++;
          break;
        case openBracket:
          if (depth === 1 && member === 'features') {
            inFeatures = true;
            sawCollection = true;
            whole.drop();
          }
          depth++;
          break;
        case closeBrace:
        case closeBracket:
          depth--;
          if (depth < 0) throw notGeoJson('its brackets do not match');
          if (depth === 1) inFeatures = false;
          for (const collector of collectors) {
            if (collector.endDepth() === depth) yield collector.take(chunk, i + 1);
          }
          break;
      }
    }
    for (const collector of collectors) collector.keepRest(chunk);
  }

  return { scan, isAtEnd: () => depth === 0 && !inString, sawCollection: () => sawCollection };
}

/** The bytes of one piece, from its opening brace on, over as many chunks as it takes. */
function createCollector(kind: Piece['kind']) {
  let endDepth: number | undefined;
  let from = 0;
  let parts: Buffer[] = [];
  let size = 0;
  function keep(chunk: Buffer, to: number): void {
    parts.push(chunk.subarray(from, to));
    size += to - from;
    from = 0;
    if (size > largestFeatureBytes)
      throw new AppError(
        'too_large',
        `Một đối tượng trong tệp lớn hơn ${largestFeatureBytes >> 20} MB: tệp hỏng hoặc không phải ranh giới xã. (One feature is too large.)`,
      );
  }
  function drop(): void {
    endDepth = undefined;
    parts = [];
    size = 0;
  }
  return {
    /** The depth to which the closing brace of the piece leads back; undefined while nothing is collected. */
    endDepth: () => endDepth,
    begin(depth: number, at: number): void {
      drop();
      endDepth = depth;
      from = at;
    },
    drop,
    keepRest(chunk: Buffer): void {
      if (endDepth !== undefined) keep(chunk, chunk.length);
    },
    take(chunk: Buffer, to: number): Piece {
      keep(chunk, to);
      const text = Buffer.concat(parts).toString('utf8');
      drop();
      return { kind, text };
    },
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return asRecord(JSON.parse(text));
  } catch (cause) {
    throw notGeoJson(cause instanceof Error ? cause.message : String(cause));
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function nameOfCrs(text: string): string | undefined {
  const { name } = asRecord(parse(text).properties);
  return typeof name === 'string' ? name : undefined;
}

function isLngLat(crs: string): boolean {
  return /CRS:?84$/i.test(crs) || /EPSG:(:|[\d.]+:)?4326$/i.test(crs);
}

function notGeoJson(reason: string): AppError {
  return new AppError('unprocessable', `Tệp không phải GeoJSON hợp lệ: ${reason}. (Not valid GeoJSON.)`);
}
