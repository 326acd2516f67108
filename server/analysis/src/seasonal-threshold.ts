import {
  negativeBinomialAtLeast,
  negativeBinomialQuantile,
  poissonAtLeast,
  poissonQuantile,
} from './count-distributions.ts';

export interface SeasonalOptions {
  /** Same season of how many earlier years. */
  readonly years?: number;
  /** Steps to either side of the same step that belong to the season too. */
  readonly halfWindow?: number;
  /** Steps in a year. */
  readonly period?: number;
  /** Chance of staying at or below the threshold when nothing is going on. */
  readonly level?: number;
}

export interface SeasonalThreshold {
  /** Steps the comparison rests on. */
  readonly baseline: number[];
  readonly mean: number;
  readonly variance: number;
  /** Highest count that is still ordinary: quantile of a negative binomial when the variance exceeds the mean, else Poisson. */
  readonly upper: number;
  readonly upperPoisson: number;
  /** With the uncertainty of the mean itself (Jeffreys prior): the fairer one when there are few incidents. */
  readonly upperPredictive: number;
  /** P(count ≥ observed) by the distribution of `upper`, and by Poisson. */
  readonly p: number;
  readonly pPoisson: number;
  /** Strictly above `upper`. */
  readonly alarm: boolean;
}

/**
 * Is a step unusually high for its season? Compared with the same step and its neighbours of earlier years: for months
 * and the defaults, 15 of them. The plainest of the three thresholds and the one that is easy to explain.
 * An all-zero baseline makes any incident an alarm; ask for a least number of cases beside it.
 * @returns null when the series does not reach back far enough.
 * Source: method of moments, N. L. Johnson, A. W. Kemp & S. Kotz, Univariate Discrete Distributions, 2005;
 * predictive of Poisson under a gamma prior, A. Gelman et al., Bayesian Data Analysis, 2013, § 2.6.
 */
export function seasonalThreshold(
  counts: ArrayLike<number>,
  step: number,
  { years = 5, halfWindow = 1, period = 12, level = 0.99 }: SeasonalOptions = {},
): SeasonalThreshold | null {
  if (step - years * period - halfWindow < 0 || step >= counts.length) return null;
  const baseline: number[] = [];
  for (let year = years; year >= 1; year--) {
    for (let offset = -halfWindow; offset <= halfWindow; offset++) baseline.push(step - year * period + offset);
  }
  const sum = baseline.reduce((total, at) => total + counts[at], 0);
  const mean = sum / baseline.length;
  const variance = baseline.reduce((total, at) => total + (counts[at] - mean) ** 2, 0) / (baseline.length - 1);
  const observed = counts[step];
  const upperPoisson = poissonQuantile(level, mean);
  const pPoisson = poissonAtLeast(observed, mean);
  const spread = variance > mean ? { mean, size: (mean * mean) / (variance - mean) } : null;
  const upper = spread === null ? upperPoisson : negativeBinomialQuantile(level, spread);
  const predictive = { mean: (sum + 0.5) / baseline.length, size: sum + 0.5 };
  return {
    baseline,
    mean,
    variance,
    upper,
    upperPoisson,
    upperPredictive: negativeBinomialQuantile(level, predictive),
    p: spread === null ? pPoisson : negativeBinomialAtLeast(observed, spread),
    pPoisson,
    alarm: observed > upper,
  };
}
