import { badInput, dayInWords, refuseFuture } from './area-words.ts';
import { today } from './today.ts';

/** Lists are of the years 2000 to 2100. A date field makes the year 0026 of "26" typed into it. */
export const FIRST_DAY = '2000-01-01';

/** A day of a step or decision: not before lists began, and not to come. Errors: `invalid_input`. */
export function refuseWrongDay(field: string, day: string | null | undefined): void {
  refuseAncient(field, day);
  refuseFuture(field, day, today());
}

/** Errors: `invalid_input`. */
export function refuseAncient(field: string, day: string | null | undefined): void {
  if (day && day < FIRST_DAY)
    throw badInput(
      field,
      `Ngày ${dayInWords(day)} quá xa: năm phải ghi đủ bốn chữ số, từ 2000.`,
      `expected a day from ${FIRST_DAY} on, got ${day}`,
    );
}

/** A list is drawn up in its year, after it, or in the year before. Errors: `invalid_input`. */
export function refuseFarYear(year: number, on: string): void {
  if (year > lastListYear(on))
    throw badInput(
      'year',
      `Quyết định ngày ${dayInWords(on)} không thể là của danh sách năm ${year}: nhiều nhất là năm sau.`,
      `expected at most ${lastListYear(on)}, got ${year}`,
    );
}

/** The latest year whose list a decision of this day can be about. */
export function lastListYear(day: string): number {
  return Number(day.slice(0, 4)) + 1;
}
