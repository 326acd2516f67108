import { cellOf, cellToBigint, communeCells, communeIndex, type MultiPolygon } from '@diemnong/analysis';
import type { Knex } from 'knex';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import type { TestDatabase } from './database.ts';

/**
 * An invented province for tests of counts: six communes of today in a 3 × 2 grid, four of before 2025 in a row that
 * re-uses a code and leaves a strip in the east uncovered, and 2,500 seeded incidents with everything that is nasty about them.
 */
export const DEFAULT_SET = '2025-07';
export const OLD_SET = '2009';
/** Days with incidents: [from, to). */
export const RANGE = { from: '2021-06-01', to: '2025-01-01' };
export const COMMUNES = ['10001', '10002', '10003', '10004', '10005', '10006'];
const LEAVES = { property: ['theft', 'robbery', 'fraud'], drugs: ['drug_use', 'drug_trade'] };
export const CATEGORIES = ['property', 'drugs', ...LEAVES.property, ...LEAVES.drugs, 'unclassified'];

const west = 106.0;
const south = 20.6;
const width = 0.12;
const height = 0.08;

export async function fillSmallProvince(db: TestDatabase): Promise<void> {
  await db.knex.transaction(async (transaction) => {
    await transaction('province').insert({ code: '33', name_vi: 'Hưng Yên', name_en: 'Hung Yen' });
    await insertSet(transaction, { id: OLD_SET, validFrom: '2009-01-01', validTo: '2025-07-01' }, oldCommunes());
    await insertSet(transaction, { id: DEFAULT_SET, validFrom: '2025-07-01', validTo: null }, newCommunes());
    await insertCategories(transaction);
    await transaction('office').insert({ province_code: '33', code: 'CAT', name: 'Công an tỉnh' });
    const batch = '00000000-0000-4000-8000-000000000001';
    await transaction('import_batch').insert({
      id: batch,
      province_code: '33',
      office: 'CAT',
      kind: 'incidents',
      state: 'committed',
      file_name: 'thang.csv',
      file_bytes: 1,
    });
    const incidents = nastyIncidents(transaction);
    for (let i = 0; i < incidents.length; i += 250)
      await transaction('incident').insert(incidents.slice(i, i + 250).map((row) => ({ ...row, batch_id: batch })));
    await transaction('report_month').insert(reportedMonths().map((row) => ({ ...row, batch_id: batch })));
    await raiseDataVersion(transaction);
  });
}

type Shape = { code: string; name: string; kind: string; population: number | null; geometry: MultiPolygon };

function newCommunes(): Shape[] {
  return COMMUNES.map((code, i) => ({
    code,
    name: `Xã ${i + 1}`,
    kind: i === 0 ? 'phường' : 'xã',
    population: i === 5 ? null : 9_000 + 1_000 * i,
    geometry: rectangle(i % 3, Math.floor(i / 3), width / 3, height / 2),
  }));
}

function oldCommunes(): Shape[] {
  return ['10001', '20002', '20003', '20004'].map((code, i) => ({
    code,
    name: `Xã cũ ${i + 1}`,
    kind: 'xã',
    population: null,
    geometry: rectangle(i, 0, width / 4.5, height),
  }));
}

function rectangle(column: number, row: number, w: number, h: number): MultiPolygon {
  const [x0, y0, x1, y1] = [west + column * w, south + row * h, west + (column + 1) * w, south + (row + 1) * h];
  const ring = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ];
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}

async function insertSet(
  transaction: Knex.Transaction,
  set: { id: string; validFrom: string; validTo: string | null },
  shapes: Shape[],
): Promise<void> {
  await transaction('boundary_set').insert({
    id: set.id,
    name: set.id,
    valid_from: set.validFrom,
    valid_to: set.validTo,
    is_default: set.id === DEFAULT_SET,
  });
  for (const { code, name, kind, population, geometry } of shapes)
    await transaction.raw(
      `insert into commune (boundary_set_id, code, province_code, name, full_name, kind, population, area_m2, label_point, geom)
       select :set, :code, '33', :name, :name, :kind, :population, ST_Area(geom::geography), ST_PointOnSurface(geom), geom
       from (select ST_SetSRID(ST_GeomFromGeoJSON(:shape), 4326) as geom) as given`,
      { set: set.id, code, name, kind, population, shape: JSON.stringify(geometry) },
    );
  // Resolution 10 is left out, as "not known".
  const index = communeIndex(shapes);
  for (const res of [7, 8, 9])
    for (const { code, owned } of communeCells(index, shapes, res)) {
      const rows = owned.map((cell) => ({
        boundary_set_id: set.id,
        res,
        cell: cell.toString(),
        commune_code: code,
        is_owned: true,
      }));
      if (rows.length > 0) await transaction.batchInsert('commune_cell', rows, 500);
    }
}

async function insertCategories(transaction: Knex.Transaction): Promise<void> {
  await transaction('category').del(); // the tree that a new database begins with
  const weights: Record<string, number> = { robbery: 7.25, fraud: 0.1, drug_use: 0, drug_trade: 2.0005 };
  const parents = new Map(Object.entries(LEAVES).flatMap(([group, leaves]) => leaves.map((leaf) => [leaf, group])));
  for (const [position, code] of CATEGORIES.entries())
    await transaction('category').insert({
      code,
      parent: parents.get(code) ?? null,
      name_vi: code,
      name_en: code,
      weight: weights[code] ?? 1,
      position,
    });
}

/** Every third month of the odd communes is missing, and everything of 10006. */
function reportedMonths(): { province_code: string; commune_code: string; month: string }[] {
  return COMMUNES.slice(0, 5).flatMap((commune_code, i) =>
    Array.from({ length: 36 }, (_, m) => m)
      .filter((m) => i % 2 === 0 || m % 3 !== 0)
      .map((m) => {
        const month = `${2022 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`;
        return { province_code: '33', commune_code, month };
      }),
  );
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function nastyIncidents(transaction: Knex.Transaction): Record<string, unknown>[] {
  const random = mulberry32(20_260_101);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)];
  const first = Date.parse(`${RANGE.from}T00:00:00+07:00`);
  const span = Date.parse(`${RANGE.to}T00:00:00+07:00`) - first - 1;
  /** Borders of days, months, years and leap years, where a wrong offset or a wrong comparison shows. */
  const borders = ['2022-01-01', '2023-02-28', '2023-03-01', '2024-01-01', '2024-02-29', '2024-03-01', '2024-07-01'];
  const index = communeIndex(newCommunes());
  return Array.from({ length: 2500 }, (_, i) => {
    const isAtBorder = i % 5 === 0;
    const border = Date.parse(`${pick(borders)}T00:00:00+07:00`);
    const instant = isAtBorder
      ? border + pick([-HOUR_MS, -1, 0, 1, HOUR_MS, DAY_MS - 1])
      : first + Math.floor(random() * span);
    const dayStart = Math.floor((instant + 7 * HOUR_MS) / DAY_MS) * DAY_MS - 7 * HOUR_MS;
    const kind = i % 7;
    const isDateOnly = kind === 1;
    const started = isDateOnly ? dayStart : instant;
    const ended = [
      null,
      dayStart + DAY_MS,
      started + HOUR_MS,
      started + HOUR_MS + 1,
      started + 9 * HOUR_MS, // often across midnight
      null,
      started + 1,
    ][kind];
    const precision = pick(['point', 'point', 'street', 'hamlet', 'commune', 'unknown']);
    const lng = west + random() * width;
    // Every eleventh on the border of two communes, old and new.
    const lat = i % 11 === 0 ? south + height / 2 : south + random() * height;
    const isInCell = precision === 'point' || precision === 'street';
    const cell = (res: number) => (isInCell ? cellToBigint(cellOf(lng, lat, res)).toString() : null);
    return {
      province_code: '33',
      office: 'CAT',
      reference: `VV-${i}`,
      category: pick([...CATEGORIES, 'theft', 'theft', 'removed_code']),
      occurred_from: new Date(started).toISOString(),
      occurred_to: ended === null ? null : new Date(ended).toISOString(),
      state: 'received',
      precision,
      commune_code: isInCell ? index.find(lng, lat) : pick([...COMMUNES, '99999']),
      cell: cell(10),
      cell_9: cell(9),
      cell_8: cell(8),
      cell_7: cell(7),
      geom:
        isInCell || precision === 'hamlet'
          ? transaction.raw('ST_SetSRID(ST_MakePoint(cast(? as float8), cast(? as float8)), 4326)', [lng, lat])
          : null,
    };
  });
}

/** Seeded generator, for the same rows on every run (Tommy Ettinger's mulberry32, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
