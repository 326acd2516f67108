import type { ButtonHTMLAttributes } from 'react';
import styles from './ui.module.css';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { variant?: 'filled' | 'outline' | 'quiet' | 'danger' };

/** A button with a word on it. One `filled` per screen: the step that is expected next. */
export function Button({ variant = 'outline', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} data-variant={variant} className={`${styles.button} ${className}`} {...rest} />;
}
