import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { PasswordForm } from './PasswordForm.tsx';
import styles from './session.module.css';
import { useSession } from './session-context.ts';
import { useSignOut } from './use-session-actions.ts';

/** First sign-in, or after a reset: whoever made the password knows it, so it opens nothing but this page. */
export function ForcedPasswordScreen() {
  const { t } = useTranslation('session');
  const { user } = useSession();
  const signOut = useSignOut();
  return (
    <div className={page.centre}>
      <div className={styles.card}>
        <header>
          <h1>{t('forced.title')}</h1>
          <p className={styles.quiet}>{t('forced.text', { name: user.displayName })}</p>
        </header>
        <PasswordForm
          currentLabel={t('forced.current')}
          currentHint={t('forced.currentHint')}
          onDone={() => undefined /* the session now says so, and the frame goes on */}
        />
        <footer className={styles.cardFoot}>
          <Button variant="quiet" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('signOut')}
          </Button>
        </footer>
      </div>
    </div>
  );
}
