import { useTranslation } from 'react-i18next';
import { Badge, type BadgeTone } from '../../ui/Badge.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import { SortHeader } from '../../ui/SortHeader.tsx';
import table from '../../ui/table.module.css';
import { useSession } from '../session/session-context.ts';
import { useAccountWords } from '../session/use-account-words.ts';
import type { AccountStep } from './AccountDialog.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import type { AccountRow, AccountSort, AccountState } from './account-rows.ts';
import styles from './accounts.module.css';

type AccountTableProps = {
  rows: readonly AccountRow[];
  sort: AccountSort;
  onSort: (sort: AccountSort) => void;
  onStep: (step: AccountStep) => void;
};

const tones: Record<AccountState, BadgeTone> = { active: 'ok', initial: 'warn', suspended: 'danger' };

/** One line for each account; what can be done with it is in its menu. */
export function AccountTable({ rows, sort, onSort, onStep }: AccountTableProps) {
  const { t } = useTranslation('accounts');
  const { user } = useSession();
  const { roleName, moment } = useAccountWords();
  const head = { sort, onSort };
  return (
    <ScrollRegion className={`${table.frame} ${styles.frame}`} label={t('title')}>
      <table className={table.table}>
        <thead>
          <tr>
            <SortHeader {...head} name="name" label={t('column.name')} />
            <SortHeader {...head} name="role" label={t('column.role')} />
            <SortHeader {...head} name="reach" label={t('column.reach')} />
            <SortHeader {...head} name="state" label={t('column.state')} />
            <SortHeader {...head} name="lastSignIn" label={t('column.lastSignIn')} />
            <th scope="col" className={table.numeric}>
              {t('column.sessions')}
            </th>
            <th scope="col">
              <span className="visually-hidden">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ account, reach, state }) => (
            <tr key={account.id} data-testid={`account-${account.username}`}>
              <th scope="row">
                {account.displayName}
                <span className={table.under}>
                  {account.username}
                  {account.id === user.id && ` · ${t('you')}`}
                  {account.isDemo && ` · ${t('demo')}`}
                </span>
              </th>
              <td>{roleName(account.role)}</td>
              <td>
                {reach}
                {account.officeCode !== null && <span className={table.under}>{account.officeCode}</span>}
              </td>
              <td>
                <span className={styles.badges}>
                  <Badge tone={tones[state]} label={t(`state.${state}`)} />
                  {account.hasSecondFactor && <Badge tone="ok" label={t('secondFactor')} />}
                </span>
              </td>
              <td className={table.nowrap}>
                {account.lastSignInAt === null ? t('neverSignedIn') : moment(account.lastSignInAt)}
              </td>
              <td className={table.numeric}>{account.sessions}</td>
              <td>
                <AccountMenu account={account} isOwn={account.id === user.id} onStep={onStep} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
