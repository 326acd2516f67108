import type { ImportBatch } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { ImportPreview } from './import-preview-layer.ts';
import styles from './imports.module.css';
import { useWords } from './use-words.ts';

type RejectedRowsProps = { batch: ImportBatch; preview: ImportPreview | undefined; error: Error | null };

/** The first rejected rows as they stand in the file: the wrong cell red, the reason and a way to mend it beside. */
export function RejectedRows({ batch, preview, error }: RejectedRowsProps) {
  const { t } = useTranslation('imports');
  const { number, said, faultOf } = useWords();
  if (error !== null) {
    return (
      <p className={styles.fault} role="alert">
        {t('preview.failed')} {faultOf(error)}
      </p>
    );
  }
  if (preview === undefined) return <Skeleton lines={4} />;
  const headings = batch.reading?.columns.map(({ heading }) => heading) ?? [];
  const rows = preview.rejectedRows;
  return (
    <div>
      <p className={styles.caption}>
        {t('rejections.table', { shown: number(rows.length), all: number(batch.rejected) })}
      </p>
      <ScrollRegion className={styles.rowsFrame} label={t('tableOf', { title: t('rejections.title') })}>
        <table className={styles.rowsTable}>
          <thead>
            <tr>
              <th scope="col" className={styles.numeric}>
                {t('rejections.row')}
              </th>
              <th scope="col">{t('rejections.why')}</th>
              {headings.map((heading, column) => (
                <th key={column} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row}>
                <th scope="row" className={styles.numeric}>
                  {number(row.row)}
                </th>
                <td className={styles.why}>
                  {said(row)}
                  <span className={styles.fix}>{t(`fixes.${row.code}`, t('fixes.other'))}</span>
                </td>
                {headings.map((heading, column) => (
                  <td key={column} data-wrong={heading === row.heading || undefined}>
                    {heading === row.heading && <span className="visually-hidden">{t('rejections.wrongCell')}: </span>}
                    {row.values[column] || (heading === row.heading ? t('rejections.emptyCell') : '')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}
