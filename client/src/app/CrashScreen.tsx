import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { StateNotice } from '../ui/StateNotice.tsx';
import styles from './shell.module.css';

/** A part of the page threw: say so, and offer what helps. */
export function CrashScreen({ error }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  return (
    <div className={styles.centre}>
      <StateNotice
        tone="danger"
        title={t('crashed.title')}
        actions={
          <Button variant="filled" onClick={() => window.location.reload()}>
            {t('crashed.reload')}
          </Button>
        }
      >
        <p>{t('crashed.text')}</p>
        {error instanceof Error && <p>{error.message}</p>}
      </StateNotice>
    </div>
  );
}
