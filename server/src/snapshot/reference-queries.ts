import { type Bbox, type BoundarySet, type Category, defaultSettings } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { reaches, type Scope } from '../access/scope.ts';
import { getVersions } from '../database/data-version.ts';
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
  offices: { code: string; name: string; provinceCode: string; communeCode: string | null }[];
  /** In the order of the tree. */
  categories: Category[];
  /** `importedAt` tells two imports of a set apart. */
  boundarySets: (BoundarySet & { importedAt: string })[];
  /** Id of the default set; undefined before the first import of boundaries. */
  defaultSet: string | undefined;
  /** Communes of every set, by code. */
  communes: ReadonlyMap<string, readonly Commune[]>;
  /** Month numbers that each commune of the default set has reported: by a batch, or by confirming that there was no incident. */
  reportedMonths: ReadonlyMap<string, ReadonlySet<number>>;
  /** Those that it has confirmed. */
  confirmedMonths: ReadonlyMap<string, ReadonlySet<number>>;
  /** First day of a reporting period, 1–31; cut to the length of the month. */
  cutoffDay: number;
  /** Counts from 1 to one below this are hidden from viewers. */
  smallestCount: number;
  /** Wanted fall of the year's records against the year before, in percent, 0–50. */
  yearlyReductionPercent: number;
  /** Cells whose centre lies in a commune of the default set, by commune and resolution; a resolution that was not filled is absent. */
  ownedCells: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Boxes of the default set's communes, by code. */
  bboxes: ReadonlyMap<string, Bbox>;
  /** Day number of the earliest record; undefined while there is none. */
  firstDay: number | undefined;
};

/** Do the records reach back to this day? */
export function reachesBack({ firstDay }: Reference, day: number): boolean {
  return firstDay !== undefined && firstDay <= day;
}

/** Owned cells of all communes at a resolution; null where it was not filled. */
export function countOwnedCells({ ownedCells }: Reference, res: number): number | null {
  let sum: number | null = null;
  for (const byRes of ownedCells.values()) {
    const cells = byRes.get(res);
    if (cells !== undefined) sum = (sum ?? 0) + cells;
  }
  return sum;
}

/** Box of the default set. */
export function bboxOf({ bboxes }: Reference): Bbox | null {
  let all: Bbox | null = null;
  for (const [west, south, east, north] of bboxes.values())
    all = all
      ? [Math.min(all[0], west), Math.min(all[1], south), Math.max(all[2], east), Math.max(all[3], north)]
      : [west, south, east, north];
  return all;
}

/**
 * The reference as far as a scope reaches. A province's is its own communes of the default set (codes of provinces changed
 * with the reforms, so other sets stay whole); a commune knows itself, and the default set only.
 */
export function narrowReference(reference: Reference, scope: Scope): Reference {
  if (scope.reach === 'system' || scope.reach === 'all') return reference;
  const { defaultSet } = reference;
  const isHere = ({ code, provinceCode }: Commune) =>
    provinceCode === scope.province && (scope.reach !== 'commune' || code === scope.commune);
  const own = ((defaultSet !== undefined && reference.communes.get(defaultSet)) || []).filter(isHere);
  const ownCodes = new Set(own.map(({ code }) => code));
  const boundarySets = reference.boundarySets
    .filter(({ isDefault }) => isDefault || scope.reach !== 'commune')
    .map((set) => (set.isDefault ? { ...set, communeCount: own.length } : set));
  const communes = new Map(
    boundarySets.map(({ id, isDefault }) => [id, isDefault ? own : (reference.communes.get(id) ?? [])]),
  );
  return {
    ...reference,
    provinces: reference.provinces.filter(({ code }) => code === scope.province),
    offices: reference.offices.filter((office) => reaches(scope, office)),
    boundarySets,
    communes,
    reportedMonths: new Map([...reference.reportedMonths].filter(([code]) => ownCodes.has(code))),
    confirmedMonths: new Map([...reference.confirmedMonths].filter(([code]) => ownCodes.has(code))),
    ownedCells: new Map([...reference.ownedCells].filter(([code]) => ownCodes.has(code))),
    bboxes: new Map([...reference.bboxes].filter(([code]) => ownCodes.has(code))),
  };
}

/** Read it all; call inside a repeatable-read transaction, so that it is of one version. */
export async function readReference(transaction: Knex): Promise<Reference> {
  const { data: dataVersion } = await getVersions(transaction);
  const provinces = await transaction('province').select('code', 'name_vi', 'name_en', 'is_demo').orderBy('code');
  const offices = await transaction('office')
    .select({ code: 'code', name: 'name', provinceCode: 'province_code', communeCode: 'commune_code' })
    .orderBy('code');
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
  const settings = new Map(
    (await transaction('setting').select<{ key: string; value: unknown }[]>('key', 'value')).map(({ key, value }) => [
      key,
      Number(value),
    ]),
  );
  const cutoffDay = settings.get('reporting_cutoff_day') ?? defaultSettings.reportingCutoffDay;
  const smallestCount = settings.get('smallest_count') ?? defaultSettings.smallestCount;
  const yearlyReduction = settings.get('yearly_reduction_percent') ?? defaultSettings.yearlyReductionPercent;
  return {
    dataVersion,
    isDemo: provinces.some(({ is_demo }) => is_demo),
    provinces: provinces.map(({ code, name_vi, name_en }) => ({ code, nameVi: name_vi, nameEn: name_en })),
    offices,
    categories,
    boundarySets: boundarySets.map((set) => ({ ...set, communeCount: communes.get(set.id)?.length ?? 0 })),
    defaultSet,
    communes,
    ...(await readReportedMonths(transaction)),
    cutoffDay:
      Number.isInteger(cutoffDay) && cutoffDay >= 1 && cutoffDay <= 31 ? cutoffDay : defaultSettings.reportingCutoffDay,
    smallestCount:
      Number.isInteger(smallestCount) && smallestCount >= 2 ? smallestCount : defaultSettings.smallestCount,
    yearlyReductionPercent:
      yearlyReduction >= 0 && yearlyReduction <= 50 ? yearlyReduction : defaultSettings.yearlyReductionPercent,
    ownedCells: await readOwnedCells(transaction, defaultSet),
    bboxes: await readBboxes(transaction, defaultSet),
    firstDay: await findFirstDay(transaction),
  };
}

async function readReportedMonths(
  transaction: Knex,
): Promise<{ reportedMonths: Map<string, Set<number>>; confirmedMonths: Map<string, Set<number>> }> {
  const { rows } = await transaction.raw<{ rows: { code: string; month: string; isConfirmed: boolean }[] }>(
    `select code, month::text as month, bool_or(is_confirmed) as "isConfirmed"
     from (select commune_code as code, month, false as is_confirmed from report_month
           union all
           select commune_code, month, true from report_confirmation) as said
     group by code, month`,
  );
  const reportedMonths = new Map<string, Set<number>>();
  const confirmedMonths = new Map<string, Set<number>>();
  const add = (months: Map<string, Set<number>>, code: string, month: number) => {
    const known = months.get(code);
    if (known === undefined) months.set(code, new Set([month]));
    else known.add(month);
  };
  for (const { code, month, isConfirmed } of rows) {
    const number = monthOf(toDayNumber(month));
    add(reportedMonths, code, number);
    if (isConfirmed) add(confirmedMonths, code, number);
  }
  return { reportedMonths, confirmedMonths };
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

async function readOwnedCells(transaction: Knex, set: string | undefined): Promise<Map<string, Map<number, number>>> {
  const owned = new Map<string, Map<number, number>>();
  if (set === undefined) return owned;
  const { rows } = await transaction.raw<{ rows: { code: string; res: number; cells: number }[] }>(
    `select commune_code as code, res, count(*)::int as cells
     from commune_cell
     where boundary_set_id = :set and is_owned
     group by commune_code, res`,
    { set },
  );
  for (const { code, res, cells } of rows) {
    const byRes = owned.get(code);
    if (byRes === undefined) owned.set(code, new Map([[res, cells]]));
    else byRes.set(res, cells);
  }
  return owned;
}

async function readBboxes(transaction: Knex, set: string | undefined): Promise<Map<string, Bbox>> {
  if (set === undefined) return new Map();
  const { rows } = await transaction.raw<{
    rows: { code: string; west: number; south: number; east: number; north: number }[];
  }>(
    `select code, ST_XMin(geom) as west, ST_YMin(geom) as south, ST_XMax(geom) as east, ST_YMax(geom) as north
     from commune
     where boundary_set_id = :set`,
    { set },
  );
  return new Map(rows.map(({ code, west, south, east, north }) => [code, [west, south, east, north]]));
}
