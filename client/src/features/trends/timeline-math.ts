import { addMonths, isWholeMonths, monthEnd, monthStart, monthsBetween, type Period } from '../../state/days.ts';

/** A window of months as places in the row of bars, half-open. */
export type MonthWindow = { start: number; end: number };

/** The months that a period touches, as places in a row of `count` months that begins with `first`. */
export function windowOf(period: Period, first: string, count: number): MonthWindow {
  const start = Math.min(Math.max(monthsBetween(first, monthStart(period.from)), 0), count - 1);
  const end = Math.min(Math.max(monthsBetween(first, monthEnd(period.to)), start + 1), count);
  return { start, end };
}

export function periodOf({ start, end }: MonthWindow, first: string): Period {
  return { from: addMonths(first, start), to: addMonths(first, end) };
}

/** A window of months as a window of the calendar years it touches, places counted from the year of `first`. */
export function toYears({ start, end }: MonthWindow, first: string): MonthWindow {
  const offset = monthsBetween(`${first.slice(0, 4)}-01-01`, first);
  return { start: Math.floor((start + offset) / 12), end: Math.ceil((end + offset) / 12) };
}

/** Calendar years from the one of a day to one that begins on another. */
export function yearsBetween(first: string, end: string): number {
  return Number(end.slice(0, 4)) - Number(first.slice(0, 4));
}

/** The months of a window of years, as far as the row of `count` months goes. */
export function fromYears(years: MonthWindow, first: string, count: number): MonthWindow {
  const offset = monthsBetween(`${first.slice(0, 4)}-01-01`, first);
  return { start: Math.max(12 * years.start - offset, 0), end: Math.min(12 * years.end - offset, count) };
}

/** Place of the month under a pointer, `x` pixels into a row `width` wide; kept inside the row. */
export function monthAt(x: number, width: number, count: number): number {
  return Math.min(Math.max(Math.floor((x / Math.max(width, 1)) * count), 0), count - 1);
}

export type Grip = 'new' | 'move' | 'start' | 'end';

/**
 * The window after dragging from month `from` to month `to` with one of the grips. It keeps at least one month and stays
 * in the row; a moved window keeps its length.
 */
export function dragWindow(grip: Grip, before: MonthWindow, from: number, to: number, count: number): MonthWindow {
  if (grip === 'new') return { start: Math.min(from, to), end: Math.max(from, to) + 1 };
  if (grip === 'start') return { start: Math.min(to, before.end - 1), end: before.end };
  if (grip === 'end') return { start: before.start, end: Math.max(to + 1, before.start + 1) };
  const length = before.end - before.start;
  const start = Math.min(Math.max(before.start + to - from, 0), count - length);
  return { start, end: start + length };
}

/** The next window when playing: a month on; from the beginning again when it stands at the end. */
export function nextWindow({ start, end }: MonthWindow, count: number): MonthWindow {
  return end >= count ? { start: 0, end: end - start } : { start: start + 1, end: end + 1 };
}

/** Which months carry their name: every January, or every n-th when they would run into each other. */
export function labelledMonths(months: readonly string[], width: number, labelWidth: number): number[] {
  const januaries = months.flatMap((month, index) => (month.slice(5, 7) === '01' ? [index] : []));
  const monthWidth = width / Math.max(months.length, 1);
  const every = Math.max(1, Math.ceil(labelWidth / (monthWidth * 12)));
  return januaries.filter((_, place) => place % every === 0);
}

/** Number of whole months, or null for a period that is not in months. */
export function lengthInMonths(period: Period): number | null {
  return isWholeMonths(period) ? monthsBetween(period.from, period.to) : null;
}
