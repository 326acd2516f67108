import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Meter } from '../../ui/Meter.tsx';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type BatchProgressProps = { batch: ImportBatch };

/** What the server does with the file now and how far it is. The page may be left: the work goes on. */
export function BatchProgress({ batch }: BatchProgressProps) {
  const { t } = useTranslation('imports');
  const { number, percent, incidents } = useWords();
  const isWriting = batch.state === 'committing';
  return (
    <div className={styles.batchBody}>
      <section className={styles.progress} aria-labelledby="progress-title">
        <h2 id="progress-title">
          {isWriting ? t('progress.writing', { incidents: incidents(batch.accepted) }) : t('progress.reading')}
        </h2>
        <Meter label={isWriting ? t('progress.writingLabel') : t('progress.reading')} share={batch.progress} />
        <p>
          {batch.progress !== null && <strong>{percent(Math.round(batch.progress * 100) / 100)}</strong>}
          {!isWriting && batch.rows > 0 && ` · ${t('progress.rows', { n: number(batch.rows) })}`}
        </p>
        <p className={styles.quiet}>{isWriting ? t('progress.writingNote') : t('progress.readingNote')}</p>
      </section>
    </div>
  );
}
