import type { AnchorHTMLAttributes, Ref } from 'react';
import styles from './ui.module.css';

type ButtonAnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & {
  variant?: 'filled' | 'outline';
  ref?: Ref<HTMLAnchorElement>;
};

/** A link that looks like a button: a download, or with the router (ButtonLink) the way to another screen. */
export function ButtonAnchor({ variant = 'outline', className = '', children, ...rest }: ButtonAnchorProps) {
  return (
    <a data-variant={variant} className={`${styles.button} ${className}`} {...rest}>
      {children}
    </a>
  );
}
