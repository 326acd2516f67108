import { PeriodsChart, periodsTable } from '@diemnong/charts';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { TrendSection } from './TrendSection.tsx';
import { comparisonOf, cutoffDayOf } from './trend-words.ts';
import styles from './trends.module.css';
import { type Alignment, type PeriodLength, usePeriods } from './use-periods.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

const lengths: readonly PeriodLength[] = ['month', 'quarter', 'year', 'week', 'reporting'];
/** Of what is published for shared views. */
const sharedLengths: readonly PeriodLength[] = ['month', 'quarter', 'year'];
const alignments: readonly Alignment[] = ['calendar', 'lunar'];

type PeriodsSectionProps = { isShared?: boolean };

/** Counts period by period with last year's, along the calendar or along Tết. */
export function PeriodsSection({ isShared = false }: PeriodsSectionProps) {
  const { t } = useTranslation('trends');
  const language = useLanguage();
  const words = useTrendWords();
  const view = useView();
  const updateView = useUpdateView();
  const choices = isShared ? sharedLengths : lengths;
  const by = choices.find((length) => length === view.by) ?? 'month';
  const align = isShared ? 'calendar' : (view.align ?? 'calendar');
  const query = usePeriods(useTrendFilters(), by, align);

  const controls = (
    <>
      <Segmented<PeriodLength>
        label={t('periods.by')}
        value={by}
        options={choices.map((value) => ({ value, label: t(`periods.length.${value}`) }))}
        onChange={(value) => updateView({ by: value === 'month' ? undefined : value })}
      />
      {!isShared && (
        <span className={styles.labelled}>
          <span className={styles.quiet}>{t('periods.align')}</span>
          <Segmented<Alignment>
            label={t('periods.align')}
            value={align}
            options={alignments.map((value) => ({ value, label: t(`periods.aligned.${value}`) }))}
            onChange={(value) => updateView({ align: value === 'calendar' ? undefined : value })}
          />
        </span>
      )}
    </>
  );

  return (
    <TrendSection name="periods" title={t('periods.title')} query={query} controls={controls}>
      {({ filters, answer }) => {
        const shownBy = answer.by as PeriodLength;
        const compared = answer.periods.map((period) => ({
          period,
          comparison: comparisonOf(period),
        }));
        const told = compared.filter(({ comparison }) => comparison.kind === 'sure' || comparison.kind === 'unsure');
        const thatWent = (direction: 'up' | 'down') =>
          told.filter(({ comparison }) => comparison.kind === 'sure' && comparison.direction === direction).length;
        const last = compared.at(-1);
        const unreported = answer.periods.filter(({ reported }) => !reported).length;
        const cutoff = cutoffDayOf(answer.periods);
        const notes = [
          ...(shownBy === 'reporting' && cutoff !== null ? [t('periods.cutoff', { day: cutoff })] : []),
          ...(answer.align === 'lunar' ? [t('periods.lunar')] : []),
          ...(unreported > 0
            ? [
                t(isShared ? 'periods.unreportedShared' : 'periods.unreported', {
                  count: unreported,
                  value: words.number(unreported),
                }),
              ]
            : []),
        ];
        return (
          <>
            {!isShared && (
              <div className={styles.words}>
                {last && (
                  <p>
                    {t('periods.latest', {
                      period: words.periodName(last.period, shownBy),
                      count: words.show(last.period.count),
                      change: words.comparison(last.comparison, last.period.comparedPrevious),
                    })}{' '}
                    {told.length > 1 &&
                      t('periods.marked', {
                        count: told.length,
                        up: words.number(thatWent('up')),
                        down: words.number(thatWent('down')),
                      })}
                  </p>
                )}
              </div>
            )}
            <ChartFigure
              kind="periods"
              title={t(`periods.chart.${shownBy}`)}
              caption={words.caption(filters)}
              n={answer.total}
              dataVersion={answer.dataVersion}
              table={periodsTable(answer, language)}
              fileName={`xu-huong-${shownBy}-${filters.from}-${filters.to}`}
              notes={notes}
            >
              {(frame) => <PeriodsChart answer={answer} frame={frame} />}
            </ChartFigure>
          </>
        );
      }}
    </TrendSection>
  );
}
