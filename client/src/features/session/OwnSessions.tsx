import { useTranslation } from 'react-i18next';
import page from '../../ui/page.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { SessionTable } from './SessionTable.tsx';
import { useOwnSessions } from './use-own-sessions.ts';

/** Every place this account is signed in at, and a way to end what one does not know. */
export function OwnSessions() {
  const { t } = useTranslation('session');
  const { data: sessions, error, retry, revoke } = useOwnSessions();
  return (
    <section className={page.section} aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('sessions.title')}</h2>
      <p className={page.quiet}>{t('sessions.text')}</p>
      {error !== null && <FailureNotice error={error} title={t('sessions.failed')} onRetry={retry} />}
      {revoke.error !== null && <FailureNotice error={revoke.error} title={t('sessions.endFailed')} />}
      {sessions === undefined && error === null && <Skeleton lines={3} />}
      {sessions && (
        <SessionTable
          sessions={sessions}
          label={t('sessions.title')}
          isEnding={revoke.isPending}
          onEnd={(id) => revoke.mutate(id)}
        />
      )}
    </section>
  );
}
