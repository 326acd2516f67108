import type { Account } from '@diemnong/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { AccountForm } from './AccountForm.tsx';
import { AccountSessions } from './AccountSessions.tsx';
import { ConfirmStep } from './ConfirmStep.tsx';
import { InitialPassword } from './InitialPassword.tsx';

/** What is being done, and to whom. */
export type AccountStep =
  | { kind: 'create'; account?: undefined }
  | { kind: 'edit' | 'suspend' | 'restore' | 'resetPassword' | 'sessions'; account: Account };

type AccountDialogProps = { step: AccountStep; onClose: () => void };

/** One step from its explanation to its outcome; an initial password is shown here once and nowhere else. */
export function AccountDialog({ step, onClose }: AccountDialogProps) {
  const { t } = useTranslation('accounts');
  const [issued, setIssued] = useState<{ account: Account; initialPassword: string }>();
  const { kind, account } = step;
  const title = issued ? t('initial.title') : t(`${kind}.title`, { name: account?.username });
  return (
    <Dialog title={title} closeLabel={t('close')} onClose={onClose}>
      {issued ? (
        <InitialPassword {...issued} onClose={onClose} />
      ) : kind === 'create' ? (
        <AccountForm onIssued={setIssued} onClose={onClose} />
      ) : kind === 'edit' ? (
        <AccountForm account={account} onIssued={setIssued} onClose={onClose} />
      ) : kind === 'sessions' ? (
        <AccountSessions account={account} onClose={onClose} />
      ) : (
        <ConfirmStep kind={kind} account={account} onIssued={setIssued} onClose={onClose} />
      )}
    </Dialog>
  );
}
