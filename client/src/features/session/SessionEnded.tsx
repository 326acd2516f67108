import type { SessionUser } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { signInPath } from './next-address.ts';
import { SignInForm } from './SignInForm.tsx';
import styles from './session.module.css';

type SessionEndedProps = { user: SessionUser };

/** The session is over but the work is still on screen: signing in here loses nothing of it. */
export function SessionEnded({ user }: SessionEndedProps) {
  const { t } = useTranslation('session');
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <div className={styles.endedBar} role="alert">
        <span>{t('ended.bar')}</span>
        <Button onClick={() => setOpen(true)}>{t('signIn.action')}</Button>
      </div>
      {isOpen && (
        <Dialog title={t('ended.title')} closeLabel={t('close')} onClose={() => setOpen(false)}>
          <div className={styles.ended}>
            <p>{t('ended.text')}</p>
            <SignInForm knownUsername={user.username} />
            <p className={styles.quiet}>
              <a href={signInPath}>{t('ended.other')}</a> {t('ended.otherText')}
            </p>
          </div>
        </Dialog>
      )}
    </>
  );
}
