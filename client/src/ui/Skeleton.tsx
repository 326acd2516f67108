import styles from './ui.module.css';

type SkeletonProps = { lines?: number };

/** Grey bars where text will be; only the first time something loads. */
export function Skeleton({ lines = 3 }: SkeletonProps) {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
