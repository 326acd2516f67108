import type { listSessions, ResponseOf } from '@diemnong/contracts';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '../../i18n/formats.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import { deviceName } from './device-name.ts';

type SessionRow = ResponseOf<typeof listSessions>['sessions'][number];

type SessionTableProps = {
  sessions: readonly SessionRow[];
  label: string;
  /** Ends one of them (the current one has signing out); absent = they are only looked at. */
  onEnd?: (id: string) => void;
  isEnding?: boolean;
};

/** Sessions of one account: with what, from where, since when, last used. */
export function SessionTable({ sessions, label, onEnd, isEnding = false }: SessionTableProps) {
  const { t } = useTranslation('session');
  return (
    <ScrollRegion className={table.frame} label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('sessions.device')}</th>
            <th scope="col">{t('sessions.address')}</th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col">{t('sessions.lastSeen')}</th>
            <th scope="col">{t('sessions.until')}</th>
            {onEnd && (
              <th scope="col">
                <span className="visually-hidden">{t('sessions.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => {
            const device = deviceName(session.userAgent);
            return (
              <tr key={session.id}>
                <th scope="row" title={session.userAgent}>
                  {device} {session.isCurrent && <Badge tone="ok" label={t('sessions.current')} />}
                </th>
                <td>{session.address}</td>
                <td className={table.nowrap}>{formatMoment(session.createdAt)}</td>
                <td className={table.nowrap}>{formatMoment(session.lastSeenAt)}</td>
                <td className={table.nowrap}>{formatMoment(session.expiresAt)}</td>
                {onEnd && (
                  <td>
                    {!session.isCurrent && (
                      <div className={table.rowActions}>
                        <Button
                          variant="quiet"
                          disabled={isEnding}
                          aria-label={t('sessions.endOf', { device })}
                          onClick={() => onEnd(session.id)}
                        >
                          {t('sessions.end')}
                        </Button>
                      </div>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
