import type { AreaDetail } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { useAreaWords } from '../areas/use-area-words.ts';
import styles from './area-page.module.css';

type RevisionsSectionProps = { area: AreaDetail };

/** Every state that name, types and place have been in, newest first. */
export function RevisionsSection({ area }: RevisionsSectionProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  const { number, moment } = useAreaWords();
  const revisions = area.revisions.toSorted((a, b) => b.revision - a.revision);
  return (
    <section className={page.section} aria-labelledby="revisions">
      <h2 id="revisions">{t('revisions.title', { n: number(revisions.length) })}</h2>
      <details className={styles.fold}>
        <summary>{t('revisions.show')}</summary>
        <ScrollRegion className={table.frame} label={t('revisions.show')}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('revisions.number')}</th>
                <th scope="col">{t('revisions.at')}</th>
                <th scope="col">{t('revisions.by')}</th>
                <th scope="col">{t('revisions.changed')}</th>
                <th scope="col">{t('revisions.reason')}</th>
                <th scope="col">{t('revisions.name')}</th>
                <th scope="col">{t('types')}</th>
                <th scope="col" className={table.numeric}>
                  {t('areas:heading.area')}
                </th>
              </tr>
            </thead>
            <tbody>
              {revisions.map((one) => (
                <tr key={one.revision}>
                  <th scope="row">{number(one.revision)}</th>
                  <td className={table.nowrap}>{moment(one.at)}</td>
                  <td>{one.by}</td>
                  <td>{one.changed.map((what) => t(`revisions.what.${what}`)).join(', ')}</td>
                  <td>{one.reason}</td>
                  <td>{one.name}</td>
                  <td>{one.types.map((type) => t(`areas:typeShort.${type}`)).join(', ')}</td>
                  <td className={table.numeric}>
                    {one.areaKm2 === null ? t('areas:undrawn') : number(one.areaKm2, 2)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </section>
  );
}
