import { tetDate } from '@diemnong/data';
import { toDay, toDayNumber } from '../../snapshot/local-days.ts';
import type { Period } from './trends-rules.ts';

/** Days before and after the first day of Tết that belong to its season. */
const seasonDays = 14;
/** Years whose Tết and the one before are known (`tetDate`). */
const firstYear = 1969;
const lastYear = 2100;

/** Day number of the first day of Tết in a calendar year; undefined before 1968 and after 2100. */
export function tetOf(year: number): number | undefined {
  return year >= firstYear - 1 && year <= lastYear ? toDayNumber(tetDate(year)) : undefined;
}

/** The window of equal length at the same distance from last year's Tết; undefined for a period that shares no day with a Tết season. */
export function alignToTet({ from, to }: Period): Period | undefined {
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    const [tet, before] = [tetOf(year), tetOf(year - 1)];
    if (tet === undefined || before === undefined) continue;
    if (from <= tet + seasonDays && to > tet - seasonDays) return { from: from - tet + before, to: to - tet + before };
  }
  return undefined;
}

function yearOf(day: number): number {
  return Number(toDay(day).slice(0, -6));
}
