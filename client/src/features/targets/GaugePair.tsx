import { cohorts, type TargetsResponse } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView, useUpdateView } from '../../state/use-view.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { GaugeCard } from './GaugeCard.tsx';
import type { TargetName } from './target-query.ts';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type GaugePairProps = { answer: TargetsResponse; onList: (name: TargetName) => void };

/** Both targets beside each other, with what waits for a person and what each denominator holds. */
export function GaugePair({ answer, onList }: GaugePairProps) {
  const { t } = useTranslation('targets');
  const { number, statuses, holds, cohort } = useTargetWords();
  const updateView = useUpdateView();
  const { transformation, noRelapse, year } = answer;
  return (
    <div className={styles.pair}>
      <GaugeCard
        name="transformation"
        fraction={transformation}
        none={t('transformation.none', { year })}
        onList={() => onList('transformation')}
        waiting={
          transformation.pending > 0 && (
            <p className={styles.waiting}>
              <Link to="/dia-ban/cho-duyet" search={keepView}>
                {t('transformation.pending', { count: transformation.pending, n: number(transformation.pending) })}
              </Link>
            </p>
          )
        }
      >
        {transformation.denominator > 0 && (
          <>
            <p className={styles.quiet}>{statuses(transformation)}</p>
            <p className={styles.quiet}>{holds(transformation)}</p>
          </>
        )}
      </GaugeCard>
      <GaugeCard
        name="noRelapse"
        fraction={noRelapse}
        none={t('noRelapse.none')}
        onList={() => onList('noRelapse')}
        waiting={
          noRelapse.tasks > 0 && (
            <p className={styles.waiting}>
              <Link to="/dia-ban/xem-xet" search={keepView}>
                {t('noRelapse.tasks', { count: noRelapse.tasks, n: number(noRelapse.tasks) })}
              </Link>
            </p>
          )
        }
        controls={
          <div className={styles.onScreen}>
            <Segmented
              label={t('cohort.label')}
              value={noRelapse.cohort}
              options={cohorts.map((value) => ({ value, label: t(`cohort.${value}`) }))}
              onChange={(value) => updateView({ cohort: value === 'watched' ? value : undefined })}
            />
          </div>
        }
      >
        <p className={styles.quiet}>{cohort(noRelapse)}</p>
      </GaugeCard>
    </div>
  );
}
