import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { formatNumber } from './formats.ts';

/** Records in words; null = not reported. */
export function sayCount(count: number | null, language: ChartLanguage): string {
  const words = chartWords(language);
  return count === null ? words.notReported : fill(words.recordsOf, { value: formatNumber(count, language) });
}
