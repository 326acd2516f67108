import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { formatBytes } from './format-bytes.ts';
import { formatShare } from './format-share.ts';

const moments = new Map<string, Intl.DateTimeFormat>();

/** Numbers, days and sizes in the language on screen. */
export function useWords() {
  const { t } = useTranslation('imports');
  const language = useLanguage();
  const number = (value: number, digits = 0) => formatNumber(value, language, digits);
  return {
    language,
    number,
    percent: (share: number) => formatShare(share, language),
    /** "5 dòng", "1 row". */
    rows: (count: number) => t('units.rows', { count, n: number(count) }),
    incidents: (count: number) => t('units.incidents', { count, n: number(count) }),
    /** Half-open days → the days a person names: first and last. */
    period: ({ from, to }: { from: string; to: string }) => `${formatDay(from)} – ${formatDay(addDays(to, -1))}`,
    moment: (iso: string) => momentFormat(language).format(new Date(iso)),
    bytes: (bytes: number) => formatBytes(bytes, language),
    /** What an error says, in this language when the server wrote it in both. */
    faultOf: (error: { message: string }) => saidIn(error.message, language),
    /** The sentence of the server in this language. */
    said: ({ message, messageEn }: { message: string; messageEn: string }) => (language === 'en' ? messageEn : message),
  };
}

function momentFormat(language: 'vi' | 'en'): Intl.DateTimeFormat {
  const format =
    moments.get(language) ??
    new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', {
      timeZone: 'Asia/Ho_Chi_Minh',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  moments.set(language, format);
  return format;
}
