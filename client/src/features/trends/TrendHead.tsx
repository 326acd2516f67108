import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { monthsBetween } from '../../state/days.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { FilterBar } from '../filters/FilterBar.tsx';
import { periodText } from '../filters/period-text.ts';
import { useDefaultMonths } from '../filters/use-filters.ts';
import { useDataVersion } from '../meta/use-data-version.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import { isShort } from './trend-window.ts';
import styles from './trends.module.css';
import { usePeriods } from './use-periods.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

/** Title, filters, and the line that says what is counted: period, kinds, version of the data, how many, what is left out. */
export function TrendHead() {
  const { t } = useTranslation('trends');
  const { present, from, to } = useView();
  const updateView = useUpdateView();
  const { data: meta } = useMeta();
  const { isShared, note } = useShownCounts();
  const { isStale, reload } = useDataVersion();
  const { number, filterText } = useTrendWords();
  const filters = useTrendFilters();
  const defaultMonths = useDefaultMonths() ?? 12;
  const { data, isPrevious } = usePeriods(filters, 'month');
  const unreported = data?.answer.periods.reduce((sum, period) => sum + period.unreportedCommunes, 0) ?? 0;
  const isDefaultPeriod = from === undefined && to === undefined;
  const isLongData = meta?.range ? monthsBetween(meta.range.from, meta.range.to) >= defaultMonths - 1 : false;

  return (
    <header className={styles.head}>
      <div className={styles.titleLine}>
        <h1>{t('title')}</h1>
        {present === undefined ? <FilterBar /> : meta?.demo && <span className={styles.demo}>{t('demo')}</span>}
        {isStale && (
          <button type="button" className={styles.stale} onClick={reload}>
            <IconRefresh size="1.125em" aria-hidden />
            {t('stale')}
          </button>
        )}
      </div>
      {data && (
        <p className={styles.line} data-previous={isPrevious || undefined} data-testid="trend-line">
          <strong>{t('line.period', { value: periodText(data.filters) })}</strong>
          <span>{filterText(data.filters)}</span>
          <span>{t('line.version', { value: number(data.answer.dataVersion) })}</span>
          <strong data-testid="trend-n">
            {data.answer.total === null
              ? t('line.n_hidden')
              : t('line.n', { count: data.answer.total, value: number(data.answer.total) })}
          </strong>
          {data.answer.timeUnknown > 0 && (
            <span>
              {t('line.timeUnknown', { count: data.answer.timeUnknown, value: number(data.answer.timeUnknown) })}
            </span>
          )}
          {unreported > 0 && (
            <span className={styles.warn}>
              {t(isShared ? 'line.unreportedShared' : 'line.unreported', {
                count: unreported,
                value: number(unreported),
              })}
            </span>
          )}
          {isDefaultPeriod && (
            <span>{t('line.fiveYears', { value: number(monthsBetween(data.filters.from, data.filters.to)) })}</span>
          )}
          {note && <span>{note}</span>}
        </p>
      )}
      {filters !== null && !isDefaultPeriod && isShort(filters) && (
        <p className={styles.short}>
          {t('short.text')}{' '}
          <Button onClick={() => updateView({ from: undefined, to: undefined })}>
            {t(defaultMonths === 60 && isLongData ? 'short.show5' : 'short.showAll')}
          </Button>
        </p>
      )}
    </header>
  );
}
