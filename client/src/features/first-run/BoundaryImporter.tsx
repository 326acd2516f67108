import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { saidIn } from '../../i18n/said-in.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { Button } from '../../ui/Button.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { BoundaryForm } from './BoundaryForm.tsx';
import { BoundaryReportView } from './BoundaryReportView.tsx';
import styles from './first-run.module.css';
import { useBoundaryImport } from './use-boundary-import.ts';

type BoundaryImporterProps = {
  /** The form stands open; else a button opens it. */
  isFormOpen: boolean;
  takenSets: readonly string[];
  onOpen: () => void;
  /** The report was read. */
  onDone: () => void;
};

/** One boundary file from form to report. */
export function BoundaryImporter({ isFormOpen, takenSets, onOpen, onDone }: BoundaryImporterProps) {
  const { t } = useTranslation('first-run');
  const language = useLanguage();
  const { start, isSending, share, job, error, reset } = useBoundaryImport();
  const number = (value: number) => formatNumber(value, language);

  if (job?.state === 'committed' && job.report !== null) {
    return (
      <BoundaryReportView
        report={job.report}
        onClose={() => {
          reset();
          onDone();
        }}
      />
    );
  }
  if (job !== undefined && job.state !== 'refused' && error === null) {
    const part = job.total === null || job.total === 0 ? null : job.done / job.total;
    return (
      <output className={styles.progress}>
        <strong>{t(`progress.${job.state}`)}</strong>
        <Meter label={t(`progress.${job.state}`)} share={part} />
        <p className={styles.wait}>
          {part === null
            ? t('progress.wait')
            : job.state === 'reading' // counted in bytes, the later steps in communes
              ? `${number(part * 100)}%`
              : t('progress.of', { done: number(job.done), total: number(job.total ?? 0) })}
        </p>
      </output>
    );
  }
  const failure = job?.error ?? error;
  return (
    <>
      {failure && (
        <StateNotice
          tone="danger"
          title={t('refused.title')}
          actions={isFormOpen ? undefined : <Button onClick={reset}>{t('refused.close')}</Button>}
        >
          <p>
            <strong>{saidIn(failure.message, language)}</strong>
          </p>
          <p>{t('refused.text')}</p>
        </StateNotice>
      )}
      {isFormOpen ? (
        <BoundaryForm takenSets={takenSets} isSending={isSending} share={share} onSend={start} />
      ) : (
        <div>
          <Button onClick={onOpen}>{t('boundaries.add')}</Button>
        </div>
      )}
    </>
  );
}
