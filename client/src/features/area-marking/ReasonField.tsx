import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';

type ReasonFieldProps = { value: string; error: string | undefined; onChange: (value: string) => void };

/** Why something is changed: kept in the history and the log. */
export function ReasonField({ value, error, onChange }: ReasonFieldProps) {
  const { t } = useTranslation('area-marking');
  return (
    <Field label={t('reason.label')} hint={t('reason.hint')} error={error}>
      {(control) => (
        <TextInput {...control} value={value} maxLength={500} onChange={({ target }) => onChange(target.value)} />
      )}
    </Field>
  );
}
