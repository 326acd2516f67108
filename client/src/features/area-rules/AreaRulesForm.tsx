import type { AreaRules } from '@diemnong/contracts';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import page from '../../ui/page.module.css';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './area-rules.module.css';
import { ConditionFields } from './ConditionFields.tsx';
import {
  isLateDayRight,
  isNumberRight,
  limits,
  type NumberField,
  newConditionId,
  type TypedRules,
  toRules,
  toTyped,
} from './typed-rules.ts';

type AreaRulesFormProps = {
  rules: AreaRules;
  year: number;
  /** Name of the province they are for, where there are several. */
  province: string | undefined;
  isSaving: boolean;
  fault: string | undefined;
  onSave: (rules: AreaRules) => void;
};

const sections = [
  { name: 'targets', fields: ['transformationPercent', 'noRelapsePercent'] },
  { name: 'watch', fields: ['watchMonths', 'relapseMonths', 'relapsePercent'] },
] as const satisfies { name: string; fields: readonly NumberField[] }[];

/** Every rule of a year with what it decides; saved as a whole, from that year on. */
export function AreaRulesForm({ rules, year, province, isSaving, fault, onSave }: AreaRulesFormProps) {
  const { t } = useTranslation('area-rules');
  const [typed, setTyped] = useState<TypedRules>(() => toTyped(rules));
  const next = toRules(typed);
  const isChanged = next === undefined || JSON.stringify(next) !== JSON.stringify(rules);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next !== undefined) onSave(next);
  };
  const isLateRight = isLateDayRight(typed);

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {sections.map(({ name, fields }) => (
        <section key={name} className={page.section} aria-labelledby={`rules-${name}`}>
          <h2 id={`rules-${name}`}>{t(`${name}.title`)}</h2>
          <p className={page.prose}>{t(`${name}.text`)}</p>
          <div className={styles.row}>
            {fields.map((field) => {
              const [min, max] = limits[field];
              return (
                <Field
                  key={field}
                  label={t(`field.${field}`)}
                  hint={t('range', { min, max })}
                  error={isNumberRight(field, typed[field]) ? undefined : t('outOfRange', { min, max })}
                >
                  {(control) => (
                    <TextInput
                      {...control}
                      className={styles.number ?? ''}
                      type="number"
                      min={min}
                      max={max}
                      step="any"
                      value={typed[field]}
                      onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
                    />
                  )}
                </Field>
              );
            })}
          </div>
        </section>
      ))}

      <section className={page.section} aria-labelledby="rules-late">
        <h2 id="rules-late">{t('late.title')}</h2>
        <p className={page.prose}>{t('late.text')}</p>
        <div className={styles.row}>
          {(['lateDay', 'lateMonth'] as const).map((field) => (
            <Field key={field} label={t(`field.${field}`)} error={isLateRight ? undefined : t('noSuchDay')}>
              {(control) => (
                <TextInput
                  {...control}
                  className={styles.number ?? ''}
                  type="number"
                  min={1}
                  max={field === 'lateDay' ? 31 : 12}
                  value={typed[field]}
                  onChange={({ target }) => setTyped({ ...typed, [field]: target.value })}
                />
              )}
            </Field>
          ))}
        </div>
      </section>

      <section className={page.section} aria-labelledby="rules-conditions">
        <h2 id="rules-conditions">{t('conditions.title')}</h2>
        <p className={page.prose}>{t('conditions.text')}</p>
        {typed.conditions.length === 0 && <p className={page.quiet}>{t('conditions.none')}</p>}
        <ol className={styles.conditions}>
          {typed.conditions.map((condition, i) => (
            <li key={condition.id}>
              <ConditionFields
                condition={condition}
                onChange={(changed) =>
                  setTyped({ ...typed, conditions: typed.conditions.map((each, j) => (j === i ? changed : each)) })
                }
                onRemove={() => setTyped({ ...typed, conditions: typed.conditions.filter((_, j) => j !== i) })}
              />
            </li>
          ))}
        </ol>
        <Button
          disabled={typed.conditions.length >= 40}
          onClick={() =>
            setTyped({
              ...typed,
              conditions: [
                ...typed.conditions,
                { id: newConditionId(typed.conditions), nameVi: '', nameEn: '', atLeastPercent: '' },
              ],
            })
          }
        >
          {t('conditions.add')}
        </Button>
      </section>

      {fault !== undefined && (
        <p className={page.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={page.actions}>
        <Button variant="filled" type="submit" disabled={!isChanged || next === undefined || isSaving}>
          {isSaving ? t('saving') : t(province === undefined ? 'save' : 'saveFor', { year, province })}
        </Button>
        <span className={page.quiet}>{isChanged ? t('effect', { year }) : t('nothingChanged')}</span>
      </div>
    </form>
  );
}
