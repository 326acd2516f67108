import { normalQuantile } from './normal.ts';

/**
 * Early aberration reporting: short baselines, no season. For places with less than three years of data; the step may be
 * a day, a week or a month.
 * Source: L. Hutwagner, W. Thompson, G. M. Seeman & T. Treadwell, J. Urban Health 80 (suppl. 1), 2003.
 */

export type EarsMethod = 'C1' | 'C2' | 'C3';

export interface EarsScores {
  /** Standard deviations above the baseline of each step; null until there is one. */
  readonly c1: (number | null)[];
  readonly c2: (number | null)[];
  /** What the last three c2, this step's included, exceed 1 by. */
  readonly c3: (number | null)[];
  readonly alarms: Record<EarsMethod, (boolean | null)[]>;
}

/**
 * The three scores as first published, for every step. c1 compares with the steps just before, c2 leaves two out between,
 * c3 adds up c2 over three steps. Alarm: c1 or c2 above 3, c3 above 2.
 * @param baseline steps to compare with. @param minDeviation keeps a flat baseline from making anything an alarm.
 */
export function earsScores(
  counts: ArrayLike<number>,
  { baseline = 7, minDeviation = 0.5 }: { readonly baseline?: number; readonly minDeviation?: number } = {},
): EarsScores {
  const score = (step: number, gap: number) => {
    const before = baselineOf(counts, step - gap, baseline);
    return before === null ? null : (counts[step] - before.mean) / Math.max(before.deviation, minDeviation);
  };
  const steps = Array.from({ length: counts.length }, (_, step) => step);
  const c1 = steps.map((step) => score(step, 0));
  const c2 = steps.map((step) => score(step, GAP));
  const c3 = steps.map((step) => {
    let sum = 0;
    for (let back = 0; back < 3; back++) {
      const value = c2[step - back] ?? null;
      if (value === null) return null;
      sum += Math.max(0, value - 1);
    }
    return sum;
  });
  const above = (scores: (number | null)[], limit: number) =>
    scores.map((value) => (value === null ? null : value > limit));
  return { c1, c2, c3, alarms: { C1: above(c1, 3), C2: above(c2, 3), C3: above(c3, 2) } };
}

export interface EarsThreshold {
  /** Index-aligned; null until the baseline is complete, and where a flat baseline leaves 0 ÷ 0. */
  readonly upper: (number | null)[];
  /** Strictly above `upper`. */
  readonly alarm: (boolean | null)[];
}

/**
 * Highest count of each step that is still ordinary, as R's surveillance `earsC` draws it.
 * NOTE: its C3 lets only the two steps before decide (the count of the step itself cancels out), so its alarms lag by
 * one; `earsScores` has the published C3. C2 is the one to show.
 * @param alpha one-sided; 0.001 for C1 and C2, 0.025 for C3 unless given.
 */
export function earsThreshold(
  counts: ArrayLike<number>,
  {
    method = 'C2',
    baseline = 7,
    alpha = method === 'C3' ? 0.025 : 0.001,
    minDeviation = 0,
  }: {
    readonly method?: EarsMethod;
    readonly baseline?: number;
    readonly alpha?: number;
    readonly minDeviation?: number;
  } = {},
): EarsThreshold {
  const quantile = normalQuantile(1 - alpha);
  const gap = method === 'C1' ? 0 : GAP;
  const known = (step: number) => {
    const before = baselineOf(counts, step - gap, baseline);
    return before === null ? null : { mean: before.mean, deviation: Math.max(before.deviation, minDeviation) };
  };
  /** What c2 of an earlier step exceeds 1 by. */
  const excess = (step: number) => {
    const before = known(step);
    return before === null ? Number.NaN : Math.max(0, (counts[step] - before.mean) / before.deviation - 1);
  };
  const upper = Array.from({ length: counts.length }, (_, step) => {
    const before = known(step);
    if (before === null) return null;
    const bound =
      method === 'C3'
        ? Math.max(0, counts[step] + before.deviation * (quantile - excess(step - 1) - excess(step - 2)))
        : before.mean + quantile * before.deviation;
    return Number.isNaN(bound) ? null : bound;
  });
  return { upper, alarm: upper.map((bound, step) => (bound === null ? null : counts[step] > bound)) };
}

/** Steps that C2 and C3 leave out between baseline and present. */
const GAP = 2;

/** Mean and deviation (n − 1) of the steps before `end`; null when there are too few. */
function baselineOf(counts: ArrayLike<number>, end: number, length: number) {
  if (end < length) return null;
  let sum = 0;
  for (let step = end - length; step < end; step++) sum += counts[step];
  const mean = sum / length;
  let squares = 0;
  for (let step = end - length; step < end; step++) squares += (counts[step] - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / (length - 1)) };
}
