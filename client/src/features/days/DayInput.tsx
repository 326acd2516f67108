import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../i18n/formats.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './day-input.module.css';
import { isDay, readDay } from './day-text.ts';

export type DayInputProps = {
  /** "2026-10-31"; "" = none; text that is no day stays as it was typed, for the form to speak of. */
  value: string;
  onChange: (value: string) => void;
  /** What the calendar offers: first and last day. */
  min?: string | undefined;
  max?: string | undefined;
  id?: string;
  name?: string;
  disabled?: boolean;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
};

/**
 * A day, typed as 31/10/2026 or chosen in a calendar. The browser's own field of days writes them in the order of the browser's
 * language: where that is American, the tenth of February reads 02/10.
 */
export function DayInput({ value, onChange, min, max, ...control }: DayInputProps) {
  const { t } = useTranslation('days');
  const [typed, setTyped] = useState<string>();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className={styles.day}>
      <TextInput
        {...control}
        inputMode="numeric"
        autoComplete="off"
        maxLength={10}
        placeholder={t('placeholder')}
        value={typed ?? (isDay(value) ? formatDay(value) : value)}
        onChange={({ target }) => {
          setTyped(target.value);
          onChange(readDay(target.value));
        }}
        onBlur={() => setTyped(undefined)}
      />
      <input
        ref={calendar}
        type="date"
        className={styles.calendar}
        tabIndex={-1}
        aria-hidden
        value={isDay(value) ? value : ''}
        min={min}
        max={max}
        onChange={({ target }) => onChange(target.value)}
      />
      <IconButton label={t('choose')} disabled={control.disabled} onClick={() => calendar.current?.showPicker()}>
        <IconCalendar size="1.25em" stroke={1.75} aria-hidden />
      </IconButton>
    </span>
  );
}
