import type { ButtonHTMLAttributes } from 'react';
import styles from './ui.module.css';

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** What it does: read aloud and shown on hover. */
  label: string;
};

/** A button that is only a sign. */
export function IconButton({ label, className = '', type = 'button', ...rest }: IconButtonProps) {
  return (
    <button type={type} aria-label={label} title={label} className={`${styles.iconButton} ${className}`} {...rest} />
  );
}
