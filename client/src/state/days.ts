/**
 * Days as `2026-10-31` texts, counted in UTC: a day of Asia/Ho_Chi_Minh is a calendar day, so no time zone enters.
 * Ranges are half-open: `to` is the day after the last.
 */
export type Period = { from: string; to: string };

const dayMs = 86_400_000;

/** The day on Vietnamese clocks (UTC+7, no summer time), "2026-10-31". */
export function vietnameseToday(): string {
  return new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** First day of the month `months` later: ("2026-10-15", 1) → "2026-11-01". */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** First day of a month at or after `day`: the end of the month that holds the day before it. */
export function monthEnd(day: string): string {
  return day.endsWith('-01') ? day : addMonths(day, 1);
}

/** Months between two month starts: ("2025-11-01", "2026-11-01") → 12. */
export function monthsBetween(from: string, to: string): number {
  const [y0 = 0, m0 = 1] = from.split('-').map(Number);
  const [y1 = 0, m1 = 1] = to.split('-').map(Number);
  return (y1 - y0) * 12 + (m1 - m0);
}

/** True when both ends are month starts, so that the period can be told in months. */
export function isWholeMonths({ from, to }: Period): boolean {
  return from.endsWith('-01') && to.endsWith('-01');
}

/** The 12 months up to the last one that holds a record: what a first look shows. More `months` stop where the data begin. */
export function defaultPeriod(range: Period, months = 12): Period {
  const to = monthEnd(range.to);
  const from = addMonths(to, -months);
  const first = monthStart(range.from);
  return { from: months > 12 && from < first ? first : from, to };
}

/** The window moved by whole months and kept inside the data; a window that is not in months moves by its own length. */
export function shiftPeriod(period: Period, months: number, range: Period): Period {
  if (!isWholeMonths(period)) {
    const days = Math.round((Date.parse(period.to) - Date.parse(period.from)) / dayMs);
    return { from: addDays(period.from, days * Math.sign(months)), to: addDays(period.to, days * Math.sign(months)) };
  }
  const first = monthStart(range.from);
  const last = monthEnd(range.to);
  const room = months > 0 ? monthsBetween(period.to, last) : monthsBetween(first, period.from);
  const step = Math.sign(months) * Math.min(Math.abs(months), Math.max(0, room));
  return { from: addMonths(period.from, step), to: addMonths(period.to, step) };
}

/** The calendar years that a period touches, of those that the data hold to their end. */
export function wholeYears(period: Period, range: Period): Period {
  const last = lastWholeYear(range);
  const from = `${period.from.slice(0, 4)}-01-01`;
  const to = `${Number(addDays(period.to, -1).slice(0, 4)) + 1}-01-01`;
  return from < last.to ? { from, to: to < last.to ? to : last.to } : last;
}

/** The last calendar year that the data hold to its end. */
export function lastWholeYear(range: Period): Period {
  const next = Number(monthEnd(range.to).slice(0, 4));
  return { from: `${next - 1}-01-01`, to: `${next}-01-01` };
}

/** The same date some years later: ("2026-02-28", -1) → "2025-02-28"; 29 February becomes 28 February. */
export function addYears(day: string, years: number): string {
  const moved = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return Number.isNaN(Date.parse(moved)) || addDays(moved, 0) !== moved ? `${moved.slice(0, 8)}28` : moved;
}

/** True when the data reach back to one year before a day: without it, "last year" would be an empty window, not a low one. */
export function isYearBeforeCovered(day: string, range: Period): boolean {
  return addYears(day, -1) >= monthStart(range.from);
}
