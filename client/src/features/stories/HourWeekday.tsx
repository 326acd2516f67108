import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { useTheme } from '../../state/theme.ts';
import { classOf } from '../../ui/class-scale.ts';
import { sequentialRamp } from '../../ui/ramps.ts';
import styles from './story.module.css';

type HourWeekdayProps = {
  /** [7][24], Monday first. */
  matrix: readonly (readonly number[])[];
};

const left = 24;
const cell = 11.5;
const rowHeight = 13;

/** Hours of the week: 7 rows from Monday, 24 columns, coloured in six equal steps up to the busiest hour. */
export function HourWeekday({ matrix }: HourWeekdayProps) {
  const { t } = useTranslation('story');
  const language = useLanguage();
  const { theme } = useTheme();
  const colors = sequentialRamp(theme === 'dark');
  const top = Math.max(...matrix.flat(), 1e-9);
  const bounds = colors.map((_, i) => (i === 0 ? 1e-9 : (top * i) / colors.length));
  const days = t('weekdaysShort').split(' ');
  const busiest = matrix
    .flatMap((row, day) => row.map((value, hour) => ({ day, hour, value })))
    .reduce((a, b) => (b.value > a.value ? b : a));

  return (
    <svg
      className={styles.plot}
      viewBox={`0 0 ${left + 24 * cell} ${7 * rowHeight + 14}`}
      role="img"
      aria-label={t('matrixLabel', { day: days[busiest.day], hour: busiest.hour, next: busiest.hour + 1 })}
    >
      {matrix.map((row, day) => (
        <g key={days[day]}>
          <text x={0} y={day * rowHeight + 10} className={styles.axisText}>
            {days[day]}
          </text>
          {row.map((value, hour) => {
            const step = classOf(value, bounds);
            return (
              <rect
                key={hour}
                x={left + hour * cell}
                y={day * rowHeight}
                width={cell - 1}
                height={rowHeight - 1}
                rx={1}
                fill={colors[step]}
                className={step < 0 ? styles.noHour : undefined}
              >
                <title>
                  {t('matrixCell', { day: days[day], hour, next: hour + 1, value: formatNumber(value, language, 1) })}
                </title>
              </rect>
            );
          })}
        </g>
      ))}
      {[0, 6, 12, 18].map((hour) => (
        <text key={hour} x={left + hour * cell} y={7 * rowHeight + 11} className={styles.axisText}>
          {t('hour', { hour })}
        </text>
      ))}
    </svg>
  );
}
