import type { Alert } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMonth, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useMeta } from '../meta/use-meta.ts';

/** Below this a chance is told as "under". */
const smallestShown = 0.0001;

/** An alert in words: its group, its month, its chance. */
export function useAlertWords() {
  const { t } = useTranslation('alerts');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const categoryName = (code: string | null) => {
    if (code === null) return t('all');
    const category = meta?.categories.find((one) => one.code === code);
    return category === undefined ? code : language === 'vi' ? category.nameVi : category.nameEn;
  };
  const chance = (p: number) =>
    p < smallestShown ? t('p.under') : t('p.value', { value: formatNumber(p * 100, language, 2) });
  const named = ({ commune, category, month }: Alert) => ({
    commune: commune.name,
    category: categoryName(category),
    month: formatMonth(month),
  });
  return { categoryName, chance, named };
}
