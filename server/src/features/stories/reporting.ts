import { firstDayOfMonth, monthOf } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';

/** Calendar months (numbers) that begin in [fromDay, toDay). */
export function monthsBeginningIn(fromDay: number, toDay: number): number[] {
  const first = monthOf(fromDay);
  return monthRange(firstDayOfMonth(first) < fromDay ? first + 1 : first, monthOf(toDay - 1));
}

/** Calendar months that share a day with [fromDay, toDay). */
export function monthsTouching(fromDay: number, toDay: number): number[] {
  return monthRange(monthOf(fromDay), monthOf(toDay - 1));
}

/** A month of a place is reported when every commune that reports for it has; nobody to report is not reported. */
export function isReported(communes: readonly string[], month: number, { reportedMonths }: Reference): boolean {
  return communes.length > 0 && communes.every((code) => reportedMonths.get(code)?.has(month));
}

function monthRange(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
