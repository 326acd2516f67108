import { type AuditEntry, Role } from '@diemnong/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatNumber } from '../../i18n/formats.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import table from '../../ui/table.module.css';
import styles from './audit.module.css';

type AuditTableProps = {
  entries: readonly AuditEntry[];
  /** Sequence of the entry that is open. */
  active: number | undefined;
  /** What stands under the last row. */
  more: ReactNode;
};

/** Newest first; the name of what was done opens the entry. */
export function AuditTable({ entries, active, more }: AuditTableProps) {
  const { t } = useTranslation(['audit', 'access']);
  const language = useLanguage();
  return (
    <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('title')}>
      <table className={`${table.table} ${styles.table}`}>
        <thead>
          <tr>
            <th scope="col" className={table.numeric}>
              {t('column.sequence')}
            </th>
            <th scope="col">{t('column.at')}</th>
            <th scope="col">{t('column.who')}</th>
            <th scope="col">{t('column.action')}</th>
            <th scope="col">{t('column.target')}</th>
            <th scope="col" className={styles.address}>
              {t('column.address')}
            </th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ sequence, at, username, role, action, target, address }) => (
            <tr key={sequence} data-active={sequence === active || undefined}>
              <td className={table.numeric}>{formatNumber(sequence, language)}</td>
              <td className={table.nowrap}>{formatMoment(at, { seconds: true })}</td>
              <td className={table.nowrap}>
                {username ?? t('server')}
                {Role.safeParse(role).success && <span className={table.under}>{t(`access:roles.${role}.name`)}</span>}
              </td>
              <th scope="row" className={table.nowrap}>
                <Link
                  to="/quan-tri/nhat-ky"
                  search={(before) => ({ ...before, muc: sequence })}
                  replace
                  preload={false}
                  data-tone={isRefusal(action) || undefined}
                >
                  {t(`action.${action}`)}
                </Link>
              </th>
              <td className={styles.target} title={target}>
                {target}
              </td>
              <td className={styles.address}>{t(`from.${address}`, { defaultValue: address })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.more}>{more}</div>
    </ScrollRegion>
  );
}

/** What somebody looking for trouble looks for first. */
function isRefusal(action: AuditEntry['action']): boolean {
  return action === 'session.refused' || action === 'access.denied' || action === 'account.locked';
}
