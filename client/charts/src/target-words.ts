import type { Fraction } from '@diemnong/contracts';
import type { ChartLanguage } from './chart-types.ts';
import { chartWords, fill } from './chart-words.ts';
import { formatNumber, formatShare } from './formats.ts';

/** One target in a sentence: fraction, rate, interval, target and state. */
export function sayFraction(fraction: Fraction, name: string, language: ChartLanguage): string {
  const words = chartWords(language).targets;
  const { numerator, denominator, rate, low, high, target, state } = fraction;
  const share = (value: number | null) => (value === null ? '–' : formatShare(value, language));
  return fill(rate === null ? words.labelNone : words.label, {
    name,
    numerator: formatNumber(numerator, language),
    denominator: formatNumber(denominator, language),
    rate: share(rate),
    low: share(low),
    high: share(high),
    target: share(target),
    state: words.state[state],
  });
}

/** "63,6% (14/22, khoảng 43% đến 80%)", or that there are no data. */
export function sayRate({ rate, low, high, numerator, denominator }: Fraction, language: ChartLanguage): string {
  const words = chartWords(language).targets;
  if (rate === null || low === null || high === null) return words.noData;
  return fill(words.historyRate, {
    rate: formatShare(rate, language),
    numerator: formatNumber(numerator, language),
    denominator: formatNumber(denominator, language),
    low: formatShare(low, language, 0),
    high: formatShare(high, language, 0),
  });
}
