import type { ChartLanguage } from './chart-types.ts';

const localeOf = { vi: 'vi-VN', en: 'en-GB' } as const;
const cache = new Map<string, Intl.NumberFormat>();

/** 1240 → "1.240" (vi), "1,240" (en); `digits` decimals at most. */
export function formatNumber(value: number, language: ChartLanguage, digits = 0): string {
  const key = `${language}${digits}`;
  const format = cache.get(key) ?? new Intl.NumberFormat(localeOf[language], { maximumFractionDigits: digits });
  cache.set(key, format);
  return format.format(value);
}

/** Always so many decimals, for numbers that stand in a row: 1.3 → "1,30". */
export function formatFixed(value: number, language: ChartLanguage, digits: number): string {
  const key = `${language}${digits}fixed`;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = cache.get(key) ?? new Intl.NumberFormat(localeOf[language], options);
  cache.set(key, format);
  return format.format(value);
}

/** A signed number with a real minus: 18 → "+18", −5 → "−5". */
export function formatSigned(value: number, language: ChartLanguage, digits = 0): string {
  const text = formatNumber(Math.abs(value), language, digits);
  if (value === 0 || /^[0.,]+$/.test(text)) return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** A share: 0.125 → "12,5%". */
export function formatShare(share: number, language: ChartLanguage, digits = 1): string {
  return `${formatNumber(share * 100, language, digits)}%`;
}

/** A rate or a ratio in three significant digits, two decimals at most: 12.345 → "12,3", 0.4567 → "0,46". */
export function formatRate(value: number, language: ChartLanguage): string {
  return formatNumber(value, language, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

/** "2026-10-31" → "31/10/2026". */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** "2026-10-01" → "10/2026". */
export function formatMonth(day: string): string {
  const [year, month] = day.split('-');
  return `${month}/${year}`;
}
