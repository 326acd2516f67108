import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { monthNumber } from './days.ts';
import { formatDay, formatMonth } from './formats.ts';
import { textWidth } from './text-width.ts';

type Period = { from: string; to: string };

/** A period as short as an axis allows: "10/2025", "Q4/2025", "2025", "27/10". */
export function shortPeriod({ from }: Period, by: string, language: ChartLanguage): string {
  if (by === 'year') return from.slice(0, 4);
  if (by === 'quarter')
    return fill(chartWords(language).quarterShort, {
      quarter: Math.floor((monthNumber(from) % 12) / 3) + 1,
      year: from.slice(0, 4),
    });
  if (by === 'week') return formatDay(from).slice(0, 5);
  if (by === 'reporting') return formatDay(from).slice(0, 5) + from.slice(2, 4).padStart(3, '/');
  return formatMonth(from);
}

/** A period in a sentence: "tháng 10/2025", "tuần từ 27/10/2025". */
export function longPeriod(period: Period, by: string, language: ChartLanguage): string {
  const kind = by as keyof ReturnType<typeof chartWords>['period'];
  const value = by === 'week' || by === 'reporting' ? formatDay(period.from) : shortPeriod(period, by, language);
  return fill(chartWords(language).period[kind] ?? '{{value}}', { value });
}

/**
 * Which of the texts under an axis are written so that none touch: every one, or every 2nd, 3rd, 6th … counted from
 * where years begin when the steps are months.
 */
export function thinLabels(
  texts: readonly string[],
  firsts: readonly string[],
  stepWidth: number,
  fontSize: number,
): number[] {
  const widest = Math.max(1, ...texts.map((text) => textWidth(text, fontSize))) + fontSize;
  const every = [1, 2, 3, 4, 6, 12, 24, 36, 60, 120].find((step) => step * stepWidth >= widest) ?? texts.length;
  const offset =
    every > 1 && firsts.length > 12
      ? Math.max(
          0,
          firsts.findIndex((day) => /-01-0?\d/.test(day)),
        ) % every
      : 0;
  return texts.map((_, i) => i).filter((i) => i % every === offset);
}
