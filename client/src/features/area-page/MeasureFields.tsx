import { type MeasureKind, measureKinds } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { DayInput } from '../days/DayInput.tsx';
import type { StepDraft, StepFault } from './step-fields.ts';

type MeasureFieldsProps = {
  draft: StepDraft;
  onChange: (patch: Partial<StepDraft>) => void;
  faultOf: (name: StepFault) => string | undefined;
};

/** What is done, from when to when, how much of it. */
export function MeasureFields({ draft, onChange, faultOf }: MeasureFieldsProps) {
  const { t } = useTranslation(['area-page', 'areas']);
  return (
    <>
      <Field label={t('field.measureKind')}>
        {(control) => (
          <Select
            {...control}
            value={draft.measureKind}
            onChange={({ target }) => onChange({ measureKind: target.value as MeasureKind })}
          >
            {measureKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`areas:measureKind.${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('field.measureFrom')} error={faultOf('measureFrom')}>
        {(control) => (
          <DayInput
            {...control}
            value={draft.measureFrom || draft.on}
            onChange={(day) => onChange({ measureFrom: day })}
          />
        )}
      </Field>
      <Field label={t('field.measureTo')} hint={t('field.measureToHint')} error={faultOf('measureTo')}>
        {(control) => (
          <DayInput
            {...control}
            min={draft.measureFrom || draft.on}
            value={draft.measureTo}
            onChange={(day) => onChange({ measureTo: day })}
          />
        )}
      </Field>
      <Field label={t('field.quantity')} hint={t('field.quantityHint')} error={faultOf('quantity')}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            maxLength={6}
            value={draft.quantity}
            onChange={({ target }) => onChange({ quantity: target.value.trim() })}
          />
        )}
      </Field>
    </>
  );
}
