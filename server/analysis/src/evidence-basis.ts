import { type CellLattice, cellLattice, positionOf, runningRows } from './cell-lattice.ts';

/** Records by res-10 cell, month (12 · year + month − 1) and category; sparse rows, repeated ones add up. */
export interface CellMonths {
  /** Occupied res-10 cells, each once. */
  readonly cells: readonly string[];
  /** Per cell: index of its commune. */
  readonly communes: readonly number[];
  /** Rows: index into `cells`, month, category, records. */
  readonly cell: Int32Array;
  readonly month: Int32Array;
  readonly category: Int32Array;
  readonly count: Int32Array;
  /** The running month: it and later ones are left out. */
  readonly endMonth: number;
}

export interface EvidenceReference {
  reported(commune: number, month: number): boolean;
  /** People per km². */
  densityOf(commune: number): number;
  /** Per category: the group that the mix of types is compared by. */
  readonly categoryGroup: Int32Array;
}

/** What all questions of one data version and scope share; made once, and remembers what questions have in common. */
export interface EvidenceBasis {
  readonly records: CellMonths;
  readonly reference: EvidenceReference;
  readonly lattice: CellLattice;
  /** Index of a cell in `records.cells`. */
  readonly indexOf: ReadonlyMap<string, number>;
  /** Position of each occupied cell, −1 outside the lattice. */
  readonly positions: Int32Array;
  /** Rows of a cell: `rows[rowStart[cell]]` … `rows[rowStart[cell + 1] − 1]`. */
  readonly rowStart: Int32Array;
  readonly rows: Int32Array;
  readonly firstMonth: number;
  readonly groups: number;
  /** Sums by category set and months; see `monthSums`. */
  readonly sums: Map<string, Int32Array>;
  readonly seasons: Map<string, Float64Array>;
  readonly stamps: WeakMap<ReadonlySet<string>, Uint8Array>;
}

/** Index what all questions of one data version and scope share. About 0.2 s for 150,000 records. */
export function prepareEvidence(records: CellMonths, reference: EvidenceReference): EvidenceBasis {
  const { cells } = records;
  // In the order of the index neighbours are near each other, so that the one in the middle lies amid the rest.
  const lattice = cellLattice([...cells].sort());
  const rowStart = new Int32Array(cells.length + 1);
  for (const cell of records.cell) rowStart[cell + 1]++;
  for (let cell = 0; cell < cells.length; cell++) rowStart[cell + 1] += rowStart[cell];
  const next = rowStart.slice();
  const rows = new Int32Array(records.cell.length);
  for (let row = 0; row < rows.length; row++) rows[next[records.cell[row]]++] = row;
  let firstMonth = records.endMonth;
  for (const month of records.month) firstMonth = Math.min(firstMonth, month);
  let groups = 0;
  for (const group of reference.categoryGroup) groups = Math.max(groups, group + 1);
  return {
    records,
    reference,
    lattice,
    indexOf: new Map(cells.map((cell, at) => [cell, at])),
    positions: Int32Array.from(cells, (cell) => positionOf(lattice, cell)),
    rowStart,
    rows,
    firstMonth,
    groups,
    sums: new Map(),
    seasons: new Map(),
    stamps: new WeakMap(),
  };
}

/** Months before the first record are not reported, whatever the matrix says. */
export function isReported({ reference, records, firstMonth }: EvidenceBasis, commune: number, month: number): boolean {
  return month >= firstMonth && month < records.endMonth && reference.reported(commune, month);
}

/** Did a commune report a month and the one `step` on, so that the two can be compared? */
export function isPaired(basis: EvidenceBasis, commune: number, month: number, step: number): boolean {
  return isReported(basis, commune, month) && isReported(basis, commune, month + step);
}

/** Records of some cells by month, `from` … `to` − 1. */
export function monthSeries(
  basis: EvidenceBasis,
  cells: Iterable<number>,
  categories: ReadonlySet<number>,
  from: number,
  to: number,
): Int32Array {
  const { records, rowStart, rows } = basis;
  const series = new Int32Array(Math.max(0, to - from));
  for (const cell of cells)
    for (let at = rowStart[cell]; at < rowStart[cell + 1]; at++) {
      const row = rows[at];
      const month = records.month[row];
      if (month >= from && month < to && categories.has(records.category[row]))
        series[month - from] += records.count[row];
    }
  return series;
}

/** Records of some cells by group of categories, of some months. */
export function groupCounts(
  basis: EvidenceBasis,
  cells: Iterable<number>,
  categories: ReadonlySet<number>,
  months: ReadonlySet<number>,
): Float64Array {
  const { records, rowStart, rows, reference } = basis;
  const counts = new Float64Array(basis.groups);
  for (const cell of cells)
    for (let at = rowStart[cell]; at < rowStart[cell + 1]; at++) {
      const row = rows[at];
      const category = records.category[row];
      if (months.has(records.month[row]) && categories.has(category))
        counts[reference.categoryGroup[category]] += records.count[row];
    }
  return counts;
}

/** The most sums kept: areas of one list begin in a few months and have a few sets of types. */
const MOST_SUMS = 24;

/**
 * Running rows over the lattice of the records of some months and categories.
 * @param step where given, every commune counts in those of the months alone that it reported together with the month `step` on
 */
export function monthSums(
  basis: EvidenceBasis,
  categories: ReadonlySet<number>,
  months: readonly number[],
  step = 0,
): Int32Array {
  const unpaired = step === 0 ? noMonths : unpairedMonths(basis, months, step);
  const key = `${keyOf(categories)}/${months.join(',')}${unpaired.size === 0 ? '' : `/${step}`}`;
  const known = basis.sums.get(key);
  if (known !== undefined) return known;
  const { records, positions, lattice } = basis;
  const wanted = monthFlags(basis, months);
  const values = new Int32Array(lattice.width * lattice.height);
  for (let row = 0; row < records.cell.length; row++) {
    const position = positions[records.cell[row]];
    if (position < 0 || wanted[records.month[row] - basis.firstMonth] !== 1) continue;
    if (unpaired.get(records.communes[records.cell[row]])?.has(records.month[row]) === true) continue;
    if (categories.has(records.category[row])) values[position] += records.count[row];
  }
  return remember(basis.sums, key, runningRows(lattice, values), MOST_SUMS);
}

const noMonths: ReadonlyMap<number, ReadonlySet<number>> = new Map();

/** By commune: the months that it did not report together with the month `step` on. */
function unpairedMonths(
  basis: EvidenceBasis,
  months: readonly number[],
  step: number,
): ReadonlyMap<number, ReadonlySet<number>> {
  const unpaired = new Map<number, ReadonlySet<number>>();
  for (const commune of new Set(basis.records.communes)) {
    const alone = months.filter((month) => !isPaired(basis, commune, month, step));
    if (alone.length > 0) unpaired.set(commune, new Set(alone));
  }
  return unpaired;
}

/** Running rows of the occupied cells of the communes that are left out; null where none is. */
export function leftOutSums(basis: EvidenceBasis, isLeftOut: (commune: number) => boolean): Int32Array | null {
  const { records, positions, lattice } = basis;
  const leftOut = [...new Set(records.communes)].filter(isLeftOut);
  if (leftOut.length === 0) return null;
  const missing = new Set(leftOut);
  const key = `left out/${leftOut.join(',')}`;
  const known = basis.sums.get(key);
  if (known !== undefined) return known;
  const values = new Uint8Array(lattice.width * lattice.height);
  records.communes.forEach((commune, cell) => {
    if (positions[cell] >= 0 && missing.has(commune)) values[positions[cell]] = 1;
  });
  return remember(basis.sums, key, runningRows(lattice, values), MOST_SUMS);
}

/** All records of the categories by month, from `firstMonth`: the season and the course of the whole. */
export function seasonOf(basis: EvidenceBasis, categories: ReadonlySet<number>): Float64Array {
  const key = keyOf(categories);
  const known = basis.seasons.get(key);
  if (known !== undefined) return known;
  const { records, firstMonth } = basis;
  const totals = new Float64Array(Math.max(0, records.endMonth - firstMonth));
  for (let row = 0; row < records.cell.length; row++)
    if (categories.has(records.category[row]) && records.month[row] < records.endMonth)
      totals[records.month[row] - firstMonth] += records.count[row];
  return remember(basis.seasons, key, totals, MOST_SUMS);
}

function monthFlags({ records, firstMonth }: EvidenceBasis, months: readonly number[]): Uint8Array {
  const flags = new Uint8Array(Math.max(1, records.endMonth - firstMonth));
  for (const month of months) if (month >= firstMonth && month < records.endMonth) flags[month - firstMonth] = 1;
  return flags;
}

function keyOf(categories: ReadonlySet<number>): string {
  return [...categories].sort((a, b) => a - b).join(',');
}

/** The oldest makes room. */
function remember<Value>(kept: Map<string, Value>, key: string, value: Value, most: number): Value {
  const oldest = kept.keys().next();
  if (kept.size >= most && oldest.done !== true) kept.delete(oldest.value);
  kept.set(key, value);
  return value;
}
