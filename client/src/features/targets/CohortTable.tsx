import type { TargetsResponse } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import table from '../../ui/table.module.css';
import { PartFrame } from './PartFrame.tsx';
import { useTargetWords } from './use-target-words.ts';

type CohortTableProps = { answer: TargetsResponse };

/** Successes by the year they are dated in: how many relapsed, how many are still watched. */
export function CohortTable({ answer }: CohortTableProps) {
  const { t } = useTranslation('targets');
  const { number } = useTargetWords();
  return (
    <PartFrame title={t('parts.cohorts')} note={t('parts.cohortsNote', { day: formatDay(answer.asOf) })}>
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
    </PartFrame>
  );
}
