import { TargetHistoryChart, targetHistoryTable } from '@diemnong/charts';
import type { TargetsResponse } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type HistorySectionProps = { answer: TargetsResponse };

/** Both rates at the end of each month of the year, or of each year. */
export function HistorySection({ answer }: HistorySectionProps) {
  const { t } = useTranslation('targets');
  const { language } = useTargetWords();
  const [by, setBy] = useState<'month' | 'year'>('month');
  const day = formatDay(answer.asOf);
  return (
    <div className={`${styles.card} ${styles.onScreen}`}>
      <div className={styles.filters}>
        <Segmented
          label={t('history.by')}
          value={by}
          options={(['month', 'year'] as const).map((value) => ({ value, label: t(`history.${value}`) }))}
          onChange={setBy}
        />
      </div>
      <ChartFigure
        kind="target-history"
        title={t('history.title')}
        caption={
          by === 'month' ? t('history.captionMonth', { year: answer.year, day }) : t('history.captionYear', { day })
        }
        n={null}
        dataVersion={answer.dataVersion}
        table={targetHistoryTable(answer, language, by)}
        fileName={`hai-ty-le-${answer.year}`}
        notes={[t('history.note')]}
        height={320}
      >
        {(frame) => <TargetHistoryChart answer={answer} frame={frame} by={by} />}
      </ChartFigure>
    </div>
  );
}
