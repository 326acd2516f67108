import { rateRatio } from '@diemnong/analysis';
import type { Ratio } from '@diemnong/contracts';

/** Below this many records a year earlier a percentage would mislead. */
export const smallestBase = 20;

export type Comparison = { previous: number; changePercent: number | null; ratio: Ratio };

/**
 * A count against the count of the same calendar dates a year earlier. When the records do not reach back to the first of
 * them (`reachesBack` false), nothing is compared: a part of a year would look like a rise. Windows are taken as equally long: the day that a
 * leap year adds is left in, so that the ratio and the percentage are those of the two counts on screen.
 */
export function compare(count: number, previous: number, reachesBack: boolean): Comparison {
  if (!reachesBack) return { previous, changePercent: null, ratio: null };
  const { ratio, low, high, p } = rateRatio({ before: previous, after: count });
  return {
    previous,
    changePercent: previous < smallestBase ? null : ((count - previous) / previous) * 100,
    ratio: p === null ? null : { value: finite(ratio), low: finite(low), high: finite(high), p },
  };
}

/** JSON has no infinity. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
