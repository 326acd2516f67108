import { countAtScore, midScore, risingRoot, WINSORISED_SQUARE, winsorisedSquare } from './count-score.ts';
import { benjaminiHochberg } from './false-discovery.ts';
import { gammaQuantile, poissonLimits } from './gamma.ts';
import { twoSidedP } from './normal.ts';

export type FunnelSide = 'high-99.8' | 'high-95' | 'low-95' | 'low-99.8';

export interface ShrunkenRate {
  /** Count ÷ exposure, with its exact 95% Poisson limits. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** Exposure × overall rate. */
  readonly expected: number;
  /** Mean and 95% limits of the rate's posterior. */
  readonly shrunk: number;
  readonly shrunkLow: number;
  readonly shrunkHigh: number;
  /** Standard deviations from the overall rate, both of chance and of true rates between places. */
  readonly z: number;
  /** Two-sided, of z. */
  readonly p: number;
  /** Benjamini–Hochberg over all. */
  readonly q: number;
  /** Beyond the lines that `funnelLimits` draws at this exposure. */
  readonly outside: FunnelSide | null;
}

export interface ShrunkenRates {
  /** null when there is no exposure at all. */
  readonly overall: number | null;
  /** Relative standard deviation of the places' true rates: 0.35 = they differ by ±35% beyond chance. 0 = chance alone. */
  readonly tau: number;
  /** Index-aligned with the counts. */
  readonly rates: ShrunkenRate[];
  readonly rule: string;
}

export interface FunnelLimits {
  readonly exposure: number;
  readonly low998: number;
  readonly low95: number;
  readonly high95: number;
  readonly high998: number;
}

const RULE =
  'funnel 2; mid-p of a gamma–Poisson count, true rates varying by tau (winsorised 10%), limits 95% and 99.8%; shrinkage by Marshall moments';

/** Two-sided 95% and 99.8%. */
const Z_NEAR = 1.959963984540054;
const Z_FAR = 3.090232306167813;
/** Below it a count of 100,000 varies as chance alone would have it. */
const TAU_LEAST = 0.001;
const TAU_MOST = 3;

/**
 * Rates of places of unlike size, without punishing small ones: raw, shrunk towards the overall rate by as much as each
 * place's own count is uncertain, and judged against a funnel that is wide where chance is.
 * The score is the normal quantile of a count's mid-p (a square root is too coarse under an expected 5), where places differ by chance
 * and by nature: see `CountNull`. The variance of true rates is thus added to that of chance, not multiplied with it: the limits
 * are Poisson's for small places and level off where chance no longer counts; see `tauOf`.
 * Measured (tests/bench/funnel-limits.ts: 400 provinces of 51 places, 1 to 15,000 expected, logarithms of true rates normal). Outside the
 * 95 / 99.8% lines, in percent, where true rates vary by SD
 *   0: smallest third 4.1 / 0.12, middle 4.8 / 0.12, biggest 2.4 / 0.07       0.2: 4.2 / 0.09, 5.5 / 0.34, 4.7 / 0.28
 *   0.5: 5.6 / 0.47, 5.4 / 0.69, 4.5 / 0.41                                   0.8: 5.1 / 0.78, 6.3 / 1.47, 4.9 / 0.68
 * (the upper tail of a lognormal is heavier than a gamma's); 20 and 100 places: 1.4–6.5 and 3.1–5.7 outside 95%. The biggest are part of
 * the overall rate, so seldomer outside where nothing else differs. One place of some 120 expected, its rate ×2: beyond 95 / 99.8%
 * in 100 / 100 (SD 0), 86 / 57 (0.2), 34 / 15 (0.5); ×4: 100 / 100, 100 / 100, 79 / 50.
 * Other limits, where rates vary, smallest and biggest third outside 95%: multiplied variance 0 and 51–58; added with DerSimonian and
 * Laird's moments on the raw, root or log scale 7–30 and 28–40, since winsorising cuts off the very places that those rest on.
 * Shrinkage: moments, not maximum likelihood; see `gammaPrior`. Its limits leave out the uncertainty of the prior itself.
 * @param exposures people × years, km² × years, or any unit; the rates are per one of it.
 * @throws RangeError when a count is not a whole number ≥ 0, an exposure not a number > 0, or the lengths differ.
 * Source: D. J. Spiegelhalter, Statistics in Medicine 24, 2005, and Quality & Safety in Health Care 14, 2005 (there the added variance
 * is normal; the gamma is its exact form for counts); R. J. Marshall, Applied Statistics 40, 1991; F. Garwood, Biometrika 28, 1936.
 */
export function shrunkenRates(counts: readonly number[], exposures: readonly number[]): ShrunkenRates {
  check(counts, exposures);
  if (counts.length === 0) return { overall: null, tau: 0, rates: [], rule: RULE };
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exposed = exposures.reduce((sum, exposure) => sum + exposure, 0);
  const overall = total / exposed;
  const expected = exposures.map((exposure) => exposure * overall);
  const tau = tauOf(counts, expected);
  const z = counts.map((count, at) => midScore(count, { expected: expected[at], tau }));
  const p = z.map(twoSidedP);
  const q = benjaminiHochberg(p);
  // Without a single count the whole is all there is to say.
  const prior = total === 0 ? null : gammaPrior(counts, exposures);
  const none = { shrunk: 0, shrunkLow: 0, shrunkHigh: poissonLimits(0).high / exposed };
  const limits = funnelLimits(overall, tau, exposures);
  return {
    overall,
    tau,
    rates: counts.map((count, at) => {
      const exposure = exposures[at];
      const rate = count / exposure;
      const { low, high } = poissonLimits(count);
      return {
        rate,
        low: low / exposure,
        high: high / exposure,
        expected: expected[at],
        ...(prior === null ? none : posterior(count, exposure, prior)),
        z: z[at],
        p: p[at],
        q: q[at] ?? p[at],
        outside: sideOf(rate, limits[at]),
      };
    }),
    rule: RULE,
  };
}

/**
 * The funnel's lines, as rates: where the score of `shrunkenRates` is ±1.96 and ±3.09. Between whole counts the mid-p is
 * continued by the incomplete gamma and beta functions, so that the lines are smooth. A low line of 0 means that no count is low enough.
 * @param tau relative standard deviation of true rates, 0 for chance alone
 * @throws RangeError when the overall rate or tau is below 0 or an exposure not a number > 0.
 */
export function funnelLimits(overall: number, tau: number, exposures: readonly number[]): FunnelLimits[] {
  if (!(overall >= 0 && overall < Infinity)) throw new RangeError(`overall rate ${overall}; expected a number ≥ 0`);
  if (!(tau >= 0 && tau < Infinity)) throw new RangeError(`tau ${tau}; expected a number ≥ 0`);
  return exposures.map((exposure) => {
    checkExposure(exposure);
    const expected = overall * exposure;
    const line = (z: number) => countAtScore(z, { expected, tau }) / exposure;
    return { exposure, low998: line(-Z_FAR), low95: line(-Z_NEAR), high95: line(Z_NEAR), high998: line(Z_FAR) };
  });
}

/**
 * How much true rates differ: the tau at which the places' own scores, winsorised so that outliers widen nobody's limits, vary as
 * scores should, one place given up for the overall rate. Every place counts alike; a small one has little to say, since its winsorised
 * square hardly depends on tau. Where rates differ so oddly that no tau fits, the nearest, and of equals the widest.
 * Source: R. C. Paule & J. Mandel, J. Research National Bureau of Standards 87, 1982, with P. J. Huber's winsorising (Annals of
 * Mathematical Statistics 35, 1964).
 */
function tauOf(counts: readonly number[], expected: readonly number[]): number {
  const n = counts.length;
  const wanted = WINSORISED_SQUARE * (n - 1);
  const missing = (tau: number) =>
    wanted - counts.reduce((sum, count, at) => sum + winsorisedSquare(count, { expected: expected[at], tau }), 0);
  if (n < 2 || expected[0] === 0 || missing(0) >= 0) return 0;
  let low = TAU_LEAST;
  let nearest = { tau: low, missing: missing(low) };
  if (nearest.missing >= 0) return 0;
  for (let high = low * 2; high < TAU_MOST; low = high, high *= 2) {
    const there = missing(high);
    if (there >= 0) return risingRoot(missing, low, high);
    if (there >= nearest.missing) nearest = { tau: high, missing: there };
  }
  return nearest.tau;
}

function sideOf(rate: number, { low998, low95, high95, high998 }: FunnelLimits): FunnelSide | null {
  if (rate > high998) return 'high-99.8';
  if (rate > high95) return 'high-95';
  if (rate < low998) return 'low-99.8';
  return rate < low95 ? 'low-95' : null;
}

interface GammaPrior {
  readonly shape: number;
  /** In the unit of the exposures. */
  readonly inverseScale: number;
}

/**
 * How the places' true rates spread: Marshall's moments of the raw rates, the variance between places then taken as the mean of
 * what is possible (a normal around the estimate, cut at 0), so that it is never 0 and nothing is shrunk wholly.
 * Chosen by simulation (60 provinces of 51 places each, exposures over a factor of 10, true rates varying by 0, 20 and 50%, 1 to 20
 * expected): where rates vary, the mean squared error is a twentieth to a third of the raw rates', and within 3% of that of maximum
 * likelihood (19% above it at 1 expected and 20%); but the 95% limits hold the true rate 91–100% of the time against 33–93%.
 */
function gammaPrior(counts: readonly number[], exposures: readonly number[]): GammaPrior {
  const exposed = exposures.reduce((sum, exposure) => sum + exposure, 0);
  const mean = counts.reduce((sum, count) => sum + count, 0) / exposed;
  const square =
    counts.reduce((sum, count, at) => sum + exposures[at] * (count / exposures[at] - mean) ** 2, 0) / exposed;
  const chance = mean / (exposed / exposures.length);
  const moment = square - chance;
  const error = Math.sqrt(2 / counts.length) * (chance + Math.max(0, moment));
  const off = moment / error;
  const density = Math.exp((-off * off) / 2) / Math.sqrt(2 * Math.PI);
  const variance = moment + (error * density) / (off > 0 ? 1 - twoSidedP(off) / 2 : twoSidedP(off) / 2);
  return { shape: (mean * mean) / variance, inverseScale: mean / variance };
}

function posterior(count: number, exposure: number, { shape, inverseScale }: GammaPrior) {
  const a = shape + count;
  const b = inverseScale + exposure;
  return { shrunk: a / b, shrunkLow: gammaQuantile(0.025, a) / b, shrunkHigh: gammaQuantile(0.975, a) / b };
}

function check(counts: readonly number[], exposures: readonly number[]): void {
  if (counts.length !== exposures.length) {
    throw new RangeError(`${counts.length} counts and ${exposures.length} exposures; expected as many of each`);
  }
  for (const count of counts) {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count ${count}; expected a whole number ≥ 0`);
  }
  exposures.forEach(checkExposure);
}

function checkExposure(exposure: number): void {
  if (!(exposure > 0 && exposure < Infinity)) throw new RangeError(`exposure ${exposure}; expected a number > 0`);
}
