import type { InputHTMLAttributes, Ref } from 'react';
import styles from './fields.module.css';

type TextInputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function TextInput({ className = '', type = 'text', ...rest }: TextInputProps) {
  return <input type={type} className={`${styles.control} ${className}`} {...rest} />;
}
