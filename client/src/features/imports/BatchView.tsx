import { IconChevronLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/Badge.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { BatchProgress } from './BatchProgress.tsx';
import { BatchLink } from './batch-address.tsx';
import { stateName, stateTone } from './batch-state.ts';
import styles from './imports.module.css';
import { RefusedBatch } from './RefusedBatch.tsx';
import { ReviewBatch } from './ReviewBatch.tsx';
import { useImport } from './use-import.ts';
import { useImportActions } from './use-import-actions.ts';
import { useWords } from './use-words.ts';

type BatchViewProps = { id: string };

/** One batch from upload to undo: its state decides what is drawn. */
export function BatchView({ id }: BatchViewProps) {
  const { t } = useTranslation('imports');
  const { moment, bytes } = useWords();
  const { data: batch, error, retry } = useImport(id);
  const { commit } = useImportActions(id); // here, so that its failure is still told when the batch is back in review

  return (
    <div className={styles.batch}>
      <header className={styles.batchHead}>
        <BatchLink id={undefined} className={styles.back}>
          <IconChevronLeft size="1.25em" aria-hidden />
          {t('batch.back')}
        </BatchLink>
        {batch !== undefined && (
          <>
            <h1>{batch.fileName}</h1>
            <Badge tone={stateTone(batch)} label={t(`states.${stateName(batch)}`)} />
            <p className={styles.quiet}>
              {t('batch.facts', {
                office: batch.office,
                size: bytes(batch.fileBytes),
                received: moment(batch.createdAt),
              })}
            </p>
          </>
        )}
      </header>
      {error !== null && (
        <div className={styles.batchBody}>
          <FailureNotice error={error} title={t('batch.failed')} onRetry={retry} />
        </div>
      )}
      {batch === undefined && error === null && (
        <div className={styles.batchBody}>
          <Skeleton lines={6} />
        </div>
      )}
      {batch !== undefined &&
        (batch.state === 'parsing' || batch.state === 'committing' ? (
          <BatchProgress batch={batch} />
        ) : batch.state === 'refused' && batch.rows === 0 ? (
          <RefusedBatch batch={batch} />
        ) : (
          <ReviewBatch batch={batch} commit={commit} />
        ))}
    </div>
  );
}
