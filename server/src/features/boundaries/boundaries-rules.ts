import { AppError } from '@diemnong/contracts';
import { fromWkb, toEwkb } from '../../database/multipolygon-wkb.ts';
import type { RawFeature } from './geojson-features.ts';
import { nameKey } from './provinces.ts';

const communeKinds = ['xã', 'phường', 'thị trấn', 'đặc khu'] as const;
type Kind = (typeof communeKinds)[number] | '';

/** What a feature of the file says of a commune. `province` is as written: a code or a name. */
export type CommuneDraft = {
  /** Place in the file, from 1. */
  feature: number;
  code: string;
  name: string;
  fullName: string;
  kind: Kind;
  province: string | undefined;
  population: number | null;
  /** EWKB of a MultiPolygon: a fifth of the room the coordinates take as objects. */
  outline: Buffer;
  /** Small faults of the outline that were put right while reading. */
  notes: string[];
};

/** Names of the fields that hold what; undefined = the file has no such field. */
export type FieldMap = {
  code: string;
  name: string;
  fullName: string | undefined;
  kind: string | undefined;
  province: string | undefined;
  population: string | undefined;
};

export type FieldOptions = {
  codeField?: string | undefined;
  nameField?: string | undefined;
  kindField?: string | undefined;
  provinceField?: string | undefined;
  populationField?: string | undefined;
};

/** Usual names of fields as `nameKey` writes them, the surest first. */
const usualFields: Record<keyof FieldMap, string[]> = {
  code: [
    'code',
    'ma',
    'maxa',
    'maphuongxa',
    'maxaphuong',
    'maphuong',
    'madvhc',
    'madonvi',
    'madvhccapxa',
    'communecode',
    'communeid',
    'wardcode',
    'wardid',
    'xacode',
  ],
  name: [
    'name',
    'ten',
    'tenxa',
    'tenphuongxa',
    'tenxaphuong',
    'tenphuong',
    'tendvhc',
    'tendonvi',
    'tenxaphuongthitran',
    'communename',
    'communevn',
    'wardname',
    'xaname',
    'namevi',
    'xaphuong',
    'phuongxa',
    'commune',
    'ward',
    'xa',
    'name3',
  ],
  fullName: ['fullname', 'tendaydu', 'tenday', 'namefull'],
  kind: ['kind', 'loai', 'loaidvhc', 'capdvhc', 'loaidonvi', 'loaihinh', 'communetype', 'wardtype', 'type', 'type3'],
  province: [
    'provincecode',
    'matinh',
    'matinhtp',
    'matp',
    'tinhcode',
    'provinceid',
    'province',
    'provincename',
    'provincevn',
    'tinh',
    'tentinh',
    'tentinhtp',
    'tinhthanh',
    'tinhtp',
    'name1',
  ],
  population: ['population', 'danso', 'pop', 'danso2025', 'dansotrungbinh', 'quymodanso'],
};

/**
 * Which field of the file holds what: the ones named in the options, else those with a usual Vietnamese or English name.
 * Errors: `invalid_input` when a field named in the options is not there, or no code or name can be found; both list the fields.
 */
export function recogniseFields(fields: readonly string[], options: FieldOptions): FieldMap {
  const byKey = new Map(fields.map((field) => [nameKey(field), field]));
  const list = fields.join(', ');
  const pick = (what: keyof FieldMap, named: string | undefined, option: string): string | undefined => {
    if (named === undefined) return usualFields[what].map((key) => byKey.get(key)).find((field) => field !== undefined);
    const field = fields.includes(named) ? named : byKey.get(nameKey(named));
    if (field === undefined)
      throw new AppError(
        'invalid_input',
        `Tệp không có trường "${named}" (${option}). Các trường của tệp: ${list}. (No such field.)`,
      );
    return field;
  };
  const need = (field: string | undefined, what: string, option: string): string => {
    if (field === undefined)
      throw new AppError(
        'invalid_input',
        `Không nhận ra trường ${what}: hãy chỉ rõ bằng ${option}. Các trường của tệp: ${list}. (Name the field with ${option}.)`,
      );
    return field;
  };
  const fullName = options.nameField === undefined ? pick('fullName', undefined, '') : undefined;
  return {
    code: need(pick('code', options.codeField, '--code-field'), 'mã xã', '--code-field'),
    name: need(pick('name', options.nameField, '--name-field') ?? fullName, 'tên xã', '--name-field'),
    fullName,
    kind: pick('kind', options.kindField, '--kind-field'),
    province: pick('province', options.provinceField, '--province-field'),
    population: pick('population', options.populationField, '--population-field'),
  };
}

/**
 * Read one feature.
 * @returns the draft, or why the feature cannot be a commune, in Vietnamese with English second.
 * Errors: `unprocessable` when a coordinate is no longitude or latitude, since then the whole file is in another system.
 */
export function readFeature(raw: RawFeature, feature: number, fields: FieldMap): CommuneDraft | { rejected: string } {
  const code = readCode(raw.properties[fields.code]);
  if (code === undefined) return { rejected: `Thiếu mã xã trong trường "${fields.code}". (No code.)` };
  if (code.length > 20) return { rejected: `Mã xã "${code.slice(0, 30)}…" dài quá 20 ký tự. (The code is too long.)` };
  const written = readText(raw.properties[fields.name]);
  if (written === undefined) return { rejected: `Mã ${code}: thiếu tên trong trường "${fields.name}". (No name.)` };
  const outline = readOutline(raw.geometry);
  if ('rejected' in outline) return { rejected: `Mã ${code}: ${outline.rejected}` };
  return {
    feature,
    code,
    ...readName(written, valueOf(raw, fields.fullName), valueOf(raw, fields.kind)),
    province: readText(valueOf(raw, fields.province)),
    population: readPopulation(valueOf(raw, fields.population)),
    ...outline,
  };
}

/**
 * Parts of one commune that stand in several features become one draft, when they agree on the name.
 * @returns drafts in order of code, and the codes that were merged with their number of parts.
 * Errors: `unprocessable` naming the codes that stand for different communes: neither may be dropped by guess.
 */
export function mergeParts(drafts: readonly CommuneDraft[]): {
  communes: CommuneDraft[];
  merged: { code: string; parts: number }[];
} {
  const byCode = Map.groupBy(drafts, ({ code }) => code);
  const conflicts = [...byCode.values()].filter((parts) =>
    parts.some(({ fullName }) => fullName !== parts[0]?.fullName),
  );
  if (conflicts.length > 0) {
    const list = conflicts
      .slice(0, 5)
      .map(
        (parts) =>
          `${parts[0]?.code} (${parts.map(({ feature, fullName }) => `${fullName}, đối tượng ${feature}`).join('; ')})`,
      );
    throw new AppError(
      'unprocessable',
      `${conflicts.length} mã xã được dùng cho nhiều xã khác nhau: ${list.join(', ')}. (The same code stands for different communes.)`,
      { details: conflicts.map((parts) => parts[0]?.code) },
    );
  }
  const communes = [...byCode.values()].flatMap((parts): CommuneDraft[] => {
    const [first] = parts;
    if (first === undefined) return [];
    const population = parts.map((part) => part.population).find((people) => people !== null) ?? null;
    const outline = joinOutlines(parts.map((part) => part.outline));
    return [{ ...first, population, outline, notes: parts.flatMap(({ notes }) => notes) }];
  });
  return {
    communes: communes.sort((a, b) => (a.code < b.code ? -1 : 1)),
    merged: [...byCode].filter(([, parts]) => parts.length > 1).map(([code, parts]) => ({ code, parts: parts.length })),
  };
}

const prefixes: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:phường|p\.)\s*(?=\S)/iu, 'phường'],
  [/^(?:thị trấn|tt\.|tt(?=\s))\s*(?=\S)/iu, 'thị trấn'],
  [/^(?:đặc khu|đk\.)\s*(?=\S)/iu, 'đặc khu'],
  [/^(?:xã|x\.)\s*(?=\S)/iu, 'xã'],
];

/** `Phường Phố Hiến` → kind and name apart; a name without a known prefix has kind ''. */
export function splitFullName(text: string): { kind: Kind; name: string } {
  for (const [prefix, kind] of prefixes) {
    const [found] = prefix.exec(text) ?? [];
    // "Xã" itself, or "Xãng", is a name: a prefix is a word of its own, or an abbreviation with its dot.
    if (found !== undefined && (/\s$/.test(found) || found.endsWith('.')))
      return { kind, name: text.slice(found.length) };
  }
  return { kind: '', name: text };
}

function readName(
  written: string,
  fullNameValue: unknown,
  kindValue: unknown,
): { name: string; fullName: string; kind: Kind } {
  const fullName = readText(fullNameValue);
  const own = splitFullName(written);
  const full = fullName === undefined ? own : splitFullName(fullName);
  const kind = own.kind || full.kind || readKind(kindValue);
  return {
    name: own.name,
    kind,
    fullName: kind === '' ? (fullName ?? written) : `${kind[0]?.toUpperCase()}${kind.slice(1)} ${own.name}`,
  };
}

const kindKeys: Record<string, Kind> = {
  ...Object.fromEntries(communeKinds.map((kind) => [nameKey(kind), kind])),
  commune: 'xã',
  ward: 'phường',
  township: 'thị trấn',
  specialzone: 'đặc khu',
  specialadministrativezone: 'đặc khu',
};

function readKind(value: unknown): Kind {
  return kindKeys[nameKey(readText(value) ?? '')] ?? '';
}

/** Text in composed form, without double spaces; numbers as written. undefined when there is nothing. */
function readText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).normalize('NFC').replace(/\s+/gu, ' ').trim() || undefined;
}

/** Official codes have five digits; spreadsheets and numeric fields lose the zeros in front. */
function readCode(value: unknown): string | undefined {
  const text = readText(value)?.replace(/^(\d+)[.,]0+$/, '$1');
  return text !== undefined && /^\d{1,4}$/.test(text) ? text.padStart(5, '0') : text;
}

/** A whole number of people, thousands apart by point, comma or space or not; zero and nonsense are "not known". */
function readPopulation(value: unknown): number | null {
  const text = readText(value)
    ?.replace(/^(\d+)[.,]0$/, '$1')
    .replace(/[.,\s](?=\d{3}(?:\D|$))/g, '');
  const people = text === undefined ? Number.NaN : Math.round(Number(text));
  return people > 0 && people < 100_000_000 ? people : null;
}

function joinOutlines(outlines: readonly Buffer[]): Buffer {
  const [only] = outlines;
  return only !== undefined && outlines.length === 1 ? only : toEwkb(outlines.flatMap(fromWkb));
}

type Outline = { outline: Buffer; notes: string[] };

function readOutline(geometry: RawFeature['geometry']): Outline | { rejected: string } {
  if (geometry === null || geometry === undefined) return { rejected: 'không có hình. (No geometry.)' };
  const polygons = polygonsIn(geometry);
  if (polygons === undefined)
    return { rejected: `hình là ${geometry.type}; cần Polygon hoặc MultiPolygon. (Not a polygon.)` };
  const notes = new Set<string>();
  const read = polygons.map((rings) => readRings(rings, notes)).filter((rings) => rings.length > 0);
  return read.length === 0
    ? { rejected: 'hình rỗng. (Empty geometry.)' }
    : { outline: toEwkb(read), notes: [...notes] };
}

function polygonsIn({ type, coordinates, geometries }: NonNullable<RawFeature['geometry']>): unknown[] | undefined {
  if (type === 'Polygon') return [coordinates];
  if (type === 'MultiPolygon') return asArray(coordinates);
  if (type !== 'GeometryCollection') return undefined;
  const parts = asArray(geometries).map((part) => polygonsIn(part as NonNullable<RawFeature['geometry']>));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

/** Rings closed and with enough positions; a polygon whose shell is too short falls away with its holes. */
function readRings(rings: unknown, notes: Set<string>): [number, number][][] {
  const read: [number, number][][] = [];
  for (const [at, ring] of asArray(rings).entries()) {
    const positions = asArray(ring).map(readPosition);
    const first = positions[0];
    const last = positions.at(-1);
    if (first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1])) {
      positions.push(first);
      notes.add('vành chưa khép kín, đã khép (unclosed ring)');
    }
    if (positions.length >= 4) read.push(positions);
    else if (positions.length > 0) notes.add('vành dưới 4 điểm, đã bỏ (ring of fewer than 4 positions)');
    if (at === 0 && positions.length < 4) return [];
  }
  return read;
}

function readPosition(position: unknown): [number, number] {
  const [lng, lat] = asArray(position);
  if (typeof lng === 'number' && typeof lat === 'number' && Math.abs(lng) <= 180 && Math.abs(lat) <= 90)
    return [lng, lat];
  throw new AppError(
    'unprocessable',
    `Toạ độ [${String(lng)}, ${String(lat)}] không phải kinh độ, vĩ độ WGS84: tệp ở hệ toạ độ khác, hãy khai bằng --crs, ví dụ --crs vn2000:105.5. ` +
      '(Coordinates are out of range for longitude and latitude: give the system with --crs.)',
  );
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function valueOf(raw: RawFeature, field: string | undefined): unknown {
  return field === undefined ? undefined : raw.properties[field];
}
