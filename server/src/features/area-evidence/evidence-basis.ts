import { cellOf, centreOf, type EvidenceBasis, prepareEvidence } from '@diemnong/analysis';
import type { H3Cell } from '@diemnong/contracts';
import { type Scope, scopeKey } from '../../access/scope.ts';
import { monthOf } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf, type Selection } from '../../snapshot/selection.ts';
import type { CellCategoryCounts } from '../../snapshot/snapshot-cell-categories.ts';
import type { CountSource, SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { listOwnedCells } from '../hotspots/owned-grid-queries.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import { countByCellCategory, listTreatedCells, readAreasBasis } from './area-evidence-queries.ts';

/** What all areas of one scope and data version are read against. */
export type PreparedEvidence = {
  basis: EvidenceBasis;
  /** The month after the last one that is over; number. */
  endMonth: number;
  /** Index of each category code and commune code in the basis. */
  categories: ReadonlyMap<string, number>;
  communes: ReadonlyMap<string, number>;
  communeCodes: readonly string[];
  /** Cells that the scope does not reach; undefined where it reaches everything. */
  isHidden: ((cell: H3Cell) => boolean) | undefined;
  /** Some bytes it takes. */
  entries: number;
};

type Kept<Value> = { made: Promise<Value>; entries: number };
/** About 150 MB: five million rows of cell, month and category, with the index over them. */
const keptEntries = 5_000_000;
const keptByStore = new WeakMap<SnapshotStore, Map<string, Kept<PreparedEvidence>>>();
/** Sets of treated cells; of some dozens of scopes. */
const keptTreated = 40;
const treatedByStore = new WeakMap<SnapshotStore, Map<string, Promise<ReadonlySet<H3Cell>>>>();

/** All records of the scope with a place, made ready once for each data version and calendar month. */
export function evidenceBasis(store: SnapshotStore, scope: Scope, source: CountSource): Promise<PreparedEvidence> {
  const kept = keptByStore.get(store) ?? new Map<string, Kept<PreparedEvidence>>();
  keptByStore.set(store, kept);
  const endMonth = currentMonth();
  const key = `${scopeKey(scope)} ${source.reference.dataVersion} ${endMonth}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key); // a Map keeps the order of insertion: the newest goes last
    kept.set(key, known);
    return known.made;
  }
  const entry: Kept<PreparedEvidence> = { made: prepare(scope, source, endMonth), entries: 0 };
  kept.set(key, entry);
  entry.made.then(
    ({ entries }) => {
      entry.entries = entries;
      forgetOldest(kept);
    },
    () => kept.delete(key),
  );
  return entry.made;
}

/** Cells of areas that something is done in, within reach: neither controls nor rings may hold them. One set for all questions. */
export async function treatedCells(
  store: SnapshotStore,
  scope: Scope,
  { ask }: CountSource,
): Promise<ReadonlySet<H3Cell>> {
  const kept = treatedByStore.get(store) ?? new Map<string, Promise<ReadonlySet<H3Cell>>>();
  treatedByStore.set(store, kept);
  const key = `${scopeKey(scope)} ${await ask(readAreasBasis)}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = ask(listTreatedCells).then((cells) => new Set(cells));
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  for (const oldest of [...kept.keys()].slice(0, -keptTreated)) kept.delete(oldest);
  return made;
}

/** Everything there is: no filter, no end but those of the calendar. */
export const allRecords: Selection = {
  fromDay: 0,
  toDay: 60_000,
  categories: undefined,
  communes: undefined,
  hours: undefined,
  weekdays: undefined,
};

async function prepare(scope: Scope, source: CountSource, endMonth: number): Promise<PreparedEvidence> {
  const records = await prepareRecords(source, allRecords, endMonth);
  const hidden = await hiddenCells(scope, source);
  return { ...records, isHidden: hidden?.isHidden, entries: records.entries + (hidden?.cells ?? 0) };
}

/** The records of a selection made ready, months from `endMonth` on left out. */
export async function prepareRecords(
  source: CountSource,
  selection: Selection,
  endMonth: number,
): Promise<Omit<PreparedEvidence, 'isHidden'>> {
  const { reference } = source;
  const records = await countByCellCategory(source, selection);
  await othersFirst();
  const own = communesOf(reference.defaultSet, reference);
  const communeCodes = [...new Set([...own.map(({ code }) => code), ...records.communes])];
  const communes = new Map(communeCodes.map((code, i) => [code, i]));
  const densities = new Map(
    own.flatMap(({ code, population, areaKm2 }) =>
      population === null ? [] : [[code, population / areaKm2] as const],
    ),
  );
  const communeOfCell = (records.cells.length > 0 ? majorityOf(records) : [-1]).map(
    (ordinal) => communes.get(records.communes[ordinal]) ?? -1,
  );
  await othersFirst();
  const basis = prepareEvidence(
    { ...fromTheFirst(records, selection, reference), communes: communeOfCell, endMonth },
    {
      reported: (commune, month) => reference.reportedMonths.get(communeCodes[commune])?.has(month) ?? false,
      densityOf: (commune) => densities.get(communeCodes[commune]) ?? Number.NaN,
      categoryGroup: groupsOf(records.categories, reference),
    },
  );
  await othersFirst();
  return {
    basis,
    endMonth,
    categories: new Map(records.categories.map((code, i) => [code, i])),
    communes,
    communeCodes,
    entries: records.count.length,
  };
}

/** Stands for the cells where there is none: at 0° N 0° E. */
const nowhere: H3Cell[] = [cellOf(0, 0, 10)];

/**
 * With a row of no records in the month of the first record of all: months before the first one of `prepareEvidence` count as not
 * reported, and some cells alone may begin later, with zeros that are none of nothing.
 */
function fromTheFirst(
  records: CellCategoryCounts,
  { fromDay }: Selection,
  { firstDay }: Reference,
): Omit<CellCategoryCounts, 'communes' | 'commune' | 'categories'> {
  const { count, cell, month, category } = records;
  if (firstDay === undefined) return records;
  const first = monthOf(Math.max(firstDay, fromDay));
  const append = (column: Int32Array, value: number) => {
    const longer = new Int32Array(column.length + 1);
    longer.set(column);
    longer[column.length] = value;
    return longer;
  };
  return {
    cells: records.cells.length > 0 ? records.cells : nowhere,
    cell: append(cell, 0),
    month: append(month, first),
    category: append(category, 0),
    count: append(count, 0),
  };
}

/** The commune that most of a cell's records are of, the lowest code of several: whose reports speak for the cell. */
function majorityOf({ cells, cell, commune, communes, count }: CellCategoryCounts): number[] {
  const sums = new Map<number, number>();
  for (let k = 0; k < count.length; k++) {
    const key = cell[k] * communes.length + commune[k];
    sums.set(key, (sums.get(key) ?? 0) + count[k]);
  }
  const best = cells.map(() => 0);
  const most = cells.map(() => 0);
  for (const [key, sum] of sums) {
    const [at, ordinal] = [Math.floor(key / communes.length), key % communes.length];
    if (sum > most[at] || (sum === most[at] && ordinal < best[at])) [best[at], most[at]] = [ordinal, sum];
  }
  return best;
}

/** The top-level group of each category; categories that are not in the tree are one more. */
function groupsOf(codes: readonly string[], { categories }: Reference): Int32Array {
  const groups = categories.filter(({ parent }) => parent === null).map(({ code }) => code);
  const groupOf = new Map(categories.map(({ code, parent }) => [code, groups.indexOf(parent ?? code)]));
  return Int32Array.from(codes, (code) => groupOf.get(code) ?? groups.length);
}

/**
 * Cells whose centre lies in no commune that the scope reaches. By the finest resolution that the boundary set was filled at: of a
 * coarser one, the cell that holds the centre decides.
 */
async function hiddenCells(
  { reach }: Scope,
  { reference, ask }: CountSource,
): Promise<{ isHidden: (cell: H3Cell) => boolean; cells: number } | undefined> {
  const { defaultSet } = reference;
  if (reach === 'system' || reach === 'all' || defaultSet === undefined) return undefined;
  const communes = communesOf(defaultSet, reference).map(({ code }) => code);
  for (const res of [10, 9, 8, 7] as const) {
    if (!communes.some((code) => (reference.ownedCells.get(code)?.get(res) ?? 0) > 0)) continue;
    const { communes: owners } = await ask((database) => listOwnedCells(database, { set: defaultSet, res, communes }));
    const owned = new Set(owners.flatMap(({ cells }) => cells));
    return {
      isHidden: (cell) => !owned.has(res === 10 ? cell : cellOf(...centreOf(cell), res)),
      cells: owned.size,
    };
  }
  return undefined;
}

function forgetOldest(kept: Map<string, Kept<PreparedEvidence>>): void {
  let total = [...kept.values()].reduce((sum, { entries }) => sum + entries, 0);
  for (const [key, { entries }] of [...kept].slice(0, -1)) {
    if (total <= keptEntries) return;
    total -= entries;
    kept.delete(key);
  }
}

/** Let the event loop answer what waits. */
function othersFirst(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}
