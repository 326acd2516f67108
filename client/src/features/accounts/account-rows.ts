import { type Account, type Role, roles } from '@diemnong/contracts';
import type { Sort } from '../../ui/sort.ts';
import { searchKey } from '../search/search-key.ts';

export type AccountState = 'active' | 'suspended' | 'initial';
export type AccountSort = Sort<'name' | 'role' | 'reach' | 'state' | 'lastSignIn'>;
export type AccountFilter = { text: string; role: Role | ''; state: AccountState | '' };

/** An account as the table shows it: `reach` in words, so that it can be searched and sorted by what is read. */
export type AccountRow = { account: Account; reach: string; state: AccountState };

export function accountState({ isSuspended, mustChangePassword }: Account): AccountState {
  return isSuspended ? 'suspended' : mustChangePassword ? 'initial' : 'active';
}

/** Rows that hold every word typed, in any of name, username, scope and office, accents aside. */
export function filterAccounts(rows: readonly AccountRow[], { text, role, state }: AccountFilter): AccountRow[] {
  const words = searchKey(text).split(' ');
  return rows.filter(({ account, reach, state: own }) => {
    const key = searchKey([account.displayName, account.username, reach, account.officeCode ?? ''].join(' '));
    return (
      (role === '' || account.role === role) &&
      (state === '' || own === state) &&
      words.every((word) => key.includes(word))
    );
  });
}

/** Sorted by one column, equal ones by name; accounts that never signed in come before the rest in time. */
export function sortAccounts(rows: readonly AccountRow[], { by, isDescending }: AccountSort): AccountRow[] {
  const sign = isDescending ? -1 : 1;
  const byName = (a: AccountRow, b: AccountRow) => a.account.displayName.localeCompare(b.account.displayName, 'vi');
  const compare = {
    name: byName,
    role: (a: AccountRow, b: AccountRow) => roles.indexOf(a.account.role) - roles.indexOf(b.account.role),
    reach: (a: AccountRow, b: AccountRow) => a.reach.localeCompare(b.reach, 'vi'),
    state: (a: AccountRow, b: AccountRow) => a.state.localeCompare(b.state),
    lastSignIn: (a: AccountRow, b: AccountRow) =>
      (a.account.lastSignInAt ?? '').localeCompare(b.account.lastSignInAt ?? ''),
  }[by];
  return [...rows].sort((a, b) => sign * compare(a, b) || byName(a, b));
}
