import type { ImportBatch } from '@diemnong/contracts';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { rowsBroughtBack } from './batch-state.ts';
import styles from './imports.module.css';
import { useImportActions } from './use-import-actions.ts';
import { useWords } from './use-words.ts';

type UndoBatchProps = { batch: ImportBatch; variant?: 'outline' | 'quiet' };

/** Takes a committed batch out again, after saying in numbers what that does. */
export function UndoBatch({ batch, variant = 'outline' }: UndoBatchProps) {
  const { t } = useTranslation('imports');
  const { incidents, faultOf } = useWords();
  const { undo } = useImportActions(batch.id);
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    undo.reset();
  };

  return (
    <>
      <Button
        variant={variant}
        onClick={() => setAsking(true)}
        aria-label={t('undo.actionLabel', { file: batch.fileName })}
      >
        <IconArrowBackUp size="1.125em" aria-hidden />
        {t('undo.action')}
      </Button>
      {isAsking && (
        <Dialog title={t('undo.title')} closeLabel={t('close')} onClose={close}>
          <div className={styles.stack}>
            <p>
              {t('undo.removes', { incidents: incidents(batch.accepted), file: batch.fileName, office: batch.office })}
            </p>
            {batch.diff !== null && (
              <p>
                {t('undo.restores', {
                  incidents: incidents(rowsBroughtBack(batch)),
                  file: batch.diff.replacedFileName,
                })}
              </p>
            )}
            <p className={styles.quiet}>{t('undo.note')}</p>
            {undo.isError && (
              <p className={styles.fault} role="alert">
                {faultOf(undo.error)}
              </p>
            )}
            <div className={styles.actions}>
              <Button
                variant="danger"
                disabled={undo.isPending}
                onClick={() => undo.mutate(undefined, { onSuccess: close })}
              >
                {undo.isPending ? t('undo.running') : t('undo.confirm', { incidents: incidents(batch.accepted) })}
              </Button>
              <Button onClick={close}>{t('undo.keep')}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
