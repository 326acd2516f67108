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

/** The months of the window before that are held against the year before them: those that were reported in both years. */
export interface PastPairs {
  /** Ascending; each has its own calendar month of the year before in `earlier`. */
  readonly recent: readonly number[];
  readonly earlier: readonly number[];
  /** Days of `recent` ÷ days of the whole window before: 1 when all was reported. */
  readonly share: number;
}

export interface MonthPairs {
  /** Ascending; each has its own calendar month of the year before in `before`. */
  readonly after: readonly number[];
  readonly before: readonly number[];
  /** What was going on already; null where too little of the year before `before` was reported to tell. */
  readonly past: PastPairs | null;
  /** Months left out because one side was not reported. */
  readonly unreported: number;
}

/** The most months compared: a full round of seasons. */
const MOST_MONTHS = 12;
/** An earlier fall is told from so large a share of the months before, and from so many: 6 of 12, 3 of 3 to 6. */
const LEAST_PAST_SHARE = 0.5;
const LEAST_PAST_MONTHS = 3;

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
  return { after, before, past: pairPast(before, isReported), unreported };
}

/**
 * Which months of the window before are held against the year before that: those whose counterpart was reported too.
 * @param before months of the window, all reported
 * @returns null when they are under half of the window, or under three; of a window under three months, when one is missing
 */
export function pairPast(before: readonly number[], isReported: (month: number) => boolean): PastPairs | null {
  const recent = before.filter((month) => isReported(month - 12));
  const least = Math.max(LEAST_PAST_MONTHS, LEAST_PAST_SHARE * before.length);
  if (recent.length < Math.min(least, before.length)) return null;
  return { recent, earlier: recent.map((month) => month - 12), share: daysOf(recent) / Math.max(1, daysOf(before)) };
}
