import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import styles from './filters.module.css';

/** Days of the week, Monday = 1. */
export function WeekdaysPicker() {
  const { t } = useTranslation('filters');
  const { weekdays = [] } = useView();
  const updateView = useUpdateView();
  const short = t('weekdaysShort').split(' ');
  const long = t('weekdaysLong').split('|');
  const toggle = (day: number) => {
    const next = weekdays.includes(day)
      ? weekdays.filter((one) => one !== day)
      : [...weekdays, day].sort((a, b) => a - b);
    updateView({ weekdays: next.length > 0 && next.length < 7 ? next : undefined });
  };
  return (
    <div className={styles.picker}>
      <div className={styles.weekdays} role="group" aria-label={t('name.weekdays')}>
        {short.map((name, index) => (
          <button
            key={name}
            type="button"
            className={styles.toggle}
            aria-pressed={weekdays.includes(index + 1)}
            aria-label={long[index]}
            title={long[index]}
            onClick={() => toggle(index + 1)}
          >
            {name}
          </button>
        ))}
      </div>
      <p className={styles.note}>{t('weekdaysNote')}</p>
    </div>
  );
}
