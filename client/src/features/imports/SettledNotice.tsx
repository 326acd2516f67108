import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { BatchButton } from './batch-address.tsx';
import { canUndo } from './batch-state.ts';
import { UndoBatch } from './UndoBatch.tsx';
import { useWords } from './use-words.ts';

type SettledNoticeProps = { batch: ImportBatch };

/** What became of a batch that left review: written, replaced by another, or undone. */
export function SettledNotice({ batch }: SettledNoticeProps) {
  const { t } = useTranslation('imports');
  const { number, incidents, moment } = useWords();

  if (batch.state === 'undone') {
    return (
      <StateNotice
        title={t('settled.undoneTitle')}
        actions={<BatchButton id={undefined}>{t('refused.another')}</BatchButton>}
      >
        {t('settled.undoneText', { incidents: incidents(batch.accepted) })}
      </StateNotice>
    );
  }
  if (!canUndo(batch)) {
    return (
      <StateNotice
        title={t('settled.replacedTitle')}
        actions={
          batch.replacedBy !== null && <BatchButton id={batch.replacedBy}>{t('settled.openFollower')}</BatchButton>
        }
      >
        {t('settled.replacedText')}
      </StateNotice>
    );
  }
  const { period } = batch;
  return (
    <StateNotice
      tone="ok"
      title={t('settled.title', { incidents: incidents(batch.accepted) })}
      actions={
        <>
          {period !== null && (
            <ButtonLink
              to="/"
              search={(before) => ({ ...before, lo: undefined, at: undefined, from: period.from, to: period.to })}
              variant="filled"
            >
              {t('settled.toMap')}
            </ButtonLink>
          )}
          <UndoBatch batch={batch} />
        </>
      }
    >
      {batch.committedAt !== null && <p>{t('settled.when', { when: moment(batch.committedAt) })}</p>}
      <p>{t('settled.version', { n: number(batch.dataVersion) })}</p>
    </StateNotice>
  );
}
