import type { ImportBatch } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useOpenBatch } from './batch-address.tsx';
import styles from './imports.module.css';
import { useImportActions } from './use-import-actions.ts';
import { useWords } from './use-words.ts';

type DropBatchProps = {
  batch: ImportBatch;
  /** In a row of many: one word; the file is named for screen readers. */
  isShort?: boolean;
};

/** Throws away a file that was read but not written; a refused one without asking, since nothing of it is kept. */
export function DropBatch({ batch, isShort = false }: DropBatchProps) {
  const { t } = useTranslation('imports');
  const { rows, faultOf } = useWords();
  const { drop } = useImportActions(batch.id);
  const openBatch = useOpenBatch();
  const [isAsking, setAsking] = useState(false);
  const isWork = batch.state === 'review';
  const run = () => drop.mutate(undefined, { onSuccess: () => openBatch(undefined) });

  return (
    <>
      <Button
        variant="quiet"
        disabled={drop.isPending}
        aria-label={isShort ? t('drop.label', { file: batch.fileName }) : undefined}
        onClick={() => (isWork ? setAsking(true) : run())}
      >
        {t(isShort ? 'drop.short' : 'drop.action')}
      </Button>
      {drop.isError && !isAsking && (
        <span className={styles.fault} role="alert">
          {faultOf(drop.error)}
        </span>
      )}
      {isAsking && (
        <Dialog title={t('drop.title')} closeLabel={t('close')} onClose={() => setAsking(false)}>
          <div className={styles.stack}>
            <p>{t('drop.text', { rows: rows(batch.rows), file: batch.fileName })}</p>
            {drop.isError && (
              <p className={styles.fault} role="alert">
                {faultOf(drop.error)}
              </p>
            )}
            <div className={styles.actions}>
              <Button variant="danger" disabled={drop.isPending} onClick={run}>
                {t('drop.confirm')}
              </Button>
              <Button onClick={() => setAsking(false)}>{t('drop.keep')}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
