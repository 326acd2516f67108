import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageTabs } from '../../ui/PageTabs.tsx';
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
      <PageTabs
        className={styles.tabs}
        label={t('tabs')}
        tabs={trendTabs
          .filter(({ permission }) => can(permission))
          .map(({ path, label }) => ({ path, label: t(`tab.${label}`) }))}
      />
      <div className={styles.body}>
        <Outlet />
      </div>
    </div>
  );
}
