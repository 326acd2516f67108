import styles from './ui.module.css';

type SegmentedProps<T extends string | number> = {
  label: string;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  value: T;
  onChange: (value: T) => void;
  /** One below the other, for long words. */
  isColumn?: boolean;
};

/** One choice out of a few, side by side. */
export function Segmented<T extends string | number>({
  label,
  options,
  value,
  onChange,
  isColumn = false,
}: SegmentedProps<T>) {
  return (
    <div className={styles.segmented} data-column={isColumn || undefined} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label
          key={option.value}
          data-checked={option.value === value || undefined}
          data-disabled={option.disabled || undefined}
        >
          <input
            type="radio"
            className="visually-hidden"
            name={label}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
