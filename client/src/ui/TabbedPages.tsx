import type { ReactNode } from 'react';
import { PageTabs, type PageTabsProps } from './PageTabs.tsx';
import styles from './tabbed-pages.module.css';

type TabbedPagesProps = {
  title: string;
  /** What the row of tabs is called. */
  label: string;
  tabs: PageTabsProps['tabs'];
  /** At the end of the row of tabs. */
  tool?: ReactNode;
  /** Of what scrolls below. */
  className?: string;
  children: ReactNode;
};

/** A title with its tabs, which stay, and the chosen page, which scrolls below them. */
export function TabbedPages({ title, label, tabs, tool, className = '', children }: TabbedPagesProps) {
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{title}</h1>
        <PageTabs label={label} tabs={tabs} />
        {tool}
      </header>
      <div className={`${styles.body} ${className}`}>{children}</div>
    </div>
  );
}
