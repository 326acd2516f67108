import { IconUserPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StateNotice } from '../../ui/StateNotice.tsx';
import { FailureNotice } from '../session/FailureNotice.tsx';
import { useAccountWords } from '../session/use-account-words.ts';
import { AccountDialog, type AccountStep } from './AccountDialog.tsx';
import { AccountFilters } from './AccountFilters.tsx';
import { AccountTable } from './AccountTable.tsx';
import { type AccountFilter, type AccountSort, accountState, filterAccounts, sortAccounts } from './account-rows.ts';
import styles from './accounts.module.css';
import { useAccounts } from './use-accounts.ts';

const noFilter: AccountFilter = { text: '', role: '', state: '' };

/** Quản trị › Tài khoản: who signs in, as what, how far they reach. */
export function AccountsScreen() {
  const { t } = useTranslation('accounts');
  const { reach } = useAccountWords();
  const { data: accounts, error, retry } = useAccounts();
  const [filter, setFilter] = useState(noFilter);
  const [sort, setSort] = useState<AccountSort>({ by: 'name', isDescending: false });
  const [step, setStep] = useState<AccountStep>();

  const rows = useMemo(
    () => accounts?.map((account) => ({ account, reach: reach(account), state: accountState(account) })),
    [accounts, reach],
  );
  const shown = rows && sortAccounts(filterAccounts(rows, filter), sort);

  return (
    <div className={styles.screen}>
      <div className={styles.toolbar}>
        <AccountFilters filter={filter} onFilter={setFilter} />
        <p className={styles.count} aria-live="polite">
          {shown && rows && t('count', { count: rows.length, shown: shown.length })}
        </p>
        <Button variant="filled" onClick={() => setStep({ kind: 'create' })}>
          <IconUserPlus size="1.125em" aria-hidden />
          {t('create.open')}
        </Button>
      </div>
      {error !== null && <FailureNotice error={error} title={t('failed')} onRetry={retry} />}
      {rows === undefined && error === null && <Skeleton lines={6} />}
      {shown?.length === 0 && (
        <StateNotice
          title={t('none.title')}
          actions={<Button onClick={() => setFilter(noFilter)}>{t('none.clear')}</Button>}
        >
          {t('none.text')}
        </StateNotice>
      )}
      {shown && shown.length > 0 && <AccountTable rows={shown} sort={sort} onSort={setSort} onStep={setStep} />}
      {step && <AccountDialog step={step} onClose={() => setStep(undefined)} />}
    </div>
  );
}
