import { type AreaLevel, areaLevels, areaTypes } from '@diemnong/contracts';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { TypeSign } from '../area-layer/AreaSigns.tsx';
import { DayInput } from '../days/DayInput.tsx';
import type { AreaFields, FieldName } from './area-draft.ts';
import styles from './marking.module.css';

type AreaFieldsFormProps = {
  fields: AreaFields;
  errors: Partial<Record<FieldName, string>>;
  /** The day of the first step, of a new area only. */
  hasDay: boolean;
  onChange: (fields: AreaFields) => void;
};

/** Name, description, types, level and day of an area. */
export function AreaFieldsForm({ fields, errors, hasDay, onChange }: AreaFieldsFormProps) {
  const { t } = useTranslation(['area-marking', 'areas']);
  const typesId = useId();
  const set = (patch: Partial<AreaFields>) => onChange({ ...fields, ...patch });
  return (
    <>
      <Field label={t('field.name')} hint={t('field.nameHint')} error={errors.name}>
        {(control) => (
          <TextInput
            {...control}
            value={fields.name}
            maxLength={160}
            required
            autoComplete="off"
            onChange={({ target }) => set({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('field.description')} hint={t('field.descriptionHint')} error={errors.description}>
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            value={fields.description}
            maxLength={4000}
            onChange={({ target }) => set({ description: target.value })}
          />
        )}
      </Field>
      <fieldset className={styles.types} aria-describedby={errors.types ? typesId : undefined}>
        <legend>{t('field.types')}</legend>
        {areaTypes.map((type) => (
          <label key={type} className={styles.check}>
            <input
              type="checkbox"
              checked={fields.types.includes(type)}
              onChange={({ currentTarget: { checked } }) =>
                set({ types: areaTypes.filter((one) => (one === type ? checked : fields.types.includes(one))) })
              }
            />
            <TypeSign type={type} />
            {t(`areas:type.${type}`)}
          </label>
        ))}
        {errors.types && (
          <p id={typesId} className={styles.fault}>
            {errors.types}
          </p>
        )}
      </fieldset>
      <div className={styles.level}>
        <span>{t('field.level')}</span>
        <Segmented<AreaLevel>
          label={t('field.level')}
          value={fields.level}
          options={areaLevels.map((value) => ({ value, label: t(`areas:level.${value}`) }))}
          onChange={(level) => set({ level })}
        />
      </div>
      {hasDay && (
        <Field label={t('field.proposedOn')} hint={t('field.proposedOnHint')} error={errors.proposedOn}>
          {(control) => (
            <DayInput {...control} value={fields.proposedOn} onChange={(day) => set({ proposedOn: day })} />
          )}
        </Field>
      )}
    </>
  );
}
