import { randomUUID } from 'node:crypto';
import { cellOf, cellsInBbox, cellToBigint } from '@diemnong/analysis';
import { type AreaEventType, type AreaType, approvedEventTypes } from '@diemnong/contracts';
import { cellsToMultiPolygon, gridDisk } from 'h3-js';
import type { TestDatabase } from '../support/database.ts';
import { COMMUNES, DEFAULT_SET, fillSmallProvince, mulberry32 } from '../support/small-province.ts';

/** The small province with three calm years, a few places where something happened, and areas by plain SQL. */
const BATCH = '00000000-0000-4000-8000-000000000001';
/** 2022-01 … 2024-12. */
export const MONTHS = Array.from(
  { length: 36 },
  (_, i) => `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
/** A place that did not report two months: pairs of months that leave a comparison of 2024 with 2023. */
export const SILENT = { commune: '10004', months: ['2023-05', '2024-03'] };

/** Centre of a commune of the grid. */
export function centreOfCommune(code: string): [number, number] {
  const i = COMMUNES.indexOf(code);
  return [106.02 + 0.04 * (i % 3), 20.62 + 0.04 * Math.floor(i / 3)];
}

/** Res-10 cells around a point. */
export const diskAt = ([lng, lat]: [number, number], steps: number): string[] =>
  gridDisk(cellOf(lng, lat, 10), steps).sort();

/** Areas' places: theft falls in `works`, stays in `silent`, is around `border`; it came back in `back`, and did not in `calm`. */
export const PLACES = {
  works: diskAt(centreOfCommune('10002'), 2),
  silent: diskAt(centreOfCommune('10004'), 2),
  border: diskAt([106.04, 20.61], 2),
  back: diskAt(centreOfCommune('10005'), 2),
  calm: diskAt(centreOfCommune('10006'), 2),
};
/** Theft a month inside each place. */
const inside: Record<keyof typeof PLACES, (month: string) => number> = {
  works: (month) => (month < '2024-02' ? 14 : 3),
  silent: () => 6,
  border: () => 5,
  back: (month) => (month < '2023-03' || month >= '2024-10' ? 10 : 2),
  calm: (month) => (month < '2023-03' ? 10 : 1),
};

export async function fillAreaWorld(db: TestDatabase): Promise<void> {
  await fillSmallProvince(db);
  await db.knex('incident').delete();
  await db.knex('report_month').delete();
  await db.knex('category').whereIn('code', ['property', 'theft', 'robbery', 'fraud']).update({ area_type: 1 });
  await db.knex('category').whereIn('code', ['drugs', 'drug_use', 'drug_trade']).update({ area_type: 4 });
  for (const code of COMMUNES) {
    const [lng, lat] = centreOfCommune(code);
    const rows = cellsInBbox([lng - 0.02, lat - 0.02, lng + 0.02, lat + 0.02], 10).map((cell) => ({
      boundary_set_id: DEFAULT_SET,
      res: 10,
      cell: cellToBigint(cell).toString(),
      commune_code: code,
      is_owned: true,
    }));
    await db.knex.batchInsert('commune_cell', rows, 500);
  }
  await db.knex('report_month').insert(
    COMMUNES.flatMap((commune) => MONTHS.map((month) => ({ commune, month })))
      .filter(({ commune, month }) => !(commune === SILENT.commune && SILENT.months.includes(month)))
      .map(({ commune, month }) => ({
        province_code: '33',
        commune_code: commune,
        month: `${month}-01`,
        batch_id: BATCH,
      })),
  );
  await insertRecords(db, seededRecords());
  await raiseVersion(db);
}

export async function raiseVersion(db: TestDatabase): Promise<void> {
  await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
}

export type PlantedRecord = {
  lng: number;
  lat: number;
  commune: string;
  day: string;
  category: string;
  hasPlace?: boolean;
};

function seededRecords(): PlantedRecord[] {
  const random = mulberry32(20_261_122);
  const dayIn = (month: string) => `${month}-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`;
  const records: PlantedRecord[] = [];
  for (const commune of COMMUNES) {
    const [lng, lat] = centreOfCommune(commune);
    // Where things happen in a commune: 60 spots, some busier than others.
    const spots = Array.from({ length: 60 }, () => [lng + (random() - 0.5) * 0.036, lat + (random() - 0.5) * 0.036]);
    for (const month of MONTHS) {
      for (let i = 0; i < 40; i++) {
        const [x, y] = spots[Math.floor(random() ** 2 * spots.length)];
        records.push({ lng: x, lat: y, commune, day: dayIn(month), category: i % 8 === 0 ? 'drug_use' : 'theft' });
      }
      for (let i = 0; i < 3; i++)
        records.push({ lng, lat, commune, day: dayIn(month), category: 'theft', hasPlace: false });
    }
  }
  for (const [name, cells] of Object.entries(PLACES) as [keyof typeof PLACES, string[]][])
    for (const month of MONTHS)
      for (let i = 0; i < inside[name](month); i++) {
        const [lng, lat] = centreOfCell(cells[Math.floor(random() * cells.length)]);
        records.push({ lng, lat, commune: communeAt(lng, lat), day: dayIn(month), category: 'theft' });
      }
  return records;
}

/** Any point that lies in the cell for certain. */
function centreOfCell(cell: string): [number, number] {
  const ring = cellsToMultiPolygon([cell], true)[0][0].slice(0, -1);
  const mean = (axis: 0 | 1) => ring.reduce((sum, corner) => sum + corner[axis], 0) / ring.length;
  return [mean(0), mean(1)];
}

function communeAt(lng: number, lat: number): string {
  return COMMUNES[Math.min(2, Math.floor((lng - 106) / 0.04)) + 3 * Math.min(1, Math.floor((lat - 20.6) / 0.04))];
}

let references = 0;
/** @returns their references. */
export async function insertRecords(db: TestDatabase, records: PlantedRecord[]): Promise<string[]> {
  const rows = records.map(({ lng, lat, commune, day, category, hasPlace = true }) => {
    const cell = (res: number) => (hasPlace ? cellToBigint(cellOf(lng, lat, res)).toString() : null);
    return {
      reference: `A-${++references}`,
      category,
      occurred_from: `${day}T10:00:00+07:00`,
      precision: hasPlace ? 'point' : 'commune',
      commune_code: commune,
      cell: cell(10),
      cell_9: cell(9),
      cell_8: cell(8),
      cell_7: cell(7),
      lng,
      lat,
    };
  });
  for (let i = 0; i < rows.length; i += 2000)
    await db.knex.raw(
      `insert into incident (province_code, office, reference, batch_id, category, occurred_from, state, precision,
                             commune_code, cell, cell_9, cell_8, cell_7, geom)
       select '33', 'CAT', reference, :batch, category, occurred_from, 'received', precision, commune_code,
              cell, cell_9, cell_8, cell_7,
              case when cell is not null then ST_SetSRID(ST_MakePoint(lng, lat), 4326) end
       from jsonb_to_recordset(:rows::jsonb)
              as r (reference text, category text, occurred_from timestamptz, precision text, commune_code text, cell bigint,
                    cell_9 bigint, cell_8 bigint, cell_7 bigint, lng float8, lat float8)`,
      { rows: JSON.stringify(rows.slice(i, i + 2000)), batch: BATCH },
    );
  return rows.map(({ reference }) => reference);
}

let numbers = 0;
/** An area by plain SQL, with its steps in order; approved where that is needed. @returns its id. */
export async function insertArea(
  { knex }: TestDatabase,
  area: {
    name?: string;
    commune: string;
    communes?: string[];
    types?: AreaType[];
    cells: string[];
    steps: [
      type: AreaEventType,
      on: string,
      more?: { year?: number; approval?: 'pending' | 'refused'; kind?: string },
    ][];
  },
): Promise<string> {
  const id = randomUUID();
  const place = { province_code: '33', commune_code: area.commune };
  const shape =
    area.cells.length === 0
      ? null
      : JSON.stringify({ type: 'MultiPolygon', coordinates: cellsToMultiPolygon(area.cells, true) });
  await knex('area').insert({
    id,
    ...place,
    commune_codes: area.communes ?? [area.commune],
    number: ++numbers,
    name: area.name ?? `Địa bàn ${numbers}`,
    types: area.types ?? [1],
    level: 'province',
    origin: area.cells.length === 0 ? 'list' : 'cells',
    geom: shape === null ? null : knex.raw('ST_SetSRID(ST_GeomFromGeoJSON(?), 4326)', [shape]),
    area_m2: shape === null ? null : 15_000 * area.cells.length,
    cells: area.cells.map((cell) => cellToBigint(cell).toString()),
  });
  for (const [type, on, more] of area.steps) await insertStep({ knex }, id, area.commune, type, on, more);
  return id;
}

export async function insertStep(
  { knex }: Pick<TestDatabase, 'knex'>,
  areaId: string,
  commune: string,
  type: AreaEventType,
  on: string,
  more: { year?: number; approval?: 'pending' | 'refused'; kind?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const place = { province_code: '33', commune_code: commune };
  const needsApproval = (approvedEventTypes as readonly string[]).includes(type);
  const isListing = type === 'listed' || type === 'carried_over';
  await knex('area_event').insert({
    id,
    area_id: areaId,
    ...place,
    type,
    on_date: on,
    year: isListing ? (more.year ?? Number(on.slice(0, 4))) : null,
    measure: type === 'measure' ? JSON.stringify({ kind: more.kind, from: on, to: null, quantity: 1 }) : null,
    reason: type === 'relapsed' ? 'tái phức tạp' : null,
    needs_approval: needsApproval,
    username: 'nhap',
  });
  if (needsApproval && more.approval !== 'pending')
    await knex('area_approval').insert({
      event_id: id,
      ...place,
      decision: more.approval ?? 'approved',
      reason: more.approval === 'refused' ? 'không' : null,
      username: 'duyet',
    });
  return id;
}

/** Cells in the database's form, for `= any (…)`. */
export const toSqlCells = (cells: readonly string[]): string[] => cells.map((cell) => cellToBigint(cell).toString());

/** Records in some cells, of some categories, by local month: plain SQL. */
export async function countByMonth(
  { knex }: TestDatabase,
  { cells, categories, commune }: { cells: readonly string[]; categories: string[]; commune?: string },
): Promise<Map<string, number>> {
  const { rows } = await knex.raw<{ rows: { month: string; n: number }[] }>(
    `select to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as month, count(*)::int as n
     from incident
     where cell = any (:cells::bigint[]) and category = any (:categories::text[])
       and (:commune::text is null or commune_code = :commune)
     group by 1`,
    { cells: toSqlCells(cells), categories, commune: commune ?? null },
  );
  return new Map(rows.map(({ month, n }) => [month, n]));
}

export const THEFTS = ['property', 'theft', 'robbery', 'fraud'];
