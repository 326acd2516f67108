import { benjaminiHochberg } from './false-discovery.ts';
import { twoSidedP } from './normal.ts';

export interface GiStar {
  /** Standard scores, index-aligned with the values; null when all values are equal. */
  readonly z: (number | null)[];
  /** Two-sided. */
  readonly p: (number | null)[];
  /** Benjamini–Hochberg over all cells. */
  readonly q: (number | null)[];
}

/**
 * Getis–Ord Gi*: is the sum of a cell and its neighbours higher or lower than chance puts it? Binary weights.
 * Give the full set of owned cells, zeros included: on occupied cells alone the mean is wrong and so is every score.
 * @param neighbours indices of each cell's neighbours without itself; Gi* adds it. An island still gets a score.
 * Source: J. K. Ord & A. Getis, Geographical Analysis 27, 1995; the form of R's spdep `localG(include.self)`.
 */
export function giStar(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]): GiStar {
  const n = values.length;
  if (neighbours.length !== n) throw new RangeError(`${n} values but neighbours of ${neighbours.length}`);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2;
  // Equal values may miss their own mean by a rounding.
  const deviation = squares > n * (4 * Number.EPSILON * mean) ** 2 ? Math.sqrt(squares / n) : 0;
  const z = Array.from(neighbours, (around, i): number | null => {
    const weight = around.length + 1;
    let local = values[i];
    for (let k = 0; k < around.length; k++) local += values[around[k]];
    const spread = deviation * Math.sqrt((n * weight - weight * weight) / (n - 1));
    return spread > 0 ? (local - weight * mean) / spread : null;
  });
  const p = z.map((score) => (score === null ? null : twoSidedP(score)));
  return { z, p, q: benjaminiHochberg(p) };
}
