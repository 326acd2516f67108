/**
 * The incomplete beta function and what rests on it: binomial tails and exact limits. Relative error about 1e-13 for
 * counts up to millions, since log-gamma is never subtracted from log-gamma.
 */

/**
 * What Stirling's formula leaves out: ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π), for z > 0.
 * Source: DLMF 5.11.1; small z by the recurrence of Γ.
 */
export function stirlingRemainder(z: number): number {
  let shifted = z;
  let sum = 0;
  for (; shifted < 16; shifted++) sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
  const z2 = shifted * shifted;
  return (
    sum + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / z2) / z2) / z2) / z2) / z2) / shifted
  );
}

/**
 * x^a (1 − x)^b / B(a, b), arranged after C. Loader, "Fast and accurate computation of binomial probabilities", 2000:
 * the large terms cancel before they are summed.
 */
function betaFront(x: number, a: number, b: number): number {
  return Math.exp(logBetaFront(x, a, b));
}

function logBetaFront(x: number, a: number, b: number): number {
  const mean = a / (a + b);
  const exponent =
    a * logRatio(x, mean) +
    b * logRatio(1 - x, 1 - mean) +
    stirlingRemainder(a + b) -
    stirlingRemainder(a) -
    stirlingRemainder(b);
  return exponent + Math.log(((a / (a + b)) * b) / (2 * Math.PI)) / 2;
}

/** ln(x / y), exact both where they nearly meet and where they are far apart. */
function logRatio(x: number, y: number): number {
  return Math.abs(x - y) < y / 2 ? Math.log1p((x - y) / y) : Math.log(x / y);
}

/**
 * Regularised incomplete beta function I_x(a, b): the chance that a Beta(a, b) variable is at most x. a, b > 0.
 * Source: DLMF 8.17.22, continued fraction by Lentz's method.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x < (a + 1) / (a + b + 2)
    ? (betaFront(x, a, b) / a) * betaFraction(x, a, b)
    : 1 - (betaFront(1 - x, b, a) / b) * betaFraction(1 - x, b, a);
}

/**
 * The smaller side of the incomplete beta function in two factors, for tails too small for a number: I_x(a, b) where
 * x < (a + 1) ÷ (a + b + 2), else 1 − I_x(a, b); exp(`logFront`) × `factor`. 0 < x < 1.
 */
export function betaTail(x: number, a: number, b: number): { isBelow: boolean; logFront: number; factor: number } {
  const isBelow = x < (a + 1) / (a + b + 2);
  const factor = isBelow ? betaFraction(x, a, b) / a : betaFraction(1 - x, b, a) / b;
  return { isBelow, logFront: logBetaFront(x, a, b), factor };
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  // Needs about √max(a, b) terms.
  const limit = 200 + 20 * Math.sqrt(Math.max(a, b));
  for (let m = 1; m < limit; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return fraction;
}

/** The x with I_x(a, b) = p, by Newton's method kept inside a shrinking bracket. 0 < p < 1. */
export function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let round = 0; round < 200; round++) {
    const excess = incompleteBeta(x, a, b) - p;
    if (excess > 0) high = x;
    else low = x;
    const density = betaFront(x, a, b) / (x * (1 - x));
    const next = x - excess / density;
    const previous = x;
    x = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(x - previous) <= 2e-16 * x) break;
  }
  return x;
}

/** P(X ≤ k) for X ~ Bin(n, rate), 0 < rate < 1. */
export function binomialAtMost(k: number, n: number, rate: number): number {
  return k >= n ? 1 : incompleteBeta(1 - rate, n - k, k + 1);
}

/** P(X ≥ k) for X ~ Bin(n, rate), 0 < rate < 1. */
export function binomialAtLeast(k: number, n: number, rate: number): number {
  return k <= 0 ? 1 : incompleteBeta(rate, k, n - k + 1);
}
