import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { keepView, useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { useAreaPage } from '../areas/use-area.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { useSession } from '../session/session-context.ts';
import { AreaHead } from './AreaHead.tsx';
import styles from './area-page.module.css';
import { EvidenceSection } from './EvidenceSection.tsx';
import { FilesSection } from './FilesSection.tsx';
import { MeasuresSection } from './MeasuresSection.tsx';
import { RevisionsSection } from './RevisionsSection.tsx';
import { StepsSection } from './StepsSection.tsx';

/** An area in one column to read aloud from: place, decisions on a line of time, what the records say, measures, files. */
export function AreaPage() {
  const { id = '' } = useParams({ strict: false });
  return <AreaOf key={id} id={id} />;
}

function AreaOf({ id }: { id: string }) {
  const { t } = useTranslation('area-page');
  const { can } = useSession();
  const { asOf } = useView();
  const updateView = useUpdateView();
  const { data, error, isLoading, isPrevious, retry } = useAreaPage(id, asOf);
  const canWrite = can('planning') && asOf === undefined;
  return (
    <div className={styles.page} aria-busy={isLoading} data-testid="area-page">
      <ProgressLine isActive={isLoading} label={t('loading')} />
      {error !== null && !isLoading && (
        <FailureNotice error={error} title={t('failed')} onRetry={retry}>
          {data === undefined ? (
            <ButtonLink to="/dia-ban/danh-sach" search={keepView}>
              {t('toList')}
            </ButtonLink>
          ) : (
            <p>{t('stands')}</p>
          )}
        </FailureNotice>
      )}
      {data === undefined && error === null && <Skeleton lines={12} />}
      {data && (
        <div className={styles.column} data-previous={isPrevious || undefined}>
          <AreaHead answer={data} />
          {asOf !== undefined && (
            <StateNotice
              tone="warn"
              title={t('past.title', { day: formatDay(asOf) })}
              actions={<Button onClick={() => updateView({ asOf: undefined })}>{t('past.back')}</Button>}
            >
              {t('past.text')}
            </StateNotice>
          )}
          <StepsSection answer={data} canWrite={canWrite} />
          <EvidenceSection area={data.area} asOf={asOf} />
          <MeasuresSection area={data.area} />
          <FilesSection area={data.area} canWrite={canWrite} />
          <RevisionsSection area={data.area} />
        </div>
      )}
    </div>
  );
}
