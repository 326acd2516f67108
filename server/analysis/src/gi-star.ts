import { giStarGrid } from './gi-star-grid.ts';
import { toRings } from './hex-grid.ts';

export interface GiStar {
  /** Standard scores, index-aligned with the values; null when all values are equal. */
  readonly z: (number | null)[];
  /** Two-sided. */
  readonly p: (number | null)[];
  /** Benjamini–Hochberg over all cells. */
  readonly q: (number | null)[];
}

/**
 * `giStarGrid` on neighbours given cell by cell. Give the full set of owned cells, zeros included.
 * @param neighbours indices of each cell's neighbours without itself; Gi* adds it. An island still gets a score.
 */
export function giStar(values: ArrayLike<number>, neighbours: readonly ArrayLike<number>[]): GiStar {
  const { z, p, q } = giStarGrid(values, toRings(neighbours));
  return { z: toNullable(z), p: toNullable(p), q: toNullable(q) };
}

function toNullable(scores: Float64Array): (number | null)[] {
  return Array.from(scores, (score) => (Number.isNaN(score) ? null : score));
}
