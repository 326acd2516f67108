import type { Language } from './i18n.ts';

const localeOf = { vi: 'vi-VN', en: 'en-GB' } as const;
const cache = new Map<string, Intl.NumberFormat>();

/** 1240 → "1.240" (vi), "1,240" (en); `digits` decimals at most. */
export function formatNumber(value: number, language: Language, digits = 0): string {
  const key = `${language}${digits}`;
  const format = cache.get(key) ?? new Intl.NumberFormat(localeOf[language], { maximumFractionDigits: digits });
  cache.set(key, format);
  return format.format(value);
}

/** A signed number with a real minus: 18 → "+18", −5 → "−5". */
export function formatSigned(value: number, language: Language, digits = 0): string {
  const text = formatNumber(Math.abs(value), language, digits);
  if (value === 0 || /^[0.,]+$/.test(text)) return '0';
  return `${value < 0 ? '−' : '+'}${text}`;
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

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** A moment as clocks in Viet Nam show it, in both languages: "31/10/2026 14:05", or with seconds where their order matters. */
export function formatMoment(iso: string, { seconds = false }: { seconds?: boolean } = {}): string {
  const part = Object.fromEntries(clock.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const time = `${part['hour']}:${part['minute']}${seconds ? `:${part['second']}` : ''}`;
  return `${part['day']}/${part['month']}/${part['year']} ${time}`;
}
