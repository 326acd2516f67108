import { Link, type LinkProps } from '@tanstack/react-router';
import { keepView } from '../state/use-view.ts';
import styles from './page-tabs.module.css';

export type PageTabsProps = {
  label: string;
  tabs: readonly { path: NonNullable<LinkProps['to']>; label: string }[];
  className?: string | undefined;
};

/** The pages of a screen as links, each with its own address; the one that is open is underlined. */
export function PageTabs({ label, tabs, className = '' }: PageTabsProps) {
  return (
    <nav className={`${styles.tabs} ${className}`} aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.path}>
            <Link
              to={tab.path}
              search={keepView}
              activeProps={{ 'data-active': true }}
              activeOptions={{ includeSearch: false }}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
