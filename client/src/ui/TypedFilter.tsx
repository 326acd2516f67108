import { useEffect, useState } from 'react';
import { Field } from './Field.tsx';
import { TextInput } from './TextInput.tsx';

type TypedFilterProps = {
  label: string;
  placeholder: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

const pauseMs = 350;

/** Words to look for, asked for when the typing pauses, not at every key. */
export function TypedFilter({ label, placeholder, value, onChange }: TypedFilterProps) {
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => {
      onChange(typed.trim() || undefined);
      setTyped(undefined);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          type="search"
          maxLength={100}
          placeholder={placeholder}
          value={typed ?? value ?? ''}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
    </Field>
  );
}
