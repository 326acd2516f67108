import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, defaultPeriod, lastWholeYear, type Period } from '../../state/days.ts';
import { useUpdateView } from '../../state/use-view.ts';
import { DayInput } from '../days/DayInput.tsx';
import { isDay } from '../days/day-text.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useShownCounts } from '../meta/use-shown-counts.ts';
import styles from './filters.module.css';
import { periodText } from './period-text.ts';
import { useDefaultMonths, useFilters } from './use-filters.ts';

type PeriodPickerProps = { className: string };

/** The period that is seen, as a chip; ready-made lengths, whole years, and two days to choose freely. */
export function PeriodPicker({ className }: PeriodPickerProps) {
  const { t } = useTranslation(['filters', 'hidden']);
  const { data: meta } = useMeta();
  const { isShared } = useShownCounts();
  const filters = useFilters();
  const defaultMonths = useDefaultMonths();
  const updateView = useUpdateView();
  const [isOpen, setOpen] = useState(false);
  const range = meta?.range;
  if (!range || filters === null) return null;

  const lengths = [1, 3, 6, 12, ...(defaultMonths === undefined ? [] : [defaultMonths])].map((count) => ({
    name: t('lastMonths', { count }),
    period: defaultPeriod(range, count),
  }));
  const firstYear = Number(range.from.slice(0, 4));
  const lastYear = Number((isShared ? lastWholeYear(range).from : addDays(range.to, -1)).slice(0, 4));
  const years = Array.from({ length: Math.min(lastYear - firstYear + 1, 8) }, (_, i) => lastYear - i).map((year) => ({
    name: t('year', { year }),
    period: { from: `${year}-01-01`, to: `${year + 1}-01-01` },
  }));
  const fallback = isShared && defaultMonths === undefined ? lastWholeYear(range) : defaultPeriod(range, defaultMonths);
  const choose = (period: Period) => {
    const isDefault = period.from === fallback.from && period.to === fallback.to;
    updateView(isDefault ? { from: undefined, to: undefined } : period);
  };

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" offset={12} shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <button type="button" className={className} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <span className="visually-hidden">{t('period')}: </span>
          {periodText(filters)} <IconChevronDown size="0.875em" aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('period')}>
        <div className={styles.period}>
          {(isShared ? [years] : [lengths, years]).map((choices) => (
            <div key={choices[0]?.name} className={styles.parts}>
              {choices.map(({ name, period }) => (
                <button
                  key={name}
                  type="button"
                  className={styles.toggle}
                  aria-pressed={period.from === filters.from && period.to === filters.to}
                  onClick={() => choose(period)}
                >
                  {name}
                </button>
              ))}
            </div>
          ))}
          {isShared ? (
            <p className={styles.note}>{t('hidden:onlyYears')}</p>
          ) : (
            <div className={styles.days}>
              <label>
                {t('from')}
                <DayInput
                  value={filters.from}
                  max={addDays(filters.to, -1)}
                  onChange={(day) => {
                    if (isDay(day)) choose({ from: day, to: filters.to });
                  }}
                />
              </label>
              <label>
                {t('until')}
                <DayInput
                  value={addDays(filters.to, -1)}
                  min={filters.from}
                  onChange={(day) => {
                    if (isDay(day)) choose({ from: filters.from, to: addDays(day, 1) });
                  }}
                />
              </label>
            </div>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
