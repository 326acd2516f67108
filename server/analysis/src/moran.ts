import { benjaminiHochberg } from './false-discovery.ts';
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
 * Do like values lie side by side over the whole grid? Moran's I with binary weights, variance under randomisation.
 * Give the full set of owned cells, zeros included. Islands do not count among the n of the formulas, but do in the mean,
 * the sum of squares and the kurtosis (spdep's `adjust.n`).
 * @param neighbours indices of each cell's neighbours without itself.
 * Source: A. D. Cliff & J. K. Ord, Spatial Processes, 1981; the form of R's spdep `moran.test`.
 */
export function globalMoran(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]): GlobalMoran {
  const { deviations, squares } = deviationsOf(values, neighbours);
  let fourths = 0;
  for (const deviation of deviations) fourths += deviation ** 4;
  const links = linksOf(neighbours);
  let connected = 0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let products = 0;
  for (let i = 0; i < neighbours.length; i++) {
    const around = neighbours[i];
    if (around.length > 0) connected++;
    s0 += around.length;
    s2 += (around.length + links.incoming[i]) ** 2;
    for (let k = 0; k < around.length; k++) products += deviations[i] * deviations[around[k]];
  }
  // ½ Σ (w_ij + w_ji)² of binary weights.
  s1 = s0 + links.mutual;
  const n = connected;
  if (n < 4 || !(squares > 0)) return { i: null, expected: null, variance: null, z: null, p: null };
  const kurtosis = (values.length * fourths) / (squares * squares);
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
  const { deviations, squares } = deviationsOf(values, neighbours);
  const m2 = squares / n;
  const none = () => Array.from({ length: n }, () => null);
  if (!(m2 > 0)) return { i: none(), z: none(), p: none(), q: none(), quadrant: none() };
  const i: number[] = [];
  const z: (number | null)[] = [];
  const quadrant: MoranQuadrant[] = [];
  neighbours.forEach((around, cell) => {
    const deviation = deviations[cell];
    let lag = 0;
    for (let k = 0; k < around.length; k++) lag += deviations[around[k]];
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

function deviationsOf(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]) {
  const n = values.length;
  if (neighbours.length !== n) throw new RangeError(`${n} values but neighbours of ${neighbours.length}`);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  const deviations = Float64Array.from(values, (value) => value - mean);
  let squares = 0;
  for (const deviation of deviations) squares += deviation * deviation;
  // Equal values may miss their own mean by a rounding.
  const noise = n * (Number.EPSILON * 4 * mean) ** 2;
  return { deviations, squares: squares > noise ? squares : 0 };
}

/** How many name each cell as a neighbour, and how many links run both ways. Grids are mutual; other lists need not be. */
function linksOf(neighbours: readonly ArrayLike<number>[]) {
  const incoming = new Float64Array(neighbours.length);
  let mutual = 0;
  neighbours.forEach((around, i) => {
    for (let k = 0; k < around.length; k++) {
      incoming[around[k]]++;
      const back = neighbours[around[k]];
      for (let m = 0; m < back.length; m++) if (back[m] === i) mutual++;
    }
  });
  return { incoming, mutual };
}
