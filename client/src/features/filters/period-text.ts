import { formatDay, formatMonth } from '../../i18n/formats.ts';
import { addDays, addMonths, isWholeMonths, type Period } from '../../state/days.ts';

/** "11/2025 – 10/2026", one month as "10/2026", else days. */
export function periodText({ from, to }: Period): string {
  const last = addDays(to, -1);
  if (!isWholeMonths({ from, to })) return `${formatDay(from)} – ${formatDay(last)}`;
  return addMonths(from, 1) === to ? formatMonth(from) : `${formatMonth(from)} – ${formatMonth(last)}`;
}
