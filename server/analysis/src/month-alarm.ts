import {
  negativeBinomialAtLeast,
  negativeBinomialQuantile,
  poissonAtLeast,
  poissonQuantile,
} from './count-distributions.ts';
import { farringtonThreshold } from './farrington.ts';

export interface MonthAlarm {
  /** `ears` when the series reaches back less than three years: no season, no trend. */
  readonly method: 'farrington' | 'ears';
  /** Whole years compared with; 0 for `ears`. */
  readonly years: number;
  readonly expected: number;
  /** Highest count that is still ordinary, never under `MIN_CASES` − 1. */
  readonly upper: number;
  /** P(count or more) by the model, when nothing is going on. */
  readonly p: number;
  /** `count > upper`. */
  readonly alarm: boolean;
  readonly rule: string;
}

/**
 * Chance of a false alarm per series and month, as announced. Measured on the simulated series of docs/alerts.md: 0.3% on average,
 * 0 to 1% by size, spread, season and months missing, 2% in large series that rise by a fifth a year; hence the room. The model's own
 * tail is half of it, since the spread is estimated from few months.
 */
export const MONTH_ALARM_ALPHA = 0.005;
const TAIL = MONTH_ALARM_ALPHA / 2;
/** Fewer records in the month are no alarm. */
const MIN_CASES = 5;
const MOST_YEARS = 5;
const FEWEST_YEARS = 3;
/** Share of a baseline's months that must be known. */
const LEAST_KNOWN = 2 / 3;
/** EARS: months that must be known before the present one, the most that are compared with, and the latest left out. */
const EARS_NEEDED = 12;
const EARS_BASELINE = 24;
const EARS_GAP = 2;

export const MONTH_ALARM_RULE = `month-alarm 1; tail ${TAIL}; least count ${MIN_CASES}; Farrington–Noufaily, ${FEWEST_YEARS}–${MOST_YEARS} years, window ±1 month, 4 seasons, trend, past outbreaks reweighted, last 3 months left out, predictive negative binomial; under ${FEWEST_YEARS} years EARS C2-like, ${EARS_NEEDED} reported months needed, up to ${EARS_BASELINE} compared with, last ${EARS_GAP} left out`;

/**
 * Is a month unusually high for its series? Compared with its own past only. With three years or more behind it (up to five,
 * whole years): `farringtonThreshold` over every month of those years, the months around the same one as one season. With
 * less, but twelve known months: the mean of the last known months (EARS C2-like), a negative binomial around it.
 * @param counts monthly, null = not reported: never in a baseline. Nothing after `step` is read.
 * @returns null ("chưa đủ kỳ") when the month itself is not reported or too few months before it are.
 * Source: as in farrington.ts and ears.ts; the rates of both, measured: docs/alerts.md (tests/bench/alarm-rates.ts).
 */
export function monthAlarm(counts: readonly (number | null)[], step: number): MonthAlarm | null {
  const observed = counts[step] ?? null;
  if (observed === null) return null;
  return farringtonAlarm(counts, step, observed) ?? earsAlarm(counts, step, observed);
}

function farringtonAlarm(counts: readonly (number | null)[], step: number, observed: number): MonthAlarm | null {
  const first = counts.findIndex((count) => count !== null);
  // The window around the earliest year's month may begin a month before the series does: an unknown month stands there.
  const padded = [null, ...counts.slice(0, step + 1)];
  for (let years = Math.min(MOST_YEARS, Math.floor((step - first) / 12)); years >= FEWEST_YEARS; years--) {
    const isKnown = (at: number) => padded[at] !== null;
    const all = Array.from({ length: years * 12 }, (_, back) => step - back).filter(isKnown);
    const windows = Array.from({ length: years }, (_, year) => step + 1 - 12 * (year + 1));
    const near = windows.flatMap((at) => [at - 1, at, at + 1]).filter(isKnown);
    if (all.length < LEAST_KNOWN * 12 * years || near.length < LEAST_KNOWN * 3 * years) continue;
    const found = farringtonThreshold(padded, step + 1, {
      years,
      seasons: 4,
      alpha: TAIL,
      method: 'predictive',
      minCases: 0,
    });
    if (found !== null) return told('farrington', years, observed, found);
  }
  return null;
}

function earsAlarm(counts: readonly (number | null)[], step: number, observed: number): MonthAlarm | null {
  const known = counts.slice(0, step).filter((count) => count !== null);
  if (known.length < EARS_NEEDED) return null;
  const baseline = known.slice(-EARS_BASELINE - EARS_GAP, -EARS_GAP);
  const n = baseline.length;
  const mean = baseline.reduce((sum, count) => sum + count, 0) / n;
  const variance = baseline.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (n - 1);
  // One standard error is put on the dispersion, whose estimate from a dozen months is poor, and the mean's own variance.
  const dispersion = mean === 0 ? 1 : Math.max(1, (variance / mean) * (1 + Math.sqrt(2 / (n - 1))));
  const phi = dispersion * (1 + 1 / n);
  const spread = { mean, size: mean / (phi - 1) };
  return told(
    'ears',
    0,
    observed,
    mean === 0
      ? { expected: 0, upper: poissonQuantile(1 - TAIL, 0), p: poissonAtLeast(observed, 0) }
      : {
          expected: mean,
          upper: negativeBinomialQuantile(1 - TAIL, spread),
          p: negativeBinomialAtLeast(observed, spread),
        },
  );
}

function told(
  method: MonthAlarm['method'],
  years: number,
  observed: number,
  { expected, upper, p }: { readonly expected: number; readonly upper: number; readonly p: number },
): MonthAlarm {
  const bound = Math.max(upper, MIN_CASES - 1);
  return { method, years, expected, upper: bound, p, alarm: observed > bound, rule: MONTH_ALARM_RULE };
}
