import type { Account } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import page from '../../ui/page.module.css';
import styles from './accounts.module.css';

type InitialPasswordProps = { account: Account; initialPassword: string; onClose: () => void };

/** A password made by the server, to be handed over; it opens only the page where a new one is chosen. */
export function InitialPassword({ account, initialPassword, onClose }: InitialPasswordProps) {
  const { t } = useTranslation('accounts');
  return (
    <div className={page.stack}>
      <p>{t('initial.text', { name: account.displayName })}</p>
      <dl className={styles.credentials}>
        <dt>{t('field.username')}</dt>
        <dd>{account.username}</dd>
        <dt>{t('initial.password')}</dt>
        <dd data-testid="initial-password">{initialPassword}</dd>
      </dl>
      <p className={page.fault}>{t('initial.once')}</p>
      <div className={page.actions}>
        <CopyButton text={initialPassword} label={t('initial.copy')} doneLabel={t('initial.copied')} />
        <Button variant="filled" onClick={onClose}>
          {t('initial.close')}
        </Button>
      </div>
    </div>
  );
}
