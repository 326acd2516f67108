/** Probabilities and quantiles of counts: Poisson and negative binomial. Means up to some hundred thousand. */
import { incompleteBeta, stirlingRemainder } from './beta.ts';

/**
 * P(X = k) of a Poisson variable.
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000: no large terms are subtracted.
 */
export function poissonProbability(k: number, mean: number): number {
  if (k === 0) return Math.exp(-mean);
  if (mean === 0) return 0;
  const exponent = k * Math.log(mean / k) + k - mean - stirlingRemainder(k);
  return Math.exp(exponent) / Math.sqrt(2 * Math.PI * k);
}

/** P(X ≥ k) of a Poisson variable, summed on the side away from the mean so that small tails stay exact. */
export function poissonAtLeast(k: number, mean: number): number {
  if (k <= 0) return 1;
  let term = poissonProbability(k, mean);
  if (k > mean) {
    let sum = 0;
    for (let next = k + 1; term > 1e-17 * sum; next++) {
      sum += term;
      term *= mean / next;
    }
    return sum;
  }
  let below = 0;
  for (let next = k; next > 0; next--) {
    term *= next / mean;
    below += term;
    if (term < 1e-17 * below) break;
  }
  return 1 - below;
}

/** The least k with P(X ≤ k) ≥ level, 0 < level < 1. */
export function poissonQuantile(level: number, mean: number): number {
  return leastWith((k) => poissonAtLeast(k + 1, mean) <= 1 - level + SLACK, mean, Math.sqrt(mean));
}

/**
 * A count of given mean whose variance is mean + mean² / size. For phi times a Poisson's variance, size is
 * mean / (phi − 1).
 */
export interface NegativeBinomial {
  readonly mean: number;
  readonly size: number;
}

/** P(X ≥ k). Source: DLMF 8.17.24. */
export function negativeBinomialAtLeast(k: number, { mean, size }: NegativeBinomial): number {
  return k <= 0 ? 1 : incompleteBeta(mean / (size + mean), k, size);
}

/** The least k with P(X ≤ k) ≥ level, 0 < level < 1. */
export function negativeBinomialQuantile(level: number, distribution: NegativeBinomial): number {
  const { mean, size } = distribution;
  const deviation = Math.sqrt(mean + (mean * mean) / size);
  return leastWith((k) => negativeBinomialAtLeast(k + 1, distribution) <= 1 - level + SLACK, mean, deviation);
}

/** A level that is met exactly may be missed by a rounding. */
const SLACK = 1e-14;

/** The least k ≥ 0 that fits, all above it fitting too; strides grow until one fits, then the gap is halved. */
function leastWith(fits: (k: number) => boolean, mean: number, deviation: number): number {
  let low = -1;
  let stride = Math.ceil(deviation) + 1;
  let high = Math.floor(mean);
  while (!fits(high)) {
    low = high;
    high += stride;
    stride *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
