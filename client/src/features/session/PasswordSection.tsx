import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { PasswordForm } from './PasswordForm.tsx';

/** Changing the own password; it ends every other session of the account. */
export function PasswordSection() {
  const { t } = useTranslation('session');
  const [isDone, setDone] = useState(false);
  return (
    <section className={page.section} aria-labelledby="password-title">
      <h2 id="password-title">{t('password.title')}</h2>
      <p className={page.quiet}>{t('password.text')}</p>
      <PasswordForm currentLabel={t('password.current')} onDone={() => setDone(true)} />
      <output className={page.done}>{isDone ? t('password.done') : ''}</output>
    </section>
  );
}
