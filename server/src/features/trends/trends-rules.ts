import { dayInMonth, firstDayOfMonth, isoWeekday, monthOf } from '../../snapshot/local-days.ts';

export type PeriodKind = 'month' | 'quarter' | 'year' | 'week' | 'reporting';
/** Day numbers, half-open. */
export type Period = { from: number; to: number };

/** Every period of [fromDay, toDay), the first and the last cut at its ends. */
export function periodsOf(by: PeriodKind, fromDay: number, toDay: number, cutoffDay: number): Period[] {
  const periods: Period[] = [];
  for (let from = fromDay; from < toDay; ) {
    const to = Math.min(nextStart(by, from, cutoffDay), toDay);
    periods.push({ from, to });
    from = to;
  }
  return periods;
}

/** The periods that lie wholly in [fromDay, toDay). */
export function wholePeriodsOf(by: PeriodKind, fromDay: number, toDay: number, cutoffDay: number): Period[] {
  return periodsOf(by, fromDay, toDay, cutoffDay).filter(
    ({ from, to }) => nextStart(by, from, cutoffDay) === to && nextStart(by, from - 1, cutoffDay) === from,
  );
}

/** First day of the period after the one a day lies in. */
function nextStart(by: PeriodKind, day: number, cutoffDay: number): number {
  const month = monthOf(day);
  switch (by) {
    case 'week':
      return day + 8 - isoWeekday(day);
    case 'month':
      return firstDayOfMonth(month + 1);
    case 'quarter':
      return firstDayOfMonth(month - (month % 3) + 3);
    case 'year':
      return firstDayOfMonth(month - (month % 12) + 12);
    case 'reporting': {
      const cutoff = dayInMonth(month, cutoffDay);
      return day < cutoff ? cutoff : dayInMonth(month + 1, cutoffDay);
    }
  }
}
