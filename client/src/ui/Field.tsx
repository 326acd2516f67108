import { type ReactNode, useId } from 'react';
import styles from './fields.module.css';

type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined };

type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value now; replaces the hint. */
  error?: string | undefined;
  children: (control: ControlProps) => ReactNode;
};

/** A control with its label above and its hint or fault below, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {note && (
        <p id={`${id}-note`} className={styles.note} data-fault={error !== undefined || undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
