import type { Ratio } from '@diemnong/contracts';
import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { formatNumber, formatSigned } from './formats.ts';

/** "tăng 12% (−3 đến +22)": a change in words and sign with its 95% interval; undefined where there is no percentage. */
export function changeWords(changePercent: number | null, ratio: Ratio, language: ChartLanguage): string | undefined {
  if (changePercent === null || ratio === null) return undefined;
  const words = chartWords(language);
  const rounded = Math.round(Math.abs(changePercent));
  const value = `${formatNumber(rounded, language)}%`;
  const told = rounded === 0 ? words.noChange : fill(changePercent > 0 ? words.increase : words.decrease, { value });
  const low = ratio.low === null ? undefined : formatSigned((ratio.low - 1) * 100, language);
  const high = ratio.high === null ? undefined : formatSigned((ratio.high - 1) * 100, language);
  if (low === undefined) return told;
  const range = high === undefined ? `(${fill(words.upTo, { low })})` : fill(words.range, { low, high });
  return `${told} ${range}`;
}
