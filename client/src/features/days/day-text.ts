const dayMonthYear = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/;
const run = /^(\d{2})(\d{2})(\d{4})$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Is it a day of the calendar, "2026-10-31"? */
export function isDay(text: string): boolean {
  const time = iso.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/**
 * What a person typed as a day: "31/10/2026", "31.10.2026", "31102026" → "2026-10-31"; day before month always, whatever the
 * browser's own language is. Text that is no day comes back as it is.
 */
export function readDay(text: string): string {
  const typed = text.trim();
  const [, day = '', month = '', year = ''] = dayMonthYear.exec(typed) ?? run.exec(typed) ?? [];
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(read) ? read : typed;
}
