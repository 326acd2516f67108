import { CumulativeChart, cumulativeTable } from '@diemnong/charts';
import { Trans, useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { addDays } from '../../state/days.ts';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { useMeta } from '../meta/use-meta.ts';
import { TrendSection } from './TrendSection.tsx';
import { yearsOf } from './trend-window.ts';
import { comparisonOf, roomUnderGoal } from './trend-words.ts';
import styles from './trends.module.css';
import { useCumulative, type YearKind } from './use-cumulative.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

const kinds: readonly YearKind[] = ['month', 'reporting'];
const tones = {
  met: 'ok',
  'likely-met': 'plain',
  'likely-missed': 'warn',
  missed: 'danger',
  'no-data': 'plain',
} as const satisfies Record<string, BadgeTone>;

/** The year so far against last year and against the wanted fall. Only days that have passed. */
export function CumulativeSection() {
  const { t } = useTranslation('trends');
  const language = useLanguage();
  const words = useTrendWords();
  const { data: meta } = useMeta();
  const view = useView();
  const updateView = useUpdateView();
  const filters = useTrendFilters();
  const lastYear = filters ? Number(addDays(filters.to, -1).slice(0, 4)) : 0;
  const kind: YearKind = view.yearBy ?? 'month';
  const query = useCumulative(filters, view.year ?? lastYear, kind);

  const controls = meta?.range && (
    <>
      <label className={styles.labelled}>
        <span className={styles.quiet}>{t('cumulative.year')}</span>
        <Select
          className={styles.yearSelect ?? ''}
          value={view.year ?? lastYear}
          onChange={({ target }) => {
            const year = Number(target.value);
            updateView({ year: year === lastYear ? undefined : year });
          }}
        >
          {yearsOf(meta.range).map((year) => (
            <option key={year} value={year}>
              {year}
            </option>
          ))}
        </Select>
      </label>
      <Segmented<YearKind>
        label={t('cumulative.yearBy')}
        value={kind}
        options={kinds.map((value) => ({ value, label: t(`cumulative.kind.${value}`) }))}
        onChange={(value) => updateView({ yearBy: value === 'month' ? undefined : value })}
      />
    </>
  );

  return (
    <TrendSection name="cumulative" title={t('cumulative.title')} query={query} controls={controls}>
      {({ filters: asked, answer }) => {
        const { current, comparedCount, comparedPrevious, state } = answer;
        const comparison = comparisonOf(answer);
        const goal = words.number(answer.goalPercent, 1);
        const { most, room } = roomUnderGoal(comparedCount, comparedPrevious, answer.goalPercent);
        const span = { from: answer.from, to: answer.until };
        const notes = [
          t('cumulative.past'),
          ...(answer.unreported > 0
            ? [t('cumulative.unreported', { count: answer.unreported, value: words.number(answer.unreported) })]
            : []),
        ];
        return (
          <div className={styles.beside}>
            <div className={styles.words}>
              <p className={styles.quiet}>
                {t('cumulative.span', { from: formatDay(span.from), to: formatDay(addDays(span.to, -1)) })}
              </p>
              <p className={styles.big} data-testid="cumulative-count">
                <Trans
                  t={t}
                  i18nKey="cumulative.sentence"
                  values={{ count: words.number(current), previous: words.number(answer.previous) }}
                  components={[<strong key="0" />]}
                />
              </p>
              <p className={styles.big}>{words.comparison(comparison, comparedPrevious)}</p>
              <p data-testid="cumulative-state">
                <Badge tone={tones[state]} label={t(`cumulative.state.${state}`, { goal })} />
              </p>
              {state !== 'no-data' && (
                <>
                  <p>
                    {t(room > 0 ? 'cumulative.under' : room < 0 ? 'cumulative.over' : 'cumulative.at', {
                      most: words.number(most),
                      room: words.number(Math.abs(room)),
                    })}{' '}
                    {t(`cumulative.sure.${state}`)}
                  </p>
                  <p className={styles.quiet}>
                    {words.comparedPart(answer)}{' '}
                    {t('cumulative.wholeYear', { count: words.number(answer.previousWholeYear) })}
                  </p>
                </>
              )}
            </div>
            <ChartFigure
              kind="cumulative"
              title={t('cumulative.chart', { year: answer.year, previous: answer.year - 1, goal })}
              caption={words.caption(asked, span)}
              n={current}
              dataVersion={answer.dataVersion}
              table={cumulativeTable(answer, language)}
              fileName={`luy-ke-${answer.year}-${answer.by}`}
              notes={notes}
            >
              {(frame) => <CumulativeChart answer={answer} frame={frame} />}
            </ChartFigure>
          </div>
        );
      }}
    </TrendSection>
  );
}
