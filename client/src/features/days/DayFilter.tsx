import { DayInput, type DayInputProps } from './DayInput.tsx';
import { isDay } from './day-text.ts';

type DayFilterProps = Omit<DayInputProps, 'value' | 'onChange'> & {
  /** "2026-10-31"; undefined = none. */
  value: string | undefined;
  onChange: (day: string | undefined) => void;
};

/** A day that narrows at once: what is half typed changes nothing yet. */
export function DayFilter({ value = '', onChange, ...input }: DayFilterProps) {
  return (
    <DayInput
      {...input}
      value={value}
      onChange={(day) => {
        if (day === '' || isDay(day)) onChange(day || undefined);
      }}
    />
  );
}
