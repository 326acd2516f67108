import type { AreaAnswer } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { useFocusBack } from '../areas/use-focus-back.ts';
import styles from './area-page.module.css';
import { EventItem } from './EventItem.tsx';
import { FoldedReviews } from './FoldedReviews.tsx';
import { foldReviews } from './fold-reviews.ts';
import { StepForm } from './StepForm.tsx';
import { offeredSteps } from './step-fields.ts';

type StepsSectionProps = { answer: AreaAnswer; canWrite: boolean };

/** The decisions on a line of time, those struck and those waiting included, and the form for the next one. */
export function StepsSection({ answer, canWrite }: StepsSectionProps) {
  const { t } = useTranslation('area-page');
  const { area, asOf } = answer;
  const [isOpen, setOpen] = useState(false);
  // By review: where one of a line is corrected, what is left on both sides of it stays open.
  const [unfolded, setUnfolded] = useState<readonly string[]>([]);
  const offered = offeredSteps(area.legal);
  const next = useFocusBack<HTMLDivElement>(isOpen);
  return (
    <section className={page.section} aria-labelledby="steps" data-testid="steps">
      <h2 id="steps">{t('steps.title')}</h2>
      {area.events.length === 0 && <p className={page.quiet}>{t('steps.none')}</p>}
      <ol className={styles.timeline}>
        {foldReviews(area.events).flatMap((group) => {
          const ids = group.map(({ id }) => id);
          const isUnfolded = ids.some((id) => unfolded.includes(id));
          // Side by side in one list and each under its own key: a form that is open in one stays when the fold around it changes.
          return [
            group.length > 1 && (
              <FoldedReviews
                key={`reviews-${ids[0]}`}
                reviews={group}
                isOpen={isUnfolded}
                onToggle={() =>
                  setUnfolded(isUnfolded ? unfolded.filter((id) => !ids.includes(id)) : [...unfolded, ...ids])
                }
              />
            ),
            ...(group.length > 1 && !isUnfolded ? [] : group).map((event) => (
              <EventItem key={event.id} event={event} area={area} today={asOf} canWrite={canWrite} />
            )),
          ];
        })}
      </ol>
      {area.pending > 0 && <p className={styles.waiting}>{t('steps.pending')}</p>}
      {canWrite && offered.length === 0 && area.pending === 0 && <p className={page.quiet}>{t('steps.end')}</p>}
      {canWrite && (isOpen || offered.length > 0) && (
        <div ref={next} tabIndex={-1}>
          {isOpen ? (
            <StepForm area={area} today={asOf} offered={offered} onClose={() => setOpen(false)} />
          ) : (
            <Button variant="filled" onClick={() => setOpen(true)}>
              {t('steps.enter')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
