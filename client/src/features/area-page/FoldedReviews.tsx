import type { AreaEvent } from '@diemnong/contracts';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { Glyph } from '../areas/Glyph.tsx';
import styles from './area-page.module.css';
import { eventGlyphs } from './event-words.ts';
import { useReviewWords } from './use-review-words.ts';

type FoldedReviewsProps = {
  /** Two or more, in their order. */
  reviews: readonly AreaEvent[];
  isOpen: boolean;
  onToggle: () => void;
};

/** Reviews that follow one another as one line: how many, from when to when, and what the newest says. */
export function FoldedReviews({ reviews, isOpen, onToggle }: FoldedReviewsProps) {
  const { t } = useTranslation('area-page');
  const reviewWords = useReviewWords();
  const newest = reviews.at(-1);
  return (
    <li className={styles.event} data-testid="folded-reviews">
      <span className={styles.marker}>
        <Glyph path={eventGlyphs.reviewed} />
      </span>
      <div className={styles.eventBody}>
        <div className={styles.eventHead}>
          <button type="button" className={styles.unfold} aria-expanded={isOpen} onClick={onToggle}>
            {isOpen ? <IconChevronDown size="1em" aria-hidden /> : <IconChevronRight size="1em" aria-hidden />}
            {reviewWords(reviews)}
          </button>
        </div>
        {newest && !isOpen && (
          <p className={styles.note}>
            {t('reviews.newest', { day: formatDay(newest.on) })} {newest.note ?? t('reviews.noNote')}
          </p>
        )}
      </div>
    </li>
  );
}
