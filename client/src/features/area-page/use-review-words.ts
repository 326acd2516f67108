import type { AreaEvent } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { useAreaWords } from '../areas/use-area-words.ts';

/** "12 lần rà soát, 01/2025 – 12/2025"; a single month is named once. */
export function useReviewWords() {
  const { t } = useTranslation('area-page');
  const { number } = useAreaWords();
  return (reviews: readonly AreaEvent[]) => {
    const from = formatMonth(reviews[0]?.on ?? '');
    const to = formatMonth(reviews.at(-1)?.on ?? '');
    const span = from === to ? from : `${from} – ${to}`;
    return t('reviews.folded', { count: reviews.length, n: number(reviews.length), span });
  };
}
