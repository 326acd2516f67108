/** Months are numbered 12 · year + month − 1. */

/** 'YYYY-MM-01'. */
export function firstDayOf(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

function daysOfMonth(month: number): number {
  return new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();
}

export function daysOf(months: readonly number[]): number {
  return months.reduce((days, month) => days + daysOfMonth(month), 0);
}

export interface MonthPairs {
  /** Ascending; each has its own calendar month of the year before in `before`. */
  readonly after: readonly number[];
  readonly before: readonly number[];
  /** The same calendar months once more a year earlier, where all of them were reported; else null. */
  readonly earlier: readonly number[] | null;
  /** Months left out because one side was not reported. */
  readonly unreported: number;
}

/** The most months compared: a full round of seasons. */
const MOST_MONTHS = 12;

/**
 * Which months are compared. "After": whole months from the beginning on, at most 12; "before": the same calendar months of
 * the year before, so that neither the season nor Tết's usual months can pass for an effect. A month that is not reported
 * leaves with its counterpart. The month in which the beginning lies belongs to neither side, unless it begins on the first.
 */
export function pairMonths(
  start: { readonly startMonth: number; readonly startsOnFirst: boolean },
  endMonth: number,
  isReported: (month: number) => boolean,
): MonthPairs {
  const first = start.startsOnFirst ? start.startMonth : start.startMonth + 1;
  const after: number[] = [];
  let unreported = 0;
  for (let month = first; month < Math.min(endMonth, first + MOST_MONTHS); month++) {
    if (month - 12 >= start.startMonth) continue;
    if (isReported(month) && isReported(month - 12)) after.push(month);
    else unreported++;
  }
  const before = after.map((month) => month - 12);
  const earlier = after.map((month) => month - 24);
  return { after, before, earlier: earlier.every(isReported) ? earlier : null, unreported };
}
