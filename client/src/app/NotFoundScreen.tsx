import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateNotice } from '../ui/StateNotice.tsx';
import styles from './shell.module.css';

/** An address that leads nowhere. */
export function NotFoundScreen() {
  const { t } = useTranslation('shell');
  return (
    <div className={styles.centre}>
      <StateNotice title={t('notFound.title')} actions={<Link to="/">{t('notFound.toMap')}</Link>}>
        {t('notFound.text')}
      </StateNotice>
    </div>
  );
}
