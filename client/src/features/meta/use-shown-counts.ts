import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useMeta } from './use-meta.ts';

/** Numbers as this account sees them: whether small ones are hidden from it, and how a hidden one is told. */
export function useShownCounts() {
  const { t } = useTranslation('hidden');
  const language = useLanguage();
  const { data: meta } = useMeta();
  const under = meta?.hiddenUnder ?? null;
  return {
    /** An account for shared views: calendar years, groups of categories, one size of hexagon (docs/decisions/small-counts.md). */
    isShared: under !== null,
    /** A count, or the word for a hidden one. */
    show: (count: number | null) => (count === null ? t('count') : formatNumber(count, language)),
    /** What is hidden and why; undefined when nothing is. */
    note: under === null ? undefined : t('note', { under }),
  };
}
