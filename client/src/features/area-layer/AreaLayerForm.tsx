import { areaTypes } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import type { AreaGroupName } from '../../state/view-search.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { useSession } from '../session/session-context.ts';
import { TypeSign } from './AreaSigns.tsx';
import { areaGroups } from './area-groups.ts';
import styles from './area-layer.module.css';
import { useAreaYears } from './use-area-years.ts';

/** Shows the areas over whatever layer is on, and which of them. */
export function AreaLayerForm() {
  const { t } = useTranslation(['area-layer', 'areas']);
  const { areas, areaGroup, areaTypes: chosen, areaYear } = useView();
  const updateView = useUpdateView();
  const canAnalyse = useSession().can('analysis');
  const years = useAreaYears(areas !== undefined);
  if (!canAnalyse) return null;
  const types = chosen ?? [...areaTypes];
  return (
    <div className={styles.form}>
      <label className={styles.toggle}>
        <input
          type="checkbox"
          checked={areas !== undefined}
          onChange={(event) => updateView({ areas: event.currentTarget.checked ? '1' : undefined, area: undefined })}
        />
        {t('toggle')}
      </label>
      {areas !== undefined && (
        <>
          <Segmented<AreaGroupName>
            isColumn
            label={t('group.label')}
            value={areaGroup ?? 'open'}
            options={areaGroups.map((value) => ({ value, label: t(`group.${value}`) }))}
            onChange={(value) => updateView({ areaGroup: value === 'open' ? undefined : value })}
          />
          <fieldset className={styles.checks}>
            <legend>{t('types')}</legend>
            {areaTypes.map((type) => (
              <label key={type}>
                <input
                  type="checkbox"
                  checked={types.includes(type)}
                  onChange={({ currentTarget: { checked } }) => {
                    const next = areaTypes.filter((one) => (one === type ? checked : types.includes(one)));
                    updateView({ areaTypes: next.length === areaTypes.length || next.length === 0 ? undefined : next });
                  }}
                />
                <TypeSign type={type} />
                {t(`areas:type.${type}`)}
              </label>
            ))}
          </fieldset>
          <label>
            {t('year')}{' '}
            <Select
              value={areaYear ?? ''}
              onChange={({ currentTarget: { value } }) =>
                updateView({ areaYear: value === '' ? undefined : Number(value) })
              }
            >
              <option value="">{t('anyYear')}</option>
              {[...new Set([...years, ...(areaYear === undefined ? [] : [areaYear])])].map((year) => (
                <option key={year} value={year}>
                  {year}
                </option>
              ))}
            </Select>
          </label>
        </>
      )}
    </div>
  );
}
