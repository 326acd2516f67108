import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { BatchButton } from './batch-address.tsx';
import { DropBatch } from './DropBatch.tsx';
import styles from './imports.module.css';
import { NoBoundariesNotice } from './NoBoundariesNotice.tsx';
import { PersonDataNotice } from './PersonDataNotice.tsx';
import { refusalDetails, refusalKind, refusalMessage } from './refusal.ts';
import { useCrsName } from './use-crs-name.ts';
import { useImportActions } from './use-import-actions.ts';
import { useWords } from './use-words.ts';

type RefusalNoticeProps = { batch: ImportBatch };

/** Why a file was refused as a whole and what can be done about it, one notice for each kind of reason. */
export function RefusalNotice({ batch }: RefusalNoticeProps) {
  const { t } = useTranslation('imports');
  const { language, percent, faultOf } = useWords();
  const nameOf = useCrsName();
  const { remap } = useImportActions(batch.id);

  const error = batch.error ?? { code: 'internal', message: t('refused.unknown') };
  const kind = refusalKind(error);
  const details = refusalDetails(error);
  const said = refusalMessage(error, language);
  const leave = (
    <>
      <BatchButton id={undefined}>{t('refused.another')}</BatchButton>
      <DropBatch batch={batch} />
    </>
  );
  const fault = remap.isError && (
    <p className={styles.fault} role="alert">
      {faultOf(remap.error)}
    </p>
  );

  if (kind === 'person') return <PersonDataNotice details={details} said={said} actions={leave} />;
  if (kind === 'no-boundaries') return <NoBoundariesNotice />;
  if (kind === 'same-file') {
    const openOther = details.batch !== undefined && (
      <BatchButton id={details.batch} variant="filled">
        {t('refused.sameFile.open')}
      </BatchButton>
    );
    return (
      <StateNotice
        title={t('refused.sameFile.title')}
        actions={
          <>
            {openOther}
            <DropBatch batch={batch} />
          </>
        }
      >
        <p>{said}</p>
        <p>{t('refused.sameFile.text')}</p>
      </StateNotice>
    );
  }
  if (kind === 'again') {
    return (
      <StateNotice
        tone="warn"
        title={t('refused.again.title')}
        actions={
          <>
            <Button disabled={remap.isPending} onClick={() => remap.mutate({})}>
              {t('refused.again.action')}
            </Button>
            {leave}
          </>
        }
      >
        <p>{said}</p>
        {fault}
      </StateNotice>
    );
  }
  return (
    <StateNotice tone="danger" title={t(`refused.${kind}.title`)} actions={leave}>
      <p>
        <strong>{said}</strong>
      </p>
      <p>{t(`refused.${kind}.text`)}</p>
      {details.candidates !== undefined && details.candidates.length > 0 && (
        <div className={styles.actions}>
          {bestOfEach(details.candidates).map(({ crs, share }) => (
            <Button key={crs} disabled={remap.isPending} onClick={() => remap.mutate({ crs })}>
              {t('refused.crs.use', { crs: nameOf(crs), percent: percent(share) })}
            </Button>
          ))}
        </div>
      )}
      {fault}
    </StateNotice>
  );
}

/** Axes the wrong way round are found again by themselves: one candidate per system, best first. */
function bestOfEach<T extends { crs: string; share: number }>(candidates: readonly T[]): T[] {
  const best = new Map<string, T>();
  for (const candidate of candidates) {
    if ((best.get(candidate.crs)?.share ?? -1) < candidate.share) best.set(candidate.crs, candidate);
  }
  return [...best.values()].sort((a, b) => b.share - a.share);
}
