import type { Account } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { FaultLine } from '../session/FaultLine.tsx';
import styles from './accounts.module.css';
import { useAccountActions } from './use-accounts.ts';

type ConfirmStepProps = {
  kind: 'suspend' | 'restore' | 'resetPassword';
  account: Account;
  onIssued: (issued: { account: Account; initialPassword: string }) => void;
  onClose: () => void;
};

/** What each step does, as keys of its sentences in accounts.json. */
const effects = {
  suspend: ['access', 'sessions', 'data', 'back'],
  restore: ['access', 'password'],
  resetPassword: ['password', 'sessions', 'factor', 'next'],
} as const;

/** Suspend, restore, reset: what will happen, in numbers, and the button that does it. */
export function ConfirmStep({ kind, account, onIssued, onClose }: ConfirmStepProps) {
  const { t } = useTranslation('accounts');
  const { change, resetPassword } = useAccountActions();
  const action = kind === 'resetPassword' ? resetPassword : change;
  const run = () =>
    kind === 'resetPassword'
      ? resetPassword.mutate(account.id, { onSuccess: onIssued })
      : change.mutate({ id: account.id, body: { isSuspended: kind === 'suspend' } }, { onSuccess: onClose });

  return (
    <div className={page.stack}>
      <p>
        <strong>{account.displayName}</strong>
      </p>
      <ul className={styles.effects}>
        {effects[kind].map((effect) => (
          <li key={effect}>{t(`${kind}.effect.${effect}`, { name: account.username, count: account.sessions })}</li>
        ))}
      </ul>
      <FaultLine error={action.error} />
      <div className={page.actions}>
        <Button variant={kind === 'restore' ? 'filled' : 'danger'} disabled={action.isPending} onClick={run}>
          {t(`${kind}.confirm`)}
        </Button>
        <Button onClick={onClose}>{t('leave')}</Button>
      </div>
    </div>
  );
}
