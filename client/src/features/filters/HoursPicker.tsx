import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import styles from './filters.module.css';

/** Hours of the day, ready-made parts of it and each hour alone. */
const parts = [
  { name: 'night', hours: [22, 23, 0, 1, 2, 3, 4] },
  { name: 'morning', hours: [5, 6, 7, 8, 9, 10, 11] },
  { name: 'afternoon', hours: [12, 13, 14, 15, 16, 17] },
  { name: 'evening', hours: [18, 19, 20, 21, 22, 23] },
] as const;

export function HoursPicker() {
  const { t } = useTranslation('filters');
  const { hours = [] } = useView();
  const updateView = useUpdateView();
  const isSame = (wanted: readonly number[]) =>
    wanted.length === hours.length && wanted.every((hour) => hours.includes(hour));
  const toggle = (hour: number) => {
    const next = hours.includes(hour) ? hours.filter((one) => one !== hour) : [...hours, hour].sort((a, b) => a - b);
    updateView({ hours: next.length > 0 && next.length < 24 ? next : undefined });
  };
  return (
    <div className={styles.picker}>
      <div className={styles.parts}>
        {parts.map(({ name, hours: wanted }) => (
          <button
            key={name}
            type="button"
            className={styles.toggle}
            aria-pressed={isSame(wanted)}
            onClick={() => updateView({ hours: isSame(wanted) ? undefined : [...wanted] })}
          >
            {t(`part.${name}`)}
          </button>
        ))}
      </div>
      <div className={styles.hours} role="group" aria-label={t('name.hours')}>
        {Array.from({ length: 24 }, (_, hour) => (
          <button
            key={hour}
            type="button"
            className={styles.toggle}
            aria-pressed={hours.includes(hour)}
            aria-label={t('hourOne', { hour, next: hour + 1 })}
            onClick={() => toggle(hour)}
          >
            {hour}
          </button>
        ))}
      </div>
      <p className={styles.note}>{t('hoursNote')}</p>
    </div>
  );
}
