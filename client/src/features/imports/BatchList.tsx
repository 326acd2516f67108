import { importErrorsPath } from '@diemnong/contracts';
import { IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/Badge.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { BatchLink } from './batch-address.tsx';
import { canUndo, isMoving, stateName, stateTone } from './batch-state.ts';
import { DropBatch } from './DropBatch.tsx';
import styles from './imports.module.css';
import { UndoBatch } from './UndoBatch.tsx';
import { useImports } from './use-imports.ts';
import { useWords } from './use-words.ts';

/** Every batch with what became of it, newest first. */
export function BatchList() {
  const { t } = useTranslation('imports');
  const { number, moment, period } = useWords();
  const { data: batches, status, error, retry } = useImports();

  return (
    <section className={styles.section} aria-labelledby="batches-title">
      <h2 id="batches-title">{t('list.title')}</h2>
      {error !== null && <FailureNotice error={error} title={t('list.failed')} onRetry={retry} />}
      {status === 'pending' && <Skeleton lines={4} />}
      {batches?.length === 0 && <p className={styles.empty}>{t('list.empty')}</p>}
      {batches !== undefined && batches.length > 0 && (
        <ScrollRegion className={styles.tableFrame} label={t('tableOf', { title: t('list.title') })}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('list.state')}</th>
                <th scope="col">{t('list.file')}</th>
                <th scope="col" className={styles.numeric}>
                  {t('list.accepted')}
                </th>
                <th scope="col" className={styles.numeric}>
                  {t('list.rejected')}
                </th>
                <th scope="col" className={styles.periodCell}>
                  {t('list.period')}
                </th>
                <th scope="col">
                  <span className="visually-hidden">{t('list.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {batches.map((batch) => (
                <tr key={batch.id}>
                  <td>
                    <Badge tone={stateTone(batch)} label={t(`states.${stateName(batch)}`)} />
                  </td>
                  <th scope="row">
                    <BatchLink id={batch.id}>{batch.fileName}</BatchLink>
                    <span className={styles.from}>
                      {t('list.from', { office: batch.office, received: moment(batch.createdAt) })}
                    </span>
                  </th>
                  <td className={styles.numeric}>
                    {isMoving(batch) || batch.rows === 0 ? '–' : number(batch.accepted)}
                  </td>
                  <td className={styles.numeric} data-some={batch.rejected > 0 || undefined}>
                    {isMoving(batch) || batch.rows === 0 ? '–' : number(batch.rejected)}
                  </td>
                  <td className={`${styles.nowrap} ${styles.periodCell}`}>
                    {batch.period === null ? '–' : period(batch.period)}
                  </td>
                  <td>
                    <div className={styles.rowActions}>
                      {batch.rejected > 0 && !isMoving(batch) && (
                        <a className={styles.quietLink} href={importErrorsPath.replace(':id', batch.id)} download>
                          <IconTableExport size="1.125em" aria-hidden />
                          {t('errorsShort')}
                        </a>
                      )}
                      {canUndo(batch) && <UndoBatch batch={batch} variant="quiet" />}
                      {(batch.state === 'refused' || batch.state === 'review') && <DropBatch batch={batch} isShort />}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
