import { twoSidedP } from './normal.ts';

export interface MannKendall {
  /** Rising pairs minus falling pairs. */
  readonly s: number;
  readonly varS: number;
  readonly z: number;
  readonly p: number;
  /** Kendall's tau-b. */
  readonly tau: number;
}

/**
 * Does a series rise or fall? Ties corrected, continuity corrected; a constant series gives z 0, p 1, tau 0.
 * The normal approximation is poor under 10 steps. Assumes no autocorrelation.
 * Source: H. B. Mann, Econometrica 13, 1945; M. G. Kendall, Rank Correlation Methods, 1975.
 */
export function mannKendall(y: ArrayLike<number>): MannKendall {
  return mannKendallOf(y, y.length, new Float64Array(y.length));
}

/** `mannKendall` of the first n values; `room` holds at least n and is written over, so that many series need one. */
export function mannKendallOf(y: ArrayLike<number>, n: number, room: Float64Array): MannKendall {
  let s = 0;
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) s += Math.sign(y[j] - y[i]);
  for (let i = 0; i < n; i++) room[i] = y[i];
  const sorted = room.subarray(0, n).sort();
  let varS = n * (n - 1) * (2 * n + 5);
  let tiedPairs = 0;
  for (let from = 0, to: number; from < n; from = to) {
    to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    const size = to - from;
    varS -= size * (size - 1) * (2 * size + 5);
    tiedPairs += (size * (size - 1)) / 2;
  }
  varS /= 18;
  const pairs = (n * (n - 1)) / 2;
  const z = varS > 0 ? (s - Math.sign(s)) / Math.sqrt(varS) : 0;
  return { s, varS, z, p: twoSidedP(z), tau: pairs > tiedPairs ? s / Math.sqrt(pairs * (pairs - tiedPairs)) : 0 };
}

/**
 * The median slope of all pairs, per step, and the line through the medians: intercept = median(y) − slope · median(t),
 * t = 0 … n−1 unless given. A series of one value is level; an empty one has neither (NaN).
 * @param times rising, one per value, for series with steps left out.
 * Source: H. Theil 1950; P. K. Sen, J. American Statistical Association 63, 1968.
 */
export function theilSen(y: ArrayLike<number>, times?: ArrayLike<number>): { slope: number; intercept: number } {
  const t = times ?? Array.from(y, (_, step) => step);
  const slopes: number[] = [];
  for (let j = 1; j < y.length; j++) for (let i = 0; i < j; i++) slopes.push((y[j] - y[i]) / (t[j] - t[i]));
  const slope = y.length === 1 ? 0 : median(slopes);
  return { slope, intercept: median(Array.from(y)) - slope * median(Array.from(t)) };
}

function median(values: number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
