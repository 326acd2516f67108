import { twoSidedP } from './normal.ts';

/** How many cells are expected to hold at least so many records, and with what variance. */
interface Level {
  readonly expected: number;
  readonly variance: number;
}

/**
 * How full do the fullest cells get when records are thrown at random, each cell as likely as any other?
 * The k fullest cells hold Σ min(k, C_j) records over j = 1, 2, …, with C_j the number of cells that hold at least j. The
 * expectation of C_j is exact: cells × upper tail of the binomial count of one cell. Its scatter matters only near
 * C_j = k and is taken as normal, with the variance that is left once the total is known.
 * Source of that variance: V. F. Kolchin, B. A. Sevast'yanov & V. P. Chistyakov, Random Allocations, 1978.
 * @returns the expected number of records in the k fullest cells, k whole.
 */
export function randomOccupancy(records: number, cells: number): (k: number) => number {
  if (cells <= 1) return (k) => k * records;
  const levels = levelsOf(records, cells);
  return (k) => {
    if (k === 0 || k === cells) return k === 0 ? 0 : records;
    let sum = 0;
    for (const level of levels) sum += expectedMinimum(k, level);
    return sum;
  };
}

function levelsOf(records: number, cells: number): Level[] {
  const perCell = records / cells;
  const shares: number[] = [];
  // In logarithms: the share of cells without any record underflows at 700 records per cell.
  let logShare = records * Math.log1p(-1 / cells);
  for (let j = 0; j <= records; j++) {
    const share = Math.exp(logShare);
    if (j > perCell && cells * share < 1e-12) break;
    shares.push(share);
    logShare += Math.log((records - j) / ((j + 1) * (cells - 1)));
  }
  const levels: Level[] = [];
  let tail = 0;
  for (let j = shares.length - 1; j > 0; j--) {
    tail += shares[j];
    const variance = cells * (tail * (1 - tail) - (j * shares[j]) ** 2 / perCell);
    levels.push({ expected: cells * tail, variance: Math.max(0, variance) });
  }
  return levels;
}

/** E min(k, C) of a normal C. */
function expectedMinimum(k: number, { expected, variance }: Level): number {
  const deviation = Math.sqrt(variance);
  const distance = (k - expected) / deviation;
  // Also where nothing scatters.
  if (!(Math.abs(distance) < 8)) return Math.min(k, expected);
  const beyond = twoSidedP(distance) / 2;
  const below = distance > 0 ? 1 - beyond : beyond;
  const density = Math.exp((-distance * distance) / 2) / Math.sqrt(2 * Math.PI);
  return k - (k - expected) * below - deviation * density;
}
