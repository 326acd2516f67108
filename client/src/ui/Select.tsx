import type { SelectHTMLAttributes } from 'react';
import styles from './fields.module.css';

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { isChanged?: boolean };

/** The browser's own select: keyboard, screen reader and long lists work everywhere. `isChanged` marks an unsaved choice. */
export function Select({ className = '', isChanged = false, ...rest }: SelectProps) {
  return <select data-changed={isChanged || undefined} className={`${styles.control} ${className}`} {...rest} />;
}
