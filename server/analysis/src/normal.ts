/**
 * P(|Z| ≥ |z|) of the standard normal distribution, accurate far into the tail.
 * Source: DLMF 7.6.2 (series) near the middle, 7.9.2 (continued fraction) beyond.
 */
export function twoSidedP(z: number): number {
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 1 - 2 * density * sum;
  }
  let fraction = 0;
  for (let k = 120; k >= 1; k--) fraction = k / (x + fraction);
  return (2 * density) / (x + fraction);
}

/** The 0.975 quantile, for 95% intervals. */
export const Z_95 = 1.959963984540054;

/**
 * The z with P(Z ≤ z) = p, 0 < p < 1; relative error about 1e-13.
 * Newton's method on the logarithm of the tail, which is nearly a parabola.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`no normal quantile at ${p}; expected 0 to 1`);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // Never left of the answer (P(Z ≥ x) ≤ ½ e^(−x²/2)): from there the steps cannot leap to where the tail is 0.
  let x = Math.sqrt(-2 * Math.log(2 * tail));
  for (let round = 0; round < 50; round++) {
    const beyond = twoSidedP(x) / 2;
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const step = (Math.log(beyond / tail) * beyond) / density;
    x += step;
    if (Math.abs(step) <= 1e-15 * x) break;
  }
  return p < 0.5 ? -x : x;
}
