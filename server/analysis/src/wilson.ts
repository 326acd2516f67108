import { Z_95 } from './normal.ts';

/**
 * A share with its 95% Wilson interval, no continuity correction.
 * @returns null when there is nothing to divide by: "no data", never 0% or 100%.
 * @throws RangeError unless 0 ≤ k ≤ n.
 * Source: E. B. Wilson, J. American Statistical Association 22, 1927.
 */
export function wilson(k: number, n: number): { rate: number; low: number; high: number } | null {
  if (!(k >= 0 && k <= n)) throw new RangeError(`${k} of ${n} is not a share`);
  if (n === 0) return null;
  const rate = k / n;
  const z2 = (Z_95 * Z_95) / n;
  const centre = (rate + z2 / 2) / (1 + z2);
  const half = (Z_95 * Math.sqrt((rate * (1 - rate)) / n + z2 / (4 * n))) / (1 + z2);
  return { rate, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half };
}
