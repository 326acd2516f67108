import styles from './ui.module.css';

type ProgressLineProps = { isActive: boolean; label: string };

/** The thin bar on top of what is loading; what was there stays visible below it. */
export function ProgressLine({ isActive, label }: ProgressLineProps) {
  if (!isActive) return null;
  return <div className={styles.progress} role="progressbar" aria-label={label} />;
}
