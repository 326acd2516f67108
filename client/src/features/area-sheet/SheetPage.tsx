import { areaExportPath } from '@diemnong/contracts';
import { IconPrinter, IconTableExport } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { ButtonAnchor } from '../../ui/ButtonAnchor.tsx';
import { ButtonLink } from '../../ui/ButtonLink.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useAreaEvidence, useAreaPage } from '../areas/use-area.ts';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { AreaSheet } from './AreaSheet.tsx';
import styles from './area-sheet.module.css';

/** The sheet of one area, as it comes out of the printer: A4, readable in black and white. */
export function SheetPage() {
  const { id = '' } = useParams({ strict: false });
  const { t } = useTranslation('area-page');
  const { asOf } = useView();
  const { data, error, retry } = useAreaPage(id, asOf);
  const evidence = useAreaEvidence(id, asOf);
  return (
    <div className={styles.page}>
      <div className={styles.tools}>
        <ButtonLink to="/dia-ban/$id" params={{ id }} search={keepView}>
          {t('print.back')}
        </ButtonLink>
        <Button variant="filled" disabled={data === undefined} onClick={() => window.print()}>
          <IconPrinter size="1.125em" aria-hidden />
          {t('print.print')}
        </Button>
        <ButtonAnchor href={areaExportPath.replace(':id', id)} download>
          <IconTableExport size="1.125em" aria-hidden />
          {t('print.export')}
        </ButtonAnchor>
      </div>
      {error !== null && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {data === undefined && error === null && <Skeleton lines={12} />}
      {data && <AreaSheet answer={data} evidence={evidence.data} hasFailed={evidence.error !== null} />}
    </div>
  );
}
