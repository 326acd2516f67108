import { type AreaLevel, type AreaType, areaLevels, areaTypes } from '@diemnong/contracts';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TypedFilter } from '../../ui/TypedFilter.tsx';
import { DayFilter } from '../days/DayFilter.tsx';
import { isFiltered, noAreaFilter } from './area-filter.ts';
import styles from './area-filters.module.css';
import { CommunesFilter } from './CommunesFilter.tsx';

type AreaFiltersProps = {
  /** Years that areas were listed for, newest first. */
  years: readonly number[];
};

/** Year, type, commune, level, words and the day the status is told for; all of them in the address. */
export function AreaFilters({ years }: AreaFiltersProps) {
  const { t } = useTranslation('areas');
  const view = useView();
  const updateView = useUpdateView();
  const { areaYear, areaTypes: chosen = [], areaLevel, areaText, asOf } = view;
  const shownYears = areaYear === undefined || years.includes(areaYear) ? years : [areaYear, ...years];
  const toggle = (type: AreaType) => {
    const next = areaTypes.filter((one) => (one === type) !== chosen.includes(one));
    updateView({ areaTypes: next.length > 0 && next.length < areaTypes.length ? next : undefined });
  };
  return (
    <search className={styles.filters} aria-label={t('filter.label')}>
      <TypedFilter
        label={t('filter.text')}
        placeholder={t('filter.textHint')}
        value={areaText}
        onChange={(text) => updateView({ areaText: text }, { replace: true })}
      />
      <Field label={t('filter.year')}>
        {(control) => (
          <Select
            {...control}
            value={areaYear ?? ''}
            onChange={({ target }) => updateView({ areaYear: target.value === '' ? undefined : Number(target.value) })}
          >
            <option value="">{t('filter.anyYear')}</option>
            {shownYears.map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('filter.level')}>
        {(control) => (
          <Select
            {...control}
            value={areaLevel ?? ''}
            onChange={({ target }) => updateView({ areaLevel: (target.value || undefined) as AreaLevel | undefined })}
          >
            <option value="">{t('filter.anyLevel')}</option>
            {areaLevels.map((level) => (
              <option key={level} value={level}>
                {t(`level.${level}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <CommunesFilter />
      <Field label={t('filter.asOf')}>
        {(control) => (
          <DayFilter {...control} value={asOf} onChange={(day) => updateView({ asOf: day }, { replace: true })} />
        )}
      </Field>
      <fieldset className={styles.types}>
        <legend>{t('filter.types')}</legend>
        {areaTypes.map((type) => (
          <label key={type} title={t(`type.${type}`)}>
            <input type="checkbox" checked={chosen.includes(type)} onChange={() => toggle(type)} />
            {t(`typeShort.${type}`)}
          </label>
        ))}
      </fieldset>
      {(isFiltered(view) || asOf !== undefined) && (
        <Button
          variant="quiet"
          className={styles.clear}
          onClick={() => updateView({ ...noAreaFilter, asOf: undefined })}
        >
          <IconX size="1em" aria-hidden />
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}
