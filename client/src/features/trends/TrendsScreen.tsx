import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { useSession } from '../session/session-context.ts';
import { TrendHead } from './TrendHead.tsx';
import { trendTabs } from './trend-tabs.ts';
import styles from './trends.module.css';

/** Xu hướng: what is counted on top, then one page for each question. */
export function TrendsScreen() {
  const { t } = useTranslation('trends');
  const { can } = useSession();
  return (
    <div className={styles.screen}>
      <TrendHead />
      <nav className={styles.tabs} aria-label={t('tabs')}>
        <ul>
          {trendTabs
            .filter(({ permission }) => can(permission))
            .map(({ path, label }) => (
              <li key={path}>
                <Link
                  to={path}
                  search={keepView}
                  activeProps={{ 'data-active': true }}
                  activeOptions={{ includeSearch: false }}
                >
                  {t(`tab.${label}`)}
                </Link>
              </li>
            ))}
        </ul>
      </nav>
      <div className={styles.body}>
        <Outlet />
      </div>
    </div>
  );
}
