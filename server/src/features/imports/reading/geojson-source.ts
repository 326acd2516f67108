import type { ImportWarning } from '@diemnong/contracts';
import { personHeadingKind } from '../rows/person-headings.ts';
import type { ByteStream } from './byte-stream.ts';
import { createDecoder, detectEncoding } from './encoding.ts';
import { createFeatureSplitter } from './feature-splitter.ts';
import { FileRefusal } from './file-refusal.ts';
import { isBlank } from './heading-row.ts';
import type { Cell, Row, RowSource } from './row-source.ts';

const SAMPLE_ROWS = 200;
const CHUNK_ROWS = 2000;
const MAX_PROPERTIES = 500;

/**
 * A GeoJSON FeatureCollection (RFC 7946), feature by feature. Properties become columns, the point's coordinates the last
 * two, `lng` and `lat`. A geometry that is no point gives its type name in `lng` (the row is then rejected with that
 * reason), no geometry gives empty cells. Columns are the properties of the features in the first block; one that first
 * appears later is not read and told, or the file refused when it is a person's.
 */
export async function openGeojsonSource(bytes: ByteStream): Promise<RowSource> {
  const head = await bytes.peek();
  const { encoding, markBytes } = detectEncoding(head);
  const first: Feature[] = [];
  const peeker = createFeatureSplitter((text) => first.push(toFeature(text, first.length + 1)));
  peeker.push(createDecoder(encoding).decode(head.subarray(markBytes)));
  if (peeker.isForeign()) throw new FileRefusal('not_geojson', { detail: 'features' });

  const properties = new Set<string>();
  for (const feature of first) for (const name of Object.keys(feature.properties ?? {})) properties.add(name);
  if (properties.size > MAX_PROPERTIES) {
    throw new FileRefusal('too_many_columns', { detail: properties.size, limit: MAX_PROPERTIES });
  }
  const names = [...properties];
  const toUnique = (name: string): string => (properties.has(name) ? toUnique(`${name}_`) : name);
  // A property named "lng" or "lat" keeps its name; the geometry is what is read.
  const headings = [...names, toUnique('lng'), toUnique('lat')];

  const warnings: ImportWarning[] = [];
  const late = new Map<string, number>();
  const source: RowSource = {
    format: 'geojson',
    encoding,
    delimiter: null,
    sheet: null,
    sheets: [],
    headings,
    headingRow: 0,
    date1904: false,
    declaredCrs: declaredCrs(peeker.crsText()),
    samples: first.slice(0, SAMPLE_ROWS).map((feature, i) => ({ rowNumber: i + 1, cells: toCells(feature) })),
    warnings,
    rows,
    progress: bytes.progress,
    close: bytes.close,
  };

  function toCells({ properties: values, geometry }: Feature): Cell[] {
    const cells: Cell[] = names.map((name) => toCell(values?.[name]));
    if (geometry === null || geometry === undefined) cells.push(null, null);
    else if (geometry.type === 'Point' && Array.isArray(geometry.coordinates)) {
      cells.push(toCell(geometry.coordinates[0]), toCell(geometry.coordinates[1]));
    } else cells.push(String(geometry.type), null);
    return cells;
  }

  async function* rows(): AsyncGenerator<Row[]> {
    const decoder = createDecoder(encoding);
    let rowNumber = 0;
    let done: Row[] = [];
    const splitter = createFeatureSplitter((text) => {
      rowNumber++;
      const feature = toFeature(text, rowNumber);
      for (const name in feature.properties) if (!properties.has(name)) noteLate(name, rowNumber);
      const cells = toCells(feature);
      if (!isBlank(cells)) done.push({ rowNumber, cells });
    });
    let skip = markBytes;
    for (let block = await bytes.next(); block !== null; block = await bytes.next()) {
      splitter.push(decoder.decode(skip > 0 ? block.subarray(skip) : block));
      skip = 0;
      if (done.length >= CHUNK_ROWS) {
        yield done;
        done = [];
      }
    }
    splitter.push(decoder.end());
    if (done.length > 0) yield done;
    if (!splitter.isComplete()) throw new FileRefusal('damaged', { detail: 'GeoJSON' });
    if (late.size > 0) warnings.push(lateWarning(late));
  }

  function noteLate(name: string, rowNumber: number) {
    if (late.has(name) || late.size >= 20) return;
    if (personHeadingKind(name) !== null) throw new FileRefusal('person_property', { detail: name });
    late.set(name, rowNumber);
  }
  return source;
}

type Feature = {
  type: unknown;
  properties?: Record<string, unknown> | null;
  geometry?: { type: unknown; coordinates?: unknown } | null;
};

function toFeature(text: string, number: number): Feature {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FileRefusal('damaged', { detail: `đối tượng thứ ${number}` }, error);
  }
  if (typeof value !== 'object' || value === null || (value as Feature).type !== 'Feature') {
    throw new FileRefusal('not_geojson', { detail: `đối tượng thứ ${number}` });
  }
  return value as Feature;
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new FileRefusal('damaged', { detail: 'lồng quá sâu' }, error); // brackets too deep for the stack
  }
}

/** The `crs` member that older files carry (GeoJSON 2008): "urn:ogc:def:crs:EPSG::3405" → 'EPSG:3405'. */
function declaredCrs(text: string | null): string | null {
  if (text === null) return null;
  if (/CRS:?:?84/i.test(text)) return 'EPSG:4326';
  const code = /EPSG:(?:[\d.]*:)?(\d{4,6})/i.exec(text)?.[1];
  return code === undefined ? null : `EPSG:${code}`;
}

function lateWarning(late: Map<string, number>): ImportWarning {
  const names = [...late.keys()].map((name) => `"${name}"`).join(', ');
  return {
    code: 'other',
    message: `Các thuộc tính chỉ xuất hiện về sau không được đọc: ${names}.`,
    messageEn: `Properties that first appear later in the file were not read: ${names}.`,
    rows: late.size,
    sampleRows: [...late.values()].slice(0, 10),
    at: null,
  };
}
