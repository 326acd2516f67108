import { Navigate, Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ForcedPasswordScreen } from '../features/session/ForcedPasswordScreen.tsx';
import { signInPath } from '../features/session/next-address.ts';
import { SessionEnded } from '../features/session/SessionEnded.tsx';
import { SessionContext } from '../features/session/session-context.ts';
import { useHeldSession } from '../features/session/use-held-session.ts';
import { useView } from '../state/use-view.ts';
import { Button } from '../ui/Button.tsx';
import { StateNotice } from '../ui/StateNotice.tsx';
import { PlainFrame } from './PlainFrame.tsx';
import { Shell } from './Shell.tsx';
import styles from './shell.module.css';

/** Read by anybody, signed in or not: the sign-in page leads there. */
const openPath = '/quyen';

/**
 * Nobody gets past here without a session: other addresses lead to signing in, and from there back. An initial password
 * opens one page. A session that ends stays on screen under the question to sign in again.
 */
export function Frame() {
  const { t } = useTranslation('shell');
  const { pathname, href } = useLocation();
  // The screen that is drawn: the address is ahead of it while a screen's code is loading.
  const drawn = useMatches({ select: (matches) => matches.at(-1)?.fullPath });
  const { lang } = useView();
  const { session, isEnded, isFailed, retry } = useHeldSession();

  if (drawn === signInPath)
    return (
      <PlainFrame>
        <Outlet />
      </PlainFrame>
    );
  if (session === undefined) {
    if (isEnded && drawn === openPath)
      return (
        <PlainFrame>
          <Outlet />
        </PlainFrame>
      );
    if (isEnded && pathname !== signInPath) return <Navigate to={signInPath} search={{ lang, next: href }} replace />;
    if (!isFailed) return null; // milliseconds: less than the eye needs for a skeleton
    return (
      <PlainFrame>
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
          </StateNotice>
        </div>
      </PlainFrame>
    );
  }
  return (
    <SessionContext value={session}>
      {session.user.mustChangePassword ? (
        <PlainFrame>
          <ForcedPasswordScreen />
        </PlainFrame>
      ) : (
        <Shell />
      )}
      {isEnded && <SessionEnded user={session.user} />}
    </SessionContext>
  );
}
