import { IconAlertTriangle, IconCheck, IconCircleDashed, IconLoader2, IconX } from '@tabler/icons-react';
import styles from './badge.module.css';

export type BadgeTone = 'plain' | 'busy' | 'warn' | 'ok' | 'danger';

const icons = { plain: IconCircleDashed, busy: IconLoader2, warn: IconAlertTriangle, ok: IconCheck, danger: IconX };

type BadgeProps = { tone: BadgeTone; label: string };

/** A state in one word, with a sign besides its colour. */
export function Badge({ tone, label }: BadgeProps) {
  const Icon = icons[tone];
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size="1em" stroke={2.25} aria-hidden />
      {label}
    </span>
  );
}
