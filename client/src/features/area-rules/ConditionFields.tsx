import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './area-rules.module.css';
import { isShareRight, type TypedRules } from './typed-rules.ts';

type Condition = TypedRules['conditions'][number];
type ConditionFieldsProps = {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

/** One line of the check list: its wording in both languages and the share it asks for. */
export function ConditionFields({ condition, onChange, onRemove }: ConditionFieldsProps) {
  const { t } = useTranslation('area-rules');
  return (
    <div className={styles.condition}>
      {(['nameVi', 'nameEn'] as const).map((field) => (
        <Field
          key={field}
          label={t(`conditions.${field}`)}
          error={condition[field].trim().length >= 3 ? undefined : t('conditions.tooShort')}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={300}
              value={condition[field]}
              onChange={({ target }) => onChange({ ...condition, [field]: target.value })}
            />
          )}
        </Field>
      ))}
      <Field
        label={t('conditions.atLeast')}
        hint={t('conditions.atLeastHint')}
        error={isShareRight(condition.atLeastPercent) ? undefined : t('outOfRange', { min: 0, max: 100 })}
      >
        {(control) => (
          <TextInput
            {...control}
            className={styles.number ?? ''}
            type="number"
            min={0}
            max={100}
            step="any"
            value={condition.atLeastPercent}
            onChange={({ target }) => onChange({ ...condition, atLeastPercent: target.value })}
          />
        )}
      </Field>
      <Button onClick={onRemove} aria-label={t('conditions.removeThis', { name: condition.nameVi })}>
        {t('conditions.remove')}
      </Button>
    </div>
  );
}
