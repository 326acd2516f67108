import { benjaminiHochberg } from './false-discovery.ts';
import { checkLengths, momentsOf } from './grid-moments.ts';
import { type Rings, toRings } from './hex-grid.ts';
import { twoSidedP } from './normal.ts';

export interface GlobalMoran {
  /** All null when the values are all equal, when no cell has a neighbour, or under 4 cells that have one. */
  readonly i: number | null;
  readonly expected: number | null;
  readonly variance: number | null;
  readonly z: number | null;
  /** Two-sided. */
  readonly p: number | null;
}

/** The cell first, its neighbours second. */
export type MoranQuadrant = 'High-High' | 'High-Low' | 'Low-High' | 'Low-Low';

export interface LocalMoran {
  /** Index-aligned with the values; null when all values are equal. 0 for an island. */
  readonly i: (number | null)[];
  /** Null for islands too. */
  readonly z: (number | null)[];
  /** Two-sided. */
  readonly p: (number | null)[];
  /** Benjamini–Hochberg over the cells that have a p. */
  readonly q: (number | null)[];
  /** Where the cell and the sum around it stand to the mean; the mean itself is Low, and so is what surrounds an island. */
  readonly quadrant: (MoranQuadrant | null)[];
}

/**
 * `globalMoranGrid` on neighbours given cell by cell; they need not be mutual.
 * @param neighbours indices of each cell's neighbours without itself.
 */
export function globalMoran(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]): GlobalMoran {
  return globalMoranGrid(values, toRings(neighbours));
}

/**
 * Do like values lie side by side over the whole grid? Moran's I with binary weights, variance under randomisation.
 * Give every cell of the grid, zeros included. Islands do not count among the n of the formulas, but do in the mean,
 * the sum of squares and the kurtosis (spdep's `adjust.n`).
 * @param member 0 leaves a cell out: it is nobody's neighbour, as if the grid had been made without it.
 * Source: A. D. Cliff & J. K. Ord, Spatial Processes, 1981; the form of R's spdep `moran.test`.
 */
export function globalMoranGrid(values: ArrayLike<number>, grid: Rings, member?: Uint8Array): GlobalMoran {
  checkLengths(values, grid, member);
  const { members, mean, squares } = momentsOf(values, member);
  const { start, neighbours } = grid;
  const links = linksOf(grid, member);
  let n = 0;
  let s0 = 0;
  let s2 = 0;
  let products = 0;
  let fourths = 0;
  for (let i = 0; i < values.length; i++) {
    if (member?.[i] === 0) continue;
    const deviation = values[i] - mean;
    let around = 0;
    let lag = 0;
    for (let link = start[i]; link < start[i + 1]; link++) {
      const j = neighbours[link];
      if (member?.[j] === 0) continue;
      around++;
      lag += values[j] - mean;
    }
    if (around > 0) n++;
    s0 += around;
    s2 += (around + links.incoming[i]) ** 2;
    products += deviation * lag;
    fourths += deviation ** 4;
  }
  // ½ Σ (w_ij + w_ji)² of binary weights.
  const s1 = s0 + links.mutual;
  if (n < 4 || !(squares > 0)) return { i: null, expected: null, variance: null, z: null, p: null };
  const kurtosis = (members * fourths) / (squares * squares);
  const i = (n / s0) * (products / squares);
  const expected = -1 / (n - 1);
  const variance =
    (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) - kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
    expected * expected;
  const z = variance > 0 ? (i - expected) / Math.sqrt(variance) : null;
  return { i, expected, variance, z, p: z === null ? null : twoSidedP(z) };
}

/**
 * Which cells lie among their like, and which among their opposites? Binary weights, conditional variance.
 * @param neighbours indices of each cell's neighbours without itself.
 * Source: L. Anselin, Geographical Analysis 27, 1995; variance of R. R. Sokal, N. L. Oden & B. A. Thomson, Geographical
 * Analysis 30, 1998; the form of R's spdep `localmoran` (1.2).
 */
export function localMoran(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]): LocalMoran {
  const n = values.length;
  if (neighbours.length !== n) throw new RangeError(`${n} values but neighbours of ${neighbours.length}`);
  const { mean, squares } = momentsOf(values, undefined);
  const m2 = squares / n;
  const none = () => Array.from({ length: n }, () => null);
  if (!(m2 > 0)) return { i: none(), z: none(), p: none(), q: none(), quadrant: none() };
  const i: number[] = [];
  const z: (number | null)[] = [];
  const quadrant: MoranQuadrant[] = [];
  neighbours.forEach((around, cell) => {
    const deviation = values[cell] - mean;
    let lag = 0;
    for (let k = 0; k < around.length; k++) lag += values[around[k]] - mean;
    const weight = around.length;
    const local = (deviation / m2) * lag;
    const expected = -(deviation * deviation * weight) / ((n - 1) * m2);
    const variance =
      (deviation / m2) ** 2 *
      (n / (n - 2)) *
      (weight - (weight * weight) / (n - 1)) *
      (m2 - (deviation * deviation) / (n - 1));
    i.push(local);
    z.push(n > 2 && variance > 0 ? (local - expected) / Math.sqrt(variance) : null);
    quadrant.push(`${deviation > 0 ? 'High' : 'Low'}-${lag > 0 ? 'High' : 'Low'}`);
  });
  const p = z.map((score) => (score === null ? null : twoSidedP(score)));
  return { i, z, p, q: benjaminiHochberg(p), quadrant };
}

/** How many name each cell as a neighbour, and how many links run both ways. Grids are mutual; other lists need not be. */
function linksOf({ start, neighbours }: Rings, member: Uint8Array | undefined) {
  const incoming = new Float64Array(start.length - 1);
  let mutual = 0;
  for (let i = 0; i < incoming.length; i++) {
    if (member?.[i] === 0) continue;
    for (let link = start[i]; link < start[i + 1]; link++) {
      const j = neighbours[link];
      if (member?.[j] === 0) continue;
      incoming[j]++;
      for (let back = start[j]; back < start[j + 1]; back++) if (neighbours[back] === i) mutual++;
    }
  }
  return { incoming, mutual };
}
