/** How surprising a count is when places differ by chance and by nature: scores that are normal where nothing is amiss. */
import { betaTail } from './beta.ts';
import { gammaTail } from './gamma.ts';
import { normalQuantile, twoSidedP } from './normal.ts';

/**
 * A count whose Poisson mean is itself gamma distributed: around `expected`, with a relative standard deviation of `tau`.
 * That is a negative binomial of size 1 ÷ tau²; at tau 0 a Poisson.
 */
export interface CountNull {
  readonly expected: number;
  readonly tau: number;
}

/** Times exp(`log`): the chance of the count itself, and of all beyond it on one side. */
interface CountTail {
  readonly isHigh: boolean;
  readonly log: number;
  readonly at: number;
  readonly beyond: number;
}

/** Counts need not be whole: the incomplete gamma and beta functions go on between them. */
function tailOf(count: number, { expected, tau }: CountNull): CountTail {
  const square = tau * tau;
  if (count === 0) {
    const log = tau === 0 ? -expected : -Math.log1p(expected * square) / square;
    return { isHigh: false, log, at: 1, beyond: 0 };
  }
  // DLMF 8.17.24: P(X ≥ k) = I_x(k, size), x = mean ÷ (mean + size).
  const { isBelow, logFront, factor } =
    tau === 0 ? gammaTail(expected, count) : betaTail((expected * square) / (1 + expected * square), count, 1 / square);
  const at = 1 / count;
  return { isHigh: isBelow, log: logFront, at, beyond: isBelow ? factor - at : factor };
}

/** ln of the mid-p on the high side, P(more) + ½ P(as many), or on the low one; whichever is not lost in rounding. */
function midTail(count: number, model: CountNull): { isHigh: boolean; log: number } {
  const { isHigh, log, at, beyond } = tailOf(count, model);
  return { isHigh, log: log + Math.log(beyond + at / 2) };
}

/**
 * Normal quantile of the mid-p of a count: P(fewer) + ½ P(as many). 0 when nothing is expected.
 * @param count at least 0, not necessarily whole
 */
export function midScore(count: number, model: CountNull): number {
  if (model.expected === 0) return 0;
  const { isHigh, log } = midTail(count, model);
  const score = log > -460 ? -normalQuantile(Math.exp(log)) : farQuantile(log);
  return isHigh ? score : -score;
}

/** The z with ln P(Z ≥ z) as given, far out; Newton's method on DLMF 7.9.2. */
function farQuantile(logTail: number): number {
  let z = Math.sqrt(-2 * logTail);
  for (let round = 0; round < 20; round++) {
    let fraction = 0;
    for (let k = 12; k >= 1; k--) fraction = k / (z + fraction);
    const step = (-z * z) / 2 - Math.log(2 * Math.PI) / 2 - Math.log(z + fraction) - logTail;
    z += step / z;
    if (Math.abs(step) <= 1e-13 * z * z) break;
  }
  return z;
}

/** The count, not whole, at which `midScore` is z, which is not 0; 0 when no count is that low. */
export function countAtScore(z: number, model: CountNull): number {
  const { expected, tau } = model;
  if (expected === 0) return 0;
  // The root of the logarithm of the tail on z's side is nearly straight in z, and needs no normal quantile.
  const straight = (log: number) => Math.sqrt(-2 * log) * Math.sign(z);
  const wanted = straight(Math.log(twoSidedP(z) / 2));
  const missing = (count: number) => {
    const { isHigh, log } = midTail(count, model);
    return straight(isHigh === z > 0 ? log : Math.log1p(-Math.exp(log))) - wanted;
  };
  if (missing(0) >= 0) return 0;
  // Scores are nearly straight over the cube root of the count. Source: E. B. Wilson & M. M. Hilferty, 1931.
  const atRoot = (root: number) => missing(root ** 3);
  const middle = Math.cbrt(expected + 1);
  let low = 0;
  let high = z < 0 ? middle : middle * (1 + (z / 2.5) * Math.sqrt(tau * tau + 1 / (expected + 1)));
  for (; atRoot(high) < 0; high *= 1.5) low = high;
  if (low === 0 && z > 0 && atRoot(middle) < 0) low = middle;
  return risingRoot(atRoot, low, high) ** 3;
}

/**
 * Where a function that is below 0 at `low` and not at `high` crosses 0.
 * Regula falsi, the weight of an end that stays halved ("Illinois"). Source: M. Dowell & P. Jarratt, BIT 11, 1971.
 */
export function risingRoot(read: (x: number) => number, low: number, high: number): number {
  let [atLow, atHigh] = [read(low), read(high)];
  let side = 0;
  for (let round = 0; round < 100; round++) {
    let x = (low * atHigh - high * atLow) / (atHigh - atLow);
    if (!(x > low && x < high)) x = (low + high) / 2;
    const value = read(x);
    if (Math.abs(value) < 1e-11 || high - low <= 4e-16 * high) return x;
    if (value < 0) {
      [low, atLow] = [x, value];
      if (side === -1) atHigh /= 2;
      side = -1;
    } else {
      [high, atHigh] = [x, value];
      if (side === 1) atLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}

/** Scores beyond ±this are counted as this: a tenth of all on either side. */
const CUT = 1.2815515655446004;
const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
/** Mean square of a winsorised standard normal score. */
export const WINSORISED_SQUARE = 0.8 - 2 * CUT * density(CUT) + 0.2 * CUT * CUT;

/**
 * Mean square of the winsorised score over what a whole count leaves open between P(fewer) and P(fewer or as many): on average
 * over the counts of the model exactly `WINSORISED_SQUARE`, however small the expected count.
 */
export function winsorisedSquare(count: number, model: CountNull): number {
  const { isHigh, log, at, beyond } = tailOf(count, model);
  const outer = Math.exp(log) * beyond;
  const inner = outer + Math.exp(log) * at;
  if (inner <= 0.1) return CUT * CUT;
  const [from, to] = isHigh ? [1 - inner, 1 - outer] : [outer, inner];
  if (from >= 0.9 || to <= 0.1) return CUT * CUT;
  return to - from < 1e-9
    ? Math.min(CUT, Math.abs(normalQuantile(from))) ** 2
    : (areaTo(to) - areaTo(from)) / (to - from);
}

/** Integral of the squared winsorised score over probabilities from 0. */
function areaTo(p: number): number {
  if (p <= 0.1) return CUT * CUT * p;
  if (p >= 0.9) return WINSORISED_SQUARE - CUT * CUT * (1 - p);
  const z = normalQuantile(p);
  return CUT * CUT * 0.1 + (p - z * density(z)) - (0.1 + CUT * density(CUT));
}
