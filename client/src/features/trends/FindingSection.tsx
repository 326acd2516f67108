import { Trans, useTranslation } from 'react-i18next';
import { periodText } from '../filters/period-text.ts';
import { TrendSection } from './TrendSection.tsx';
import { isShort, lastYearOf } from './trend-window.ts';
import { comparisonOf, standTogether } from './trend-words.ts';
import styles from './trends.module.css';
import { useGroupTable } from './use-group-table.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

/** The main finding in one sentence, and the kinds of incident that moved most clearly. */
export function FindingSection() {
  const { t } = useTranslation('trends');
  const words = useTrendWords();
  const filters = useTrendFilters();
  const query = useGroupTable(filters && lastYearOf(filters), 'year');

  return (
    <TrendSection name="finding" title={t('finding.title')} query={query}>
      {({ filters: asked, answer: { rows } }) => {
        const all = rows.find(({ code }) => code === null);
        if (all === undefined) return null;
        const change = comparisonOf(all);
        const told = rows.flatMap((row) => {
          const compared = comparisonOf(row);
          return row.code !== null && 'p' in compared ? [{ row, compared }] : [];
        });
        const stands = standTogether(told.map(({ compared }) => compared));
        const sure = told.filter((_, place) => stands[place]);
        const groupsThat = (direction: 'up' | 'down') =>
          sure
            .filter(({ compared }) => compared.direction === direction)
            .toSorted((a, b) => weightOf(b.row) - weightOf(a.row))
            .map(({ row, compared }) =>
              t('finding.groupChange', {
                group: words.categoryName(row.code),
                change: words.change(compared),
                interval: words.interval(compared),
              }),
            )
            .join('; ');
        const [up, down] = [groupsThat('up'), groupsThat('down')];
        const isTold = change.kind === 'sure' || change.kind === 'unsure';
        return (
          <div className={styles.words}>
            <p className={styles.finding} data-testid="finding" data-kind={change.kind}>
              <Trans
                t={t}
                i18nKey={`finding.${isTold ? change.kind : 'other'}`}
                values={{
                  period: periodText(asked),
                  count: words.number(all.total),
                  change: isTold ? words.change(change) : '',
                  interval: isTold ? words.interval(change) : '',
                  reason: isTold ? '' : words.comparison(change, all.comparedPrevious),
                }}
                components={[<strong key="0" />, <strong key="1" />, <span key="2" className={styles.interval} />]}
              />
            </p>
            {up !== '' && <p>{t('finding.up', { groups: up })}</p>}
            {down !== '' && <p>{t('finding.down', { groups: down })}</p>}
            {told.length > 1 && (
              <p className={sure.length > 0 ? styles.quiet : undefined}>
                {t(sure.length > 0 ? 'finding.together' : 'finding.noGroups', { count: told.length })}
              </p>
            )}
            {isTold && <p className={styles.quiet}>{words.comparedPart(all)}</p>}
            {filters !== null && !isShort(filters) && lastYearOf(filters).from !== filters.from && (
              <p className={styles.quiet}>{t('finding.lastYear')}</p>
            )}
          </div>
        );
      }}
    </TrendSection>
  );
}

/** Records more or fewer, either way: the kinds that weigh most come first. */
function weightOf({ comparedCount, comparedPrevious }: { comparedCount: number; comparedPrevious: number }): number {
  return Math.abs(comparedCount - comparedPrevious);
}
