import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { DropBatch } from './DropBatch.tsx';
import styles from './imports.module.css';
import { countChanges, type MappingDraft, toRemapBody } from './mapping-draft.ts';
import { useImportActions } from './use-import-actions.ts';
import { useWords } from './use-words.ts';

/** Writes the batch; undefined where it cannot be written. */
export type CommitAction = ReturnType<typeof useImportActions>['commit'];

type CommitBarProps = { batch: ImportBatch; commit?: CommitAction; draft: MappingDraft; onDiscard: () => void };

/** Always in sight: write the accepted rows; or, when something was changed above, read the file again first. */
export function CommitBar({ batch, commit, draft, onDiscard }: CommitBarProps) {
  const { t } = useTranslation('imports');
  const { number, incidents, faultOf } = useWords();
  const { remap } = useImportActions(batch.id);
  const error = remap.error ?? commit?.error ?? null;
  const isBusy = commit?.isPending === true || remap.isPending;
  const changes = countChanges(draft);

  return (
    <div className={styles.commitBar} data-changed={changes > 0 || undefined}>
      {error !== null && (
        <p className={styles.fault} role="alert">
          {faultOf(error)}
        </p>
      )}
      {changes > 0 ? (
        <>
          <output>{t('draft.pending', { count: changes, n: number(changes) })}</output>
          <Button variant="filled" disabled={isBusy} onClick={() => remap.mutate(toRemapBody(batch, draft))}>
            {t('draft.apply')}
          </Button>
          <Button variant="quiet" disabled={isBusy} onClick={onDiscard}>
            {t('draft.discard')}
          </Button>
        </>
      ) : commit === undefined || batch.state === 'refused' ? (
        <p className={styles.quiet}>{t('draft.hint')}</p>
      ) : (
        <>
          <Button variant="filled" disabled={isBusy || batch.accepted === 0} onClick={() => commit?.mutate()}>
            {batch.accepted === 0 ? t('commit.nothing') : t('commit.action', { incidents: incidents(batch.accepted) })}
          </Button>
          <DropBatch batch={batch} />
          <p className={styles.quiet}>{t('commit.note')}</p>
        </>
      )}
    </div>
  );
}
