import { reasonLength } from '@diemnong/contracts';
import { Field } from './Field.tsx';
import { TextInput } from './TextInput.tsx';
import type { TypedReason } from './use-reason.ts';

type ReasonFieldProps = {
  reason: TypedReason;
  label: string;
  hint?: string;
  /** Told when somebody tried to go on without. */
  tooShort: string;
};

/** Where somebody writes why. */
export function ReasonField({ reason, label, hint, tooShort }: ReasonFieldProps) {
  return (
    <Field label={label} hint={hint} error={reason.isMissing ? tooShort : undefined}>
      {(control) => (
        <TextInput
          {...control}
          value={reason.value}
          maxLength={reasonLength.most}
          onChange={({ target }) => reason.onChange(target.value)}
        />
      )}
    </Field>
  );
}
