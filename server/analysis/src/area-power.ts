import { poissonProbability } from './count-distributions.ts';
import { normalQuantile, Z_95 } from './normal.ts';
import { rateRatio } from './rate-ratio.ts';

/** Falls are looked for in steps of a thousandth. */
const STEPS = 1000;
/** Above it the power is read from the normal curve of the root of counts, which is then the same to half a hundredth. */
const MOST_EXACT = 400;

/**
 * The least fall that so few records would show: the fall f, 0–1, for which the exact two-sided 95% limits of the rate
 * ratio leave out 1 on the lower side with the given chance, when `count` records are expected before, (1 − f) · `count` after, over
 * equal times. Told when an area is listed, so that nobody waits for an effect that cannot be seen.
 * The curve of exact power has teeth: the answer is the least fall from which on no smaller chance comes again.
 * @param count records expected before, ≥ 0
 * @param options `power` (default 0.8); `dispersion` variance ÷ Poisson variance, which acts as so many times fewer records
 * @returns null where not even none at all afterwards would show it (fewer than about 8)
 * @throws RangeError when the count is below 0 or no number.
 */
export function detectableFall(
  count: number,
  { dispersion = 1, power = 0.8 }: { readonly dispersion?: number; readonly power?: number } = {},
): number | null {
  if (!(count >= 0 && count < Infinity)) throw new RangeError(`count ${count}; expected a number ≥ 0`);
  if (!(dispersion >= 1)) throw new RangeError(`dispersion ${dispersion}; expected a number ≥ 1`);
  const expected = count / dispersion;
  if (expected > MOST_EXACT) return fallByRoots(expected, power);
  const most = mostAfter(expected);
  if (chanceOfFinding(expected, 1, most) < power) return null;
  // Power rises with the fall but for teeth of a hair's breadth.
  let [low, high] = [0, STEPS];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (chanceOfFinding(expected, middle / STEPS, most) >= power) high = middle;
    else low = middle;
  }
  return high / STEPS;
}

/** The power itself: the chance that a fall of this size is found. Exact, by both Poisson sums. */
export function fallPower(count: number, fall: number): number {
  return chanceOfFinding(count, fall, mostAfter(count));
}

/** For every count before that may come: the most records after that still tell of a fall; −1 = none. */
function mostAfter(expected: number): Int32Array {
  const until = Math.ceil(expected + 9 * Math.sqrt(expected) + 12);
  const most = new Int32Array(until + 1).fill(-1);
  let after = -1;
  for (let before = 0; before <= until; before++) {
    while (isFall(before, after + 1)) after++;
    most[before] = after;
  }
  return most;
}

function isFall(before: number, after: number): boolean {
  if (after >= before) return false;
  const { high } = rateRatio({ before, after });
  return high !== null && high < 1;
}

function chanceOfFinding(expected: number, fall: number, most: Int32Array): number {
  const mean = expected * (1 - fall);
  let chance = 0;
  let atMost = 0;
  let counted = -1;
  for (let before = 0; before < most.length; before++) {
    while (counted < most[before]) {
      counted++;
      atMost += poissonProbability(counted, mean);
    }
    chance += poissonProbability(before, expected) * atMost;
  }
  return chance;
}

/** √X of a Poisson count has a standard deviation near ½, whatever its mean. */
function fallByRoots(expected: number, power: number): number {
  const distance = (Z_95 + normalQuantile(power)) * Math.SQRT1_2;
  return 1 - (1 - distance / Math.sqrt(expected)) ** 2;
}
