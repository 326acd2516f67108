import { rateRatio } from './rate-ratio.ts';

/** Version and parameters of the relapse watch; the share and the months belong to the province's settings. */
export const RELAPSE_RULE =
  'relapse-1; opens at rate ≥ share × baseline of the same months, unless the exact 95% limits lie below it';

export interface RelapseSignal {
  /** Rate now ÷ baseline rate; null when neither has a record, Infinity when only the baseline has none. */
  readonly ratio: number | null;
  /** Exact 95% limits. */
  readonly low: number | null;
  readonly high: number | null;
  readonly opens: boolean;
}

/**
 * Is an area under watch back at its level of before? Opens a review task for a person, nothing more.
 * Two things must hold: the rate is at least `share` of the baseline's, and is not significantly below the baseline itself.
 * With a baseline of no record any record opens; with none on either side there is nothing to review.
 * @param window records and reported days of the months now and of the same calendar months of the baseline year
 * @throws RangeError when the share is not a number > 0, or as `rateRatio` does.
 * Source: shared/domain.md, "Relapse watch".
 */
export function relapseSignal(window: {
  readonly count: number;
  readonly days: number;
  readonly baselineCount: number;
  readonly baselineDays: number;
  /** 0.75 = back to three quarters of the baseline. */
  readonly share: number;
}): RelapseSignal {
  const { count, days, baselineCount, baselineDays, share } = window;
  if (!(share > 0 && share < Infinity)) throw new RangeError(`share ${share}; expected a number > 0`);
  const { ratio, low, high } = rateRatio({
    before: baselineCount,
    after: count,
    exposureBefore: baselineDays,
    exposureAfter: days,
  });
  // A ratio that is the share exactly must not fail by a rounding.
  const isBack = ratio !== null && ratio >= share * (1 - 1e-12);
  return { ratio, low, high, opens: isBack && !(high !== null && high < 1) };
}
