import { Navigate, Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { FailureNotice } from '../features/session/FailureNotice.tsx';
import { ForbiddenScreen } from '../features/session/ForbiddenScreen.tsx';
import { useSession } from '../features/session/session-context.ts';
import { useView } from '../state/use-view.ts';
import { MapHost } from './MapHost.tsx';
import { SideNav } from './SideNav.tsx';
import styles from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useShellKeys } from './use-shell-keys.tsx';

/** The frame that every screen stands in: bar, panels, and the one map behind them. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { data: meta, error, retry } = useMeta();
  const { can } = useSession();
  const isPresenting = useView().present !== undefined;
  const path = useLocation({ select: (location) => location.pathname });
  const permission = useMatches({ select: (matches) => matches.at(-1)?.staticData.permission });
  const helpDialog = useShellKeys();

  const isEmpty = meta !== undefined && (meta.boundarySets.length === 0 || meta.incidentCount === 0);

  return (
    <MapHost>
      <a className={styles.skip} href="#main">
        {t('skipToContent')}
      </a>
      <div className={styles.shell} data-presenting={isPresenting || undefined}>
        {!isPresenting && <TopBar />}
        {!isPresenting && <SideNav />}
        <main id="main" className={styles.main} tabIndex={-1}>
          {permission !== undefined && !can(permission) ? (
            <ForbiddenScreen permission={permission} />
          ) : error !== null && meta === undefined ? (
            <div className={styles.centre}>
              <FailureNotice error={error} title={t('failed.title')} onRetry={retry} />
            </div>
          ) : isEmpty && path === '/' ? (
            <Navigate to="/bat-dau" search={true} replace />
          ) : (
            <Outlet />
          )}
        </main>
      </div>
      {helpDialog}
    </MapHost>
  );
}
