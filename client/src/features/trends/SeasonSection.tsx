import { SeasonChart, seasonTable, TetChart, tetTable } from '@diemnong/charts';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/use-language.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { TrendSection } from './TrendSection.tsx';
import { type Extreme, ruleName, seasonExtremes, tetExtremes } from './trend-words.ts';
import styles from './trends.module.css';
import { useSeason } from './use-season.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

/** What comes back every year: the months against the mean of their year, and the weeks around Tết. */
export function SeasonSection() {
  const { t } = useTranslation('trends');
  const language = useLanguage();
  const words = useTrendWords();
  const query = useSeason(useTrendFilters());

  const tell = (extreme: Extreme<number>) => ({
    percent: words.percent(extreme.percent),
    interval: words.interval(extreme),
  });
  const weekName = (week: number) =>
    week === 0 ? t('season.weekOf') : t(week < 0 ? 'season.weekBefore' : 'season.weekAfter', { week: Math.abs(week) });

  return (
    <TrendSection name="season" title={t('season.title')} query={query}>
      {({ filters, answer }) => {
        const season = seasonExtremes(answer);
        const tet = tetExtremes(answer);
        const method = (key: 'season.method' | 'season.tetMethod', years: readonly number[]) => [
          t(key, { years: years.join(', '), rule: ruleName(answer.rule) }),
        ];
        const facts = { n: answer.n, dataVersion: answer.dataVersion, caption: words.caption(filters) };
        return (
          <div className={styles.pair}>
            {answer.years.length === 0 ? (
              <p className={styles.warn}>{t('season.noYears')}</p>
            ) : (
              <div className={styles.column}>
                <p>
                  {season.highest && t('season.highest', { month: season.highest.step, ...tell(season.highest) })}{' '}
                  {season.lowest && t('season.lowest', { month: season.lowest.step, ...tell(season.lowest) })}
                  {!season.highest && !season.lowest && t('season.flat')}
                </p>
                <ChartFigure
                  {...facts}
                  kind="season"
                  title={t('season.chart')}
                  table={seasonTable(answer, language)}
                  fileName={`mua-trong-nam-${filters.from}-${filters.to}`}
                  notes={method('season.method', answer.years)}
                >
                  {(frame) => <SeasonChart answer={answer} frame={frame} />}
                </ChartFigure>
              </div>
            )}
            {answer.tet.years.length === 0 ? (
              <p className={styles.warn}>{t('season.noTet')}</p>
            ) : (
              <div className={styles.column}>
                <p>
                  {tet.highest && t('season.tetHighest', { week: weekName(tet.highest.step), ...tell(tet.highest) })}{' '}
                  {tet.lowest && t('season.tetLowest', { week: weekName(tet.lowest.step), ...tell(tet.lowest) })}
                  {!tet.highest && !tet.lowest && t('season.tetFlat')}
                </p>
                <ChartFigure
                  {...facts}
                  kind="tet"
                  title={t('season.tetChart')}
                  table={tetTable(answer, language)}
                  fileName={`quanh-tet-${filters.from}-${filters.to}`}
                  notes={method(
                    'season.tetMethod',
                    answer.tet.years.map(({ year }) => year),
                  )}
                >
                  {(frame) => <TetChart answer={answer} frame={frame} />}
                </ChartFigure>
              </div>
            )}
          </div>
        );
      }}
    </TrendSection>
  );
}
