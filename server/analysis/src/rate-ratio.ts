import { betaQuantile, binomialAtLeast, binomialAtMost } from './beta.ts';
import { poissonProbability } from './count-distributions.ts';

/** Counts of two periods and how long (or over how much) each was observed, in one unit of any kind. */
export interface PeriodComparison {
  readonly before: number;
  readonly after: number;
  readonly exposureBefore?: number;
  readonly exposureAfter?: number;
}

export interface RateRatio {
  /** Rate after ÷ rate before. Infinity when only `before` is 0; null when both counts are. */
  readonly ratio: number | null;
  /** 95% limits; `high` is Infinity when `before` is 0. Null when both counts are 0. */
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, below 0.05 exactly when the limits leave out 1. Null when both counts are 0. */
  readonly p: number | null;
}

/**
 * Has the rate changed, and by what factor? Exact: given the total, the later count is binomial, so its Clopper–Pearson
 * limits turn into limits of the ratio. The p is the central one, twice the smaller tail, which agrees with the limits
 * (R's poisson.test tells another, by likelihood order).
 * Assumes independent incidents at constant rates within each period; repeat incidents make the limits too narrow.
 * @param dispersion variance ÷ Poisson variance, at least 1: the limits and p are those of both counts divided by it
 * (quasi-likelihood, P. McCullagh & J. A. Nelder, Generalized Linear Models, 1989, § 9.2).
 * @throws RangeError when a count is not a whole number ≥ 0, an exposure not a number > 0 or the dispersion below 1.
 * Source: J. Przyborowski & H. Wilenski, Biometrika 31, 1940; C. Clopper & E. Pearson, Biometrika 26, 1934.
 */
export function rateRatio(comparison: PeriodComparison, dispersion = 1): RateRatio {
  const { exposureBefore, exposureAfter, ...counted } = check(comparison);
  if (!(dispersion >= 1 && dispersion < Infinity))
    throw new RangeError(`dispersion ${dispersion}; expected a number ≥ 1`);
  const before = counted.before / dispersion;
  const after = counted.after / dispersion;
  const total = before + after;
  if (total === 0) return { ratio: null, low: null, high: null, p: null };
  const exposures = exposureBefore / exposureAfter;
  const low = after === 0 ? 0 : betaQuantile(0.025, after, before + 1);
  const high = before === 0 ? 1 : betaQuantile(0.975, after + 1, before);
  const expectedShare = exposureAfter / (exposureBefore + exposureAfter);
  const tail = Math.min(binomialAtMost(after, total, expectedShare), binomialAtLeast(after, total, expectedShare));
  return {
    ratio: before === 0 ? Infinity : (counted.after / counted.before) * exposures,
    low: (low / (1 - low)) * exposures,
    high: before === 0 ? Infinity : (high / (1 - high)) * exposures,
    p: Math.min(1, 2 * tail),
  };
}

/**
 * Test of equal Poisson rates that is less cautious than the exact one, useful beside it for small counts.
 * @returns p two-sided, with the unpooled variance of the paper; null when both counts are 0.
 * @throws RangeError as `rateRatio` does.
 * Source: K. Krishnamoorthy & J. Thomson, "A more powerful test for comparing two Poisson means", J. Statistical Planning
 * and Inference 119, 2004. Sums run to 12 standard deviations and 40 beyond the mean.
 */
export function eTest(comparison: PeriodComparison): { p: number | null } {
  const { before, after, exposureBefore, exposureAfter } = check(comparison);
  if (before + after === 0) return { p: null };
  const statistic = (x: number, y: number) =>
    x + y === 0
      ? 0
      : (x / exposureBefore - y / exposureAfter) / Math.sqrt(x / exposureBefore ** 2 + y / exposureAfter ** 2);
  // Outcomes as far out as the observed one belong to the tail, rounding aside.
  const observed = Math.abs(statistic(before, after)) * (1 - 1e-12);
  if (observed === 0) return { p: 1 };
  const rate = (before + after) / (exposureBefore + exposureAfter);
  const first = poissonProbabilities(rate * exposureBefore);
  const second = poissonProbabilities(rate * exposureAfter);
  const above = new Float64Array(second.length + 1);
  for (let y = second.length - 1; y >= 0; y--) above[y] = above[y + 1] + second[y];
  const below = new Float64Array(second.length + 1);
  for (let y = 0; y < second.length; y++) below[y + 1] = below[y] + second[y];
  // The statistic falls in y and rises in x, so both ends of what is not rejected only move up: no double sum is needed.
  let p = 0;
  let from = 0;
  let to = 0;
  for (let x = 0; x < first.length; x++) {
    while (from < second.length && statistic(x, from) >= observed) from++;
    while (to < second.length && statistic(x, to) > -observed) to++;
    p += first[x] * (below[from] + above[to]);
  }
  return { p: Math.min(1, p) };
}

/** P(X = 0), P(X = 1), … as far as it matters, outward from the mode so that nothing underflows on the way. */
function poissonProbabilities(mean: number): Float64Array {
  const probabilities = new Float64Array(Math.ceil(mean + 12 * Math.sqrt(mean) + 40) + 1);
  const mode = Math.floor(mean);
  probabilities[mode] = poissonProbability(mode, mean);
  for (let k = mode; k > 0; k--) probabilities[k - 1] = (probabilities[k] * k) / mean;
  for (let k = mode + 1; k < probabilities.length; k++) probabilities[k] = (probabilities[k - 1] * mean) / k;
  return probabilities;
}

function check({ before, after, exposureBefore = 1, exposureAfter = 1 }: PeriodComparison) {
  for (const count of [before, after]) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count ${count}; expected a whole number ≥ 0`);
  }
  for (const exposure of [exposureBefore, exposureAfter]) {
    if (!(exposure > 0 && exposure < Infinity)) throw new RangeError(`exposure ${exposure}; expected a number > 0`);
  }
  return { before, after, exposureBefore, exposureAfter };
}
