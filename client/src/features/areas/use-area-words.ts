import type { AreaEvent, AreaSummary } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';

/** 14 → "014": numbers line up in lists. */
const numberWidth = 3;

/** Areas as people speak of them. */
export function useAreaWords() {
  const { t } = useTranslation('areas');
  const language = useLanguage();
  return {
    language,
    code: ({ number }: Pick<AreaSummary, 'number'>) => t('code', { number: String(number).padStart(numberWidth, '0') }),
    /** "Đưa vào diện năm 2026"; of a step that is for no year, its name alone. */
    step: ({ type, year }: Pick<AreaEvent, 'type' | 'year'>) =>
      (type === 'listed' || type === 'carried_over') && year !== null
        ? t(`eventOf.${type}`, { year })
        : t(`event.${type}`),
    number: (value: number, digits = 0) => formatNumber(value, language, digits),
    /** Who entered or decided; the server's own writes carry its name. */
    moment: (iso: string) => formatMoment(iso),
  };
}
