import { IconLogout } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { keepView } from '../../state/use-view.ts';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { OwnSessions } from './OwnSessions.tsx';
import styles from './own-account.module.css';
import { PasswordSection } from './PasswordSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { useSession } from './session-context.ts';
import { useAccountWords } from './use-account-words.ts';
import { useSignOut } from './use-session-actions.ts';

/** "Tài khoản của tôi": who one is here, password, second factor, and where one is signed in. */
export function OwnAccountScreen() {
  const { t } = useTranslation('session');
  const { user, expiresAt, idleMinutes } = useSession();
  const { roleName, reach, moment } = useAccountWords();
  const signOut = useSignOut();
  return (
    <div className={page.page}>
      <header className={page.head}>
        <h1>{t('account.title')}</h1>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section className={page.section} aria-labelledby="who-title">
            <div className={page.sectionHead}>
              <h2 id="who-title">{user.displayName}</h2>
              <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
                <IconLogout size="1.125em" aria-hidden />
                {t('signOut')}
              </Button>
            </div>
            <dl className={page.facts}>
              <dt>{t('account.username')}</dt>
              <dd>{user.username}</dd>
              <dt>{t('account.role')}</dt>
              <dd>{roleName(user.role)}</dd>
              <dt>{t('account.reach')}</dt>
              <dd>{user.communeName ?? reach(user)}</dd>
              <dt>{t('account.until')}</dt>
              <dd>{moment(expiresAt)}</dd>
            </dl>
            <p className={`${page.quiet} ${page.small}`}>{t('account.idle', { minutes: idleMinutes })}</p>
            <p>
              <Link to="/quyen" search={keepView}>
                {t('account.roles')}
              </Link>
            </p>
          </section>
          <SecondFactorSection />
        </div>
        <PasswordSection />
      </div>
      <OwnSessions />
    </div>
  );
}
