import type { Story } from '@diemnong/contracts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMonth, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { isYearBeforeCovered, type Period } from '../../state/days.ts';
import styles from './story.module.css';

type MonthBarsProps = {
  months: NonNullable<Story['months']>;
  /** Of the data: a month whose year before lies outside it gets no tick. */
  range: Period;
};

const width = 300;
const height = 84;
const labelHeight = 16;

/** The last 12 months as bars, the same month of the year before as a tick on each; unreported months are hatched. */
export function MonthBars({ months, range }: MonthBarsProps) {
  const { t } = useTranslation('story');
  const language = useLanguage();
  const hatchId = useId();
  const top = Math.max(1, ...months.map((month) => Math.max(month.count, month.previousYear)));
  const step = width / Math.max(months.length, 1);
  const y = (value: number) => height - (value / top) * (height - 6);
  const say = (month: MonthBarsProps['months'][number]) =>
    t(isYearBeforeCovered(month.from, range) ? 'monthBar' : 'monthBarAlone', {
      month: formatMonth(month.from),
      value: month.reported || month.count > 0 ? formatNumber(month.count, language) : t('notReported'),
      previous: formatNumber(month.previousYear, language),
    });
  return (
    <svg
      className={styles.plot}
      viewBox={`0 0 ${width} ${height + labelHeight}`}
      role="img"
      aria-label={months.map(say).join('; ')}
    >
      <defs>
        <pattern id={hatchId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="5" className={styles.hatch} />
        </pattern>
      </defs>
      {months.map((month, i) => (
        <g key={month.from}>
          <title>{say(month)}</title>
          <rect x={i * step + 2} y={0} width={step - 4} height={height} className={styles.ground} />
          <rect
            x={i * step + 2}
            y={y(month.count)}
            width={step - 4}
            height={height - y(month.count)}
            rx={1.5}
            className={i === months.length - 1 ? styles.barLast : styles.bar}
          />
          {!month.reported && (
            <rect x={i * step + 2} y={height - 16} width={step - 4} height={16} fill={`url(#${hatchId})`} />
          )}
          {isYearBeforeCovered(month.from, range) && (
            <line
              x1={i * step + 4}
              x2={(i + 1) * step - 4}
              y1={y(month.previousYear)}
              y2={y(month.previousYear)}
              className={styles.tick}
            />
          )}
        </g>
      ))}
      <line x1={0} x2={width} y1={height} y2={height} className={styles.axis} />
      {months.map((month, i) =>
        i % 3 === 0 ? (
          <text key={month.from} x={i * step + 2} y={height + 12} className={styles.axisText}>
            {formatMonth(month.from)}
          </text>
        ) : null,
      )}
    </svg>
  );
}
