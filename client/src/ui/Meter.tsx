import styles from './meter.module.css';

type MeterProps = {
  label: string;
  /** 0–1; null while it is not known how far it is. */
  share: number | null;
};

/** How far a long task is. */
export function Meter({ label, share }: MeterProps) {
  const value = share === null ? {} : { value: Math.min(Math.max(share, 0), 1) };
  return <progress className={styles.meter} aria-label={label} max={1} {...value} />;
}
