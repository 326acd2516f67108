import type { ReactNode } from 'react';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './targets.module.css';

type PartFrameProps = {
  title: string;
  /** Below the table. */
  note?: string | undefined;
  /** Head and body of the table. */
  children: ReactNode;
};

/** One of the small tables below the gauges, with its title. */
export function PartFrame({ title, note, children }: PartFrameProps) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ScrollRegion className={table.frame} label={title}>
        <table className={table.table}>{children}</table>
      </ScrollRegion>
      {note !== undefined && <p className={styles.quiet}>{note}</p>}
    </section>
  );
}
