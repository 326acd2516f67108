import type { TextareaHTMLAttributes } from 'react';
import styles from './fields.module.css';

/** A text of several lines. */
export function TextArea({ className = '', ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea className={`${styles.control} ${className}`} {...rest} />;
}
