import { addYears, type Period } from '../../state/days.ts';

/**
 * The days of a period that have passed: a month that is still running is cut after its last record, so that it is compared
 * with the same days of last year and not with a whole month.
 */
export function pastOnly<P extends Period>(period: P, range: Period, today: string): P {
  if (period.to <= today || period.to <= range.to || range.to <= period.from) return period;
  return { ...period, to: range.to };
}

/** Under a year: too little for a season, a change or a trend. */
export function isShort({ from, to }: Period): boolean {
  return addYears(from, 1) > to;
}

/** The last 12 months of a period, or all of it when it is shorter: what is compared with the same period last year. */
export function lastYearOf<P extends Period>(period: P): P {
  return isShort(period) ? period : { ...period, from: addYears(period.to, -1) };
}

/** Years that can be chosen for a cumulative count, newest first. */
export function yearsOf(range: Period): number[] {
  const first = Number(range.from.slice(0, 4));
  const last = Number(range.to.slice(0, 4)) - (range.to.endsWith('-01-01') ? 1 : 0);
  return Array.from({ length: last - first + 1 }, (_, i) => last - i);
}
