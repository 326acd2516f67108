import type { Bbox, BoundarySet, Category } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { getDataVersion } from '../database/data-version.ts';
import { localDayOf, monthOf, toDayNumber } from './local-days.ts';

export type Commune = {
  code: string;
  name: string;
  fullName: string;
  kind: string;
  provinceCode: string;
  areaKm2: number;
  population: number | null;
};

/** The small tables every count is read against, of one data version. */
export type Reference = {
  dataVersion: number;
  isDemo: boolean;
  provinces: { code: string; nameVi: string; nameEn: string }[];
  offices: { code: string; name: string }[];
  /** In the order of the tree. */
  categories: Category[];
  /** `importedAt` tells two imports of a set apart. */
  boundarySets: (BoundarySet & { importedAt: string })[];
  /** Id of the default set; undefined before the first import of boundaries. */
  defaultSet: string | undefined;
  /** Communes of every set, by code. */
  communes: ReadonlyMap<string, readonly Commune[]>;
  /** Month numbers that each commune of the default set has reported. */
  reportedMonths: ReadonlyMap<string, ReadonlySet<number>>;
  /** First day of a reporting period, 1–31; cut to the length of the month. */
  cutoffDay: number;
  /** Cells whose centre lies in a commune of the default set, per resolution; a resolution that was not filled is absent. */
  ownedCells: ReadonlyMap<number, number>;
  /** Box of the default set. */
  bbox: Bbox | null;
  /** Day number of the earliest record; undefined while there is none. */
  firstDay: number | undefined;
};

/** Do the records reach back to this day? */
export function reachesBack({ firstDay }: Reference, day: number): boolean {
  return firstDay !== undefined && firstDay <= day;
}

const defaultCutoffDay = 15;

/** Read it all; call inside a repeatable-read transaction, so that it is of one version. */
export async function readReference(transaction: Knex): Promise<Reference> {
  const dataVersion = await getDataVersion(transaction);
  const provinces = await transaction('province').select('code', 'name_vi', 'name_en', 'is_demo').orderBy('code');
  const offices = await transaction('office').select('code', 'name').orderBy('code');
  const categories: Category[] = await transaction('category')
    .select({
      code: 'code',
      parent: 'parent',
      nameVi: 'name_vi',
      nameEn: 'name_en',
      article: 'article',
      areaType: 'area_type',
      weight: 'weight',
    })
    .orderBy(['position', 'code']);
  const communes = await readCommunes(transaction);
  const boundarySets = await readBoundarySets(transaction);
  const defaultSet = boundarySets.find(({ isDefault }) => isDefault)?.id;
  const months = await transaction.raw<{ rows: { code: string; month: string }[] }>(
    'select distinct commune_code as code, month::text as month from report_month',
  );
  const reportedMonths = new Map<string, Set<number>>();
  for (const { code, month } of months.rows) {
    const reported = reportedMonths.get(code);
    if (reported === undefined) reportedMonths.set(code, new Set([monthOf(toDayNumber(month))]));
    else reported.add(monthOf(toDayNumber(month)));
  }
  const cutoff = await transaction('setting').where({ key: 'reporting_cutoff_day' }).first<{ value: unknown }>('value');
  const cutoffDay = Number(cutoff?.value ?? defaultCutoffDay);
  return {
    dataVersion,
    isDemo: provinces.some(({ is_demo }) => is_demo),
    provinces: provinces.map(({ code, name_vi, name_en }) => ({ code, nameVi: name_vi, nameEn: name_en })),
    offices,
    categories,
    boundarySets: boundarySets.map((set) => ({ ...set, communeCount: communes.get(set.id)?.length ?? 0 })),
    defaultSet,
    communes,
    reportedMonths,
    cutoffDay: Number.isInteger(cutoffDay) && cutoffDay >= 1 && cutoffDay <= 31 ? cutoffDay : defaultCutoffDay,
    ownedCells: await countOwnedCells(transaction, defaultSet),
    bbox: await readBbox(transaction, defaultSet),
    firstDay: await findFirstDay(transaction),
  };
}

/** Index: `incident_time`. */
async function findFirstDay(transaction: Knex): Promise<number | undefined> {
  const row = await transaction('incident').min<{ first: Date | null }>('occurred_from as first').first();
  return row?.first ? localDayOf(row.first.getTime()) : undefined;
}

async function readBoundarySets(transaction: Knex): Promise<Omit<Reference['boundarySets'][number], 'communeCount'>[]> {
  const { rows } = await transaction.raw(
    `select id, name, valid_from::text as "validFrom", valid_to::text as "validTo", is_default as "isDefault",
            imported_at::text as "importedAt"
     from boundary_set
     order by valid_from, id`,
  );
  return rows;
}

async function readCommunes(transaction: Knex): Promise<Map<string, Commune[]>> {
  const { rows } = await transaction.raw<{ rows: (Commune & { set: string })[] }>(
    `select boundary_set_id as set, code, name, full_name as "fullName", kind, province_code as "provinceCode",
            area_m2 / 1e6 as "areaKm2", population
     from commune
     order by boundary_set_id, code`,
  );
  const communes = new Map<string, Commune[]>();
  for (const { set, ...commune } of rows) {
    const list = communes.get(set);
    if (list === undefined) communes.set(set, [commune]);
    else list.push(commune);
  }
  return communes;
}

async function countOwnedCells(transaction: Knex, set: string | undefined): Promise<Map<number, number>> {
  if (set === undefined) return new Map();
  const { rows } = await transaction.raw<{ rows: { res: number; cells: number }[] }>(
    `select res, count(*)::int as cells
     from commune_cell
     where boundary_set_id = :set and is_owned
     group by res`,
    { set },
  );
  return new Map(rows.map(({ res, cells }) => [res, cells]));
}

async function readBbox(transaction: Knex, set: string | undefined): Promise<Bbox | null> {
  if (set === undefined) return null;
  const { rows } = await transaction.raw<{
    rows: { west: number | null; south: number; east: number; north: number }[];
  }>(
    `select ST_XMin(box) as west, ST_YMin(box) as south, ST_XMax(box) as east, ST_YMax(box) as north
     from (select ST_Extent(geom) as box from commune where boundary_set_id = :set) as extent`,
    { set },
  );
  const box = rows[0];
  return box === undefined || box.west === null ? null : [box.west, box.south, box.east, box.north];
}
