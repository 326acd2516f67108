import { incompleteBeta } from './beta.ts';
import {
  negativeBinomialAtLeast,
  negativeBinomialQuantile,
  poissonAtLeast,
  poissonQuantile,
} from './count-distributions.ts';
import { normalQuantile, twoSidedP } from './normal.ts';
import { fitPoissonRegression, type RegressionCase } from './poisson-regression.ts';

export interface FarringtonOptions {
  /** Years to go back. A trend needs three. */
  readonly years?: number;
  /** Steps to either side of the same step of earlier years that are compared with directly. */
  readonly halfWindow?: number;
  /** Steps in a year. */
  readonly period?: number;
  /**
   * 1 compares with those windows alone. More uses every step of the years, the windows as one season and the steps
   * between cut into `seasons` − 1 others.
   */
  readonly seasons?: number;
  /** One-sided chance of a false alarm at each step. */
  readonly alpha?: number;
  /**
   * `quantile` of the negative binomial; `predictive`, the same with the uncertainty of the expected count in its variance;
   * or the `delta` method on the 2/3 power, which has it too.
   */
  readonly method?: 'quantile' | 'predictive' | 'delta';
  readonly trend?: boolean;
  /** Give past outbreaks less say. */
  readonly reweight?: boolean;
  /** Latest steps that never enter the baseline, lest a growing outbreak hide itself. */
  readonly stepsLeftOut?: number;
  /** No alarm unless this many cases fell in the last four steps, the present one included. */
  readonly minCases?: number;
}

export interface FarringtonThreshold {
  readonly expected: number;
  readonly upper: number;
  /** Dispersion, at least 1. */
  readonly phi: number;
  /** Change of the logarithm per step; null when no trend was kept. */
  readonly trend: number | null;
  /** P(count ≥ observed). */
  readonly p: number;
  /** False when there were fewer than `minCases`: then `upper` is not to be shown. */
  readonly hasEnoughCases: boolean;
  readonly alarm: boolean;
}

/** Anscombe residuals above this mark a past outbreak (Noufaily et al.: 2.58). */
const OUTBREAK_RESIDUAL = 2.58;
const TREND_P = 0.05;

/**
 * Is a step unusually high for its season and trend? Quasi-Poisson regression on earlier years; the trend is kept when
 * significant and not leading above all that was seen; past outbreaks weigh less. Wants five years and a step.
 * @param counts null or NaN = not known: leaves the baseline, and counts for nothing in `minCases`.
 * @returns null when the series does not reach back far enough, the step itself is not known, or the fit does not converge.
 * Source: C. P. Farrington, N. J. Andrews, A. D. Beale & M. A. Catchpole, J. Royal Statistical Society A 159, 1996;
 * A. Noufaily et al., "An improved algorithm for outbreak detection in multiple surveillance systems", Statistics in
 * Medicine 32, 2013; choices where the papers leave one follow R's surveillance 1.20 `farringtonFlexible`.
 */
export function farringtonThreshold(
  counts: ArrayLike<number | null>,
  step: number,
  {
    years = 5,
    halfWindow = 1,
    period = 12,
    seasons = 1,
    alpha = 0.01,
    method = 'quantile',
    trend = true,
    reweight = true,
    stepsLeftOut = 3,
    minCases = 5,
  }: FarringtonOptions = {},
): FarringtonThreshold | null {
  if (step - years * period - halfWindow < 0 || step >= counts.length) return null;
  const observed = knownCount(counts[step]);
  if (observed === null) return null;
  const baseline = baselineSteps(step, { years, halfWindow, period, seasons, stepsLeftOut }).flatMap((place) => {
    const count = knownCount(counts[place.at]);
    return count === null ? [] : [{ ...place, count }];
  });
  /** Time is counted from the present, so that the forecast is the intercept alone: the present belongs to season 0. */
  const casesWith = (hasTrend: boolean): RegressionCase[] =>
    baseline.map(({ at, season, count }) => ({
      count,
      row: [
        1,
        ...(hasTrend ? [at - step] : []),
        ...Array.from({ length: seasons - 1 }, (_, other) => (season === other + 1 ? 1 : 0)),
      ],
    }));

  let trendPerStep: number | null = null;
  let fit = trend ? fitWithWeights(casesWith(true), reweight) : null;
  if (fit !== null) {
    const statistic = fit.coefficients[1] / Math.sqrt(fit.dispersion * fit.covariance[1][1]);
    const highest = Math.max(...baseline.map(({ count }) => count));
    const isKept =
      years >= 3 && studentP(statistic, fit.degreesOfFreedom) < TREND_P && Math.exp(fit.coefficients[0]) <= highest;
    if (isKept) trendPerStep = fit.coefficients[1];
    else fit = null;
  }
  fit ??= fitWithWeights(casesWith(false), reweight);
  if (fit === null) return null;

  const { phi } = fit;
  const expected = Math.exp(fit.coefficients[0]);
  let recent = 0;
  for (let at = Math.max(0, step - 3); at <= step; at++) recent += knownCount(counts[at]) ?? 0;
  // Variance ÷ mean of a count to come, the uncertainty of its expectation included.
  const tau = phi + expected * fit.dispersion * fit.covariance[0][0];
  const { upper, p } =
    method === 'delta'
      ? deltaThreshold(expected, tau, observed, alpha)
      : quantileThreshold(expected, method === 'predictive' ? tau : phi, observed, alpha);
  const hasEnoughCases = recent >= minCases;
  return {
    expected,
    upper,
    phi,
    trend: trendPerStep,
    p,
    hasEnoughCases,
    alarm: hasEnoughCases && observed > 0 && observed > upper,
  };
}

function knownCount(count: number | null): number | null {
  return count === null || Number.isNaN(count) ? null : count;
}

/** Steps compared with, and the season of each: 0 for windows around the same step of a year, 1, 2, … after them. */
function baselineSteps(
  step: number,
  { years, halfWindow, period, seasons, stepsLeftOut }: Required<Omit<FarringtonOptions, BaselineFree>>,
) {
  const steps: { at: number; season: number }[] = [];
  const between = period - 2 * halfWindow - 1;
  const length = Math.floor(between / (seasons - 1));
  const longer = between % (seasons - 1);
  for (let year = years; year >= 1; year--) {
    const start = step - year * period - halfWindow;
    for (let k = 0; k <= 2 * halfWindow; k++) steps.push({ at: start + k, season: 0 });
    // Steps that do not divide evenly make the first seasons one longer.
    let at = start + 2 * halfWindow + 1;
    for (let season = 1; season < seasons; season++) {
      for (let k = 0; k < length + (season <= longer ? 1 : 0); k++) steps.push({ at: at++, season });
    }
  }
  return steps.filter(({ at }) => at < step - stepsLeftOut);
}
type BaselineFree = 'alpha' | 'method' | 'trend' | 'reweight' | 'minCases';

function fitWithWeights(cases: readonly RegressionCase[], reweight: boolean) {
  const first = fitPoissonRegression(cases);
  if (first === null || first.degreesOfFreedom < 1) return null;
  const firstDispersion = dispersionOf(first, first.workingWeights);
  const phi = Math.max(1, firstDispersion);
  if (!reweight) return { ...first, phi, dispersion: firstDispersion };
  const residuals = cases.map(({ count }, at) => {
    const mean = first.fitted[at];
    const anscombe = 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean));
    return anscombe / Math.sqrt(phi * (1 - first.leverages[at]));
  });
  const shares = residuals.map((residual) => (residual > OUTBREAK_RESIDUAL ? residual ** -2 : 1));
  const perShare = cases.length / shares.reduce((sum, share) => sum + share, 0);
  const weights = shares.map((share) => share * perShare);
  const second = fitPoissonRegression(cases, weights);
  if (second === null) return null;
  return {
    ...second,
    phi: Math.max(1, dispersionOf(second, second.workingWeights)),
    // NOTE: the package puts these weights in the place of the working ones before it asks for standard errors. Kept, so
    // that which trends are significant and how wide delta limits are agree with it.
    dispersion: dispersionOf(second, weights),
  };
}

function dispersionOf(
  fit: { readonly workingResiduals: readonly number[]; readonly degreesOfFreedom: number },
  weights: readonly number[],
): number {
  return fit.workingResiduals.reduce((sum, r, at) => sum + weights[at] * r * r, 0) / fit.degreesOfFreedom;
}

/** The 2/3 power of a count is nearly normal (Farrington et al. 1996). */
function deltaThreshold(mean: number, tau: number, observed: number, alpha: number) {
  const deviation = Math.sqrt((4 / 9) * Math.cbrt(mean) * tau);
  const centre = mean ** (2 / 3);
  const z = (observed ** (2 / 3) - centre) / deviation;
  return {
    upper: (centre + normalQuantile(1 - alpha) * deviation) ** 1.5,
    p: z > 0 ? twoSidedP(z) / 2 : 1 - twoSidedP(z) / 2,
  };
}

function quantileThreshold(mean: number, phi: number, observed: number, alpha: number) {
  if (!(phi > 1)) return { upper: poissonQuantile(1 - alpha, mean), p: poissonAtLeast(observed, mean) };
  const spread = { mean, size: mean / (phi - 1) };
  return { upper: negativeBinomialQuantile(1 - alpha, spread), p: negativeBinomialAtLeast(observed, spread) };
}

/** Two-sided p of Student's t. Source: Abramowitz & Stegun 26.7.1. */
function studentP(t: number, degreesOfFreedom: number): number {
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}
