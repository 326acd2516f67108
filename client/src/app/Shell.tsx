import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../features/meta/use-meta.ts';
import { useView } from '../state/use-view.ts';
import { Button } from '../ui/Button.tsx';
import { StateNotice } from '../ui/StateNotice.tsx';
import { MapHost } from './MapHost.tsx';
import { SideNav } from './SideNav.tsx';
import styles from './shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useShellKeys } from './use-shell-keys.tsx';

/** The frame that every screen stands in: bar, panels, and the one map behind them. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { data: meta, status, error, retry } = useMeta();
  const isPresenting = useView().present !== undefined;
  const path = useLocation({ select: (location) => location.pathname });
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
          {status === 'error' && meta === undefined ? (
            <div className={styles.centre}>
              <StateNotice
                tone="danger"
                title={t('failed.title')}
                actions={
                  <Button variant="filled" onClick={retry}>
                    {t('failed.retry')}
                  </Button>
                }
              >
                <p>{t('failed.text')}</p>
                <p>{error?.message}</p>
              </StateNotice>
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
