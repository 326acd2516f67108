import type { TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './targets.module.css';
import { useTargetWords } from './use-target-words.ts';

type CohortTableProps = { answer: TargetsResponse };

/** Successes by the year they are dated in: how many relapsed, how many are still watched. */
export function CohortTable({ answer }: CohortTableProps) {
  const { t } = useTranslation('targets');
  const { number } = useTargetWords();
  const title = t('parts.cohorts');
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ScrollRegion className={table.frame} label={title}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('parts.yearColumn')}</th>
              {(['areas', 'relapsed', 'stillWatched'] as const).map((key) => (
                <th key={key} scope="col" className={table.numeric}>
                  {t(`parts.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.cohorts
              .toSorted((a, b) => b.year - a.year)
              .map(({ year, areas, relapsed, stillWatched }) => (
                <tr key={year} data-testid={`cohort-${year}`}>
                  <th scope="row">{year}</th>
                  <td className={table.numeric}>{number(areas)}</td>
                  <td className={table.numeric}>{number(relapsed)}</td>
                  <td className={table.numeric}>{number(stillWatched)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className={styles.quiet}>{t('parts.cohortsNote', { day: formatDay(answer.asOf) })}</p>
    </section>
  );
}
