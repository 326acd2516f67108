import { VIETNAM_OFFSET_MS } from '@diemnong/analysis';

/**
 * Days, months and years of Asia/Ho_Chi_Minh as whole numbers. A day number counts from 1970-01-01, a month number is
 * 12 · year + month (0–11). Both are calendar arithmetic in UTC; only `localDayOf` and `startOfDaySeconds` know the offset.
 */
const DAY_MS = 86_400_000;

/** `2026-10-31` → its number. */
export function toDayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function toDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, -14);
}

/** The local day an instant (epoch ms) lies in. */
export function localDayOf(instantMs: number): number {
  return Math.floor((instantMs + VIETNAM_OFFSET_MS) / DAY_MS);
}

/** Epoch seconds of the local midnight that begins a day. */
export function startOfDaySeconds(dayNumber: number): number {
  return (dayNumber * DAY_MS - VIETNAM_OFFSET_MS) / 1000;
}

/** 0–23, local. */
export function localHourOf(instantMs: number): number {
  return Math.floor((instantMs + VIETNAM_OFFSET_MS - localDayOf(instantMs) * DAY_MS) / 3_600_000);
}

/** 1 = Monday … 7 = Sunday (ISO 8601). Day 0 was a Thursday. */
export function isoWeekday(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

/** The same date some years on or back; 29 February becomes 28 February in a year without one. */
export function addYears(dayNumber: number, years: number): number {
  const date = new Date(dayNumber * DAY_MS);
  return dayInMonth(date.getUTCFullYear() * 12 + date.getUTCMonth() + 12 * years, date.getUTCDate());
}

export function monthOf(dayNumber: number): number {
  const date = new Date(dayNumber * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export function firstDayOfMonth(month: number): number {
  return dayInMonth(month, 1);
}

/** The given date of a month, or its last day when the month is shorter. */
export function dayInMonth(month: number, date: number): number {
  const first = utcDay(Math.floor(month / 12), ((month % 12) + 12) % 12);
  const next = utcDay(Math.floor((month + 1) / 12), (((month + 1) % 12) + 12) % 12);
  return Math.min(first + date - 1, next - 1);
}

/** `Date.UTC` reads the years 0–99 as 1900–1999. */
function utcDay(year: number, monthOfYear: number): number {
  return new Date(0).setUTCFullYear(year, monthOfYear, 1) / DAY_MS;
}
