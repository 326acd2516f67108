import { falseDiscoveryRates } from './false-discovery.ts';
import { checkLengths, momentsOf } from './grid-moments.ts';
import type { Rings } from './hex-grid.ts';
import { twoSidedP } from './normal.ts';

/** Index-aligned with the cells; NaN where a cell has no score: it is left out, or all values are equal. */
export interface GridScores {
  readonly z: Float64Array;
  /** Two-sided. */
  readonly p: Float64Array;
  /** Benjamini–Hochberg over the cells that have a p. */
  readonly q: Float64Array;
  /** Of the values in the statistic; NaN when there are none. */
  readonly mean: number;
  /** Population standard deviation; 0 when all values are equal. */
  readonly deviation: number;
  /** Cells in the statistic. */
  readonly members: number;
}

/**
 * Getis–Ord Gi* of a big grid: is the sum of a cell and its first ring higher or lower than chance puts it? Binary weights.
 * Give every cell of the grid, zeros included: on occupied cells alone the mean is wrong and so is every score.
 * @param member 0 leaves a cell out: it has no score and is nobody's neighbour, as if the grid had been made without it.
 * Source: J. K. Ord & A. Getis, Geographical Analysis 27, 1995; the form of R's spdep `localG(include.self)`.
 */
export function giStarGrid(values: ArrayLike<number>, grid: Rings, member?: Uint8Array): GridScores {
  const z = new Float64Array(values.length);
  const moments = scoreInto(values, grid, member, z);
  const p = z.map((score) => twoSidedP(score));
  return { z, p, q: falseDiscoveryRates(p), ...moments };
}

/** The z of `giStarGrid` alone, into an array that the caller keeps: for one step of many. */
export function giStarZ(
  values: ArrayLike<number>,
  grid: Rings,
  member: Uint8Array | undefined,
  into: Float64Array,
): void {
  if (into.length !== values.length) throw new RangeError(`${values.length} values but room for ${into.length} scores`);
  scoreInto(values, grid, member, into);
}

function scoreInto(values: ArrayLike<number>, grid: Rings, member: Uint8Array | undefined, into: Float64Array) {
  checkLengths(values, grid, member);
  const { members, mean, squares } = momentsOf(values, member);
  const deviation = Math.sqrt(squares / members);
  const { start, neighbours } = grid;
  for (let i = 0; i < values.length; i++) {
    if (member?.[i] === 0) {
      into[i] = Number.NaN;
      continue;
    }
    let weight = 1;
    let local = values[i];
    for (let link = start[i]; link < start[i + 1]; link++) {
      const j = neighbours[link];
      if (member?.[j] === 0) continue;
      weight++;
      local += values[j];
    }
    const spread = deviation * Math.sqrt((members * weight - weight * weight) / (members - 1));
    into[i] = spread > 0 ? (local - weight * mean) / spread : Number.NaN;
  }
  return { mean, deviation, members };
}
