import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import styles from './shell.module.css';
import { ThemePicker } from './ThemePicker.tsx';

/** The frame without a session: only what needs no data stands in the bar. */
export function PlainFrame({ children }: PropsWithChildren) {
  const { t } = useTranslation('shell');
  return (
    <div className={styles.plain}>
      <header className={styles.bar}>
        <p className={styles.brand}>{t('brand')}</p>
        <div className={styles.grow} />
        <div className={styles.barTools}>
          <LanguageSwitch />
          <ThemePicker />
        </div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
