import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUpdateView, useView } from '../../state/use-view.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useCommunes } from '../communes/use-communes.ts';
import styles from './area-filters.module.css';

/** One commune after the other; each chosen one can be taken away by itself. */
export function CommunesFilter() {
  const { t } = useTranslation('areas');
  const { areaCommunes: chosen = [] } = useView();
  const updateView = useUpdateView();
  const { data } = useCommunes(undefined);
  const communes = (data?.features ?? [])
    .map(({ properties: { code, fullName } }) => ({ code, fullName }))
    .sort((a, b) => a.fullName.localeCompare(b.fullName, 'vi'));
  const choose = (codes: readonly string[]) => updateView({ areaCommunes: codes.length > 0 ? [...codes] : undefined });
  return (
    <>
      <Field label={t('filter.communes')}>
        {(control) => (
          <Select {...control} value="" onChange={({ target }) => choose([...chosen, target.value])}>
            <option value="">{t(chosen.length > 0 ? 'filter.moreCommunes' : 'filter.anyCommune')}</option>
            {communes
              .filter(({ code }) => !chosen.includes(code))
              .map(({ code, fullName }) => (
                <option key={code} value={code}>
                  {fullName}
                </option>
              ))}
          </Select>
        )}
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={t('filter.communes')}>
          {chosen.map((code) => {
            const name = communes.find((commune) => commune.code === code)?.fullName ?? code;
            return (
              <li key={code}>
                <button
                  type="button"
                  aria-label={t('filter.without', { name })}
                  onClick={() => choose(chosen.filter((one) => one !== code))}
                >
                  {name}
                  <IconX size="1em" aria-hidden />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
