import { ChangesChart, changesTable } from '@diemnong/charts';
import { Trans, useTranslation } from 'react-i18next';
import { formatMonth } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { TrendSection } from './TrendSection.tsx';
import { levelChanges, ruleName, trendOf } from './trend-words.ts';
import styles from './trends.module.css';
import { useChanges } from './use-changes.ts';
import { useTrendFilters } from './use-trend-filters.ts';
import { useTrendWords } from './use-trend-words.ts';

/** Since when: the months at which the level changed, and the trend over all of them, each in a sentence. */
export function ChangesSection() {
  const { t } = useTranslation('trends');
  const language = useLanguage();
  const words = useTrendWords();
  const query = useChanges(useTrendFilters());

  return (
    <TrendSection name="changes" title={t('changes.title')} query={query}>
      {({ filters, answer }) => {
        const changes = levelChanges(answer);
        const trend = trendOf(answer.trend);
        const leftOut = answer.months.filter(({ reported }) => !reported).length;
        const isShort = answer.usable < answer.needed;
        const [only] = answer.segments;
        const notes = [
          ...(leftOut > 0 ? [t('changes.leftOut', { count: leftOut, value: words.number(leftOut) })] : []),
          t('changes.method', { rule: ruleName(answer.rule) }),
        ];
        return (
          <div className={styles.beside}>
            <div className={styles.words}>
              {isShort && (
                <p className={styles.warn}>{t('changes.short', { usable: answer.usable, needed: answer.needed })}</p>
              )}
              {!isShort && changes.length === 0 && only && (
                <p>
                  {t('changes.none', {
                    level: words.number(only.level),
                    low: words.number(only.low),
                    high: words.number(only.high),
                  })}
                </p>
              )}
              <ol className={styles.list} data-testid="changes">
                {changes.map(({ at, change, before, after }) => (
                  <li key={at}>
                    <Trans
                      t={t}
                      i18nKey="changes.at"
                      values={{
                        month: formatMonth(at),
                        change: words.change(change),
                        interval: words.interval(change),
                      }}
                      components={[<strong key="0" />, <span key="1" className={styles.interval} />]}
                    />
                    <small>
                      {t(after > before ? 'changes.levels' : 'changes.levelsDown', {
                        before: words.number(before),
                        after: words.number(after),
                      })}
                    </small>
                  </li>
                ))}
              </ol>
              <p data-testid="trend" data-trend={trend}>
                <Trans
                  t={t}
                  i18nKey={`changes.trend.${trend}`}
                  values={{
                    slope: words.number(Math.abs(answer.trend?.slope ?? 0), 1),
                    p: words.probability(answer.trend?.p ?? 1),
                  }}
                  components={[<strong key="0" />]}
                />
              </p>
            </div>
            <ChartFigure
              kind="changes"
              title={t('changes.chart')}
              caption={words.caption(filters)}
              n={answer.n}
              dataVersion={answer.dataVersion}
              table={changesTable(answer, language)}
              fileName={`tu-khi-nao-${filters.from}-${filters.to}`}
              notes={notes}
            >
              {(frame) => <ChangesChart answer={answer} frame={frame} />}
            </ChartFigure>
          </div>
        );
      }}
    </TrendSection>
  );
}
