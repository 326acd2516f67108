import type { Account } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { SessionTable } from '../session/SessionTable.tsx';
import { useAccountActions, useAccountSessions } from './use-accounts.ts';

type AccountSessionsProps = { account: Account; onClose: () => void };

/** Where an account is signed in, and the way to end all of it. */
export function AccountSessions({ account, onClose }: AccountSessionsProps) {
  const { t } = useTranslation('accounts');
  const { data: sessions, error, retry } = useAccountSessions(account.id);
  const { endSessions } = useAccountActions();
  const fault = error ?? endSessions.error;
  return (
    <div className={page.stack}>
      {fault !== null && <FailureNotice error={fault} title={t('sessions.failed')} onRetry={retry} />}
      {sessions === undefined && error === null && <Skeleton lines={3} />}
      {sessions?.length === 0 && <p className={page.quiet}>{t('sessions.none')}</p>}
      {sessions && sessions.length > 0 && (
        <>
          <SessionTable sessions={sessions} label={t('sessions.title', { name: account.username })} />
          <p className={page.quiet}>{t('sessions.effect')}</p>
        </>
      )}
      <output className={page.done}>
        {endSessions.data && t('sessions.ended', { count: endSessions.data.ended })}
      </output>
      <div className={page.actions}>
        {sessions && sessions.length > 0 && (
          <Button variant="danger" disabled={endSessions.isPending} onClick={() => endSessions.mutate(account.id)}>
            {t('sessions.confirm', { count: sessions.length })}
          </Button>
        )}
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </div>
  );
}
