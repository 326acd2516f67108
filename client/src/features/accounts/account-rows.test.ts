import type { Account } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { type AccountRow, accountState, filterAccounts, sortAccounts } from './account-rows.ts';

const everything = { text: '', role: '', state: '' } as const;
const rows = [
  row(
    { username: 'xa.viettrung', displayName: 'Trần Đức An', role: 'commune', officeCode: 'CAX-00123' },
    'Phường Việt Trung',
  ),
  row(
    { username: 'thammuu', displayName: 'Phòng tham mưu', role: 'province', lastSignInAt: '2026-10-01T08:00:00Z' },
    'Toàn bộ Tỉnh Mẫu',
  ),
  row(
    {
      username: 'khach',
      displayName: 'Đại biểu',
      role: 'viewer',
      isSuspended: true,
      lastSignInAt: '2026-09-01T08:00:00Z',
    },
    'Số liệu công bố',
  ),
];
const names = (found: readonly AccountRow[]) => found.map(({ account }) => account.username);

test('finds names, communes and offices typed without accents', () => {
  expect(names(filterAccounts(rows, { ...everything, text: 'duc' }))).toEqual(['xa.viettrung']);
  expect(names(filterAccounts(rows, { ...everything, text: 'viet trung' }))).toEqual(['xa.viettrung']);
  expect(names(filterAccounts(rows, { ...everything, text: 'cax 00123' }))).toEqual(['xa.viettrung']);
  expect(names(filterAccounts(rows, { ...everything, text: 'không có' }))).toEqual([]);
});

test('filters by role and by state', () => {
  expect(names(filterAccounts(rows, { ...everything, role: 'province' }))).toEqual(['thammuu']);
  expect(names(filterAccounts(rows, { ...everything, state: 'suspended' }))).toEqual(['khach']);
  expect(filterAccounts(rows, everything)).toHaveLength(3);
});

test('sorts by what is read, in the order of the Vietnamese alphabet', () => {
  expect(names(sortAccounts(rows, { by: 'name', isDescending: false }))).toEqual(['khach', 'thammuu', 'xa.viettrung']);
  expect(names(sortAccounts(rows, { by: 'lastSignIn', isDescending: true }))).toEqual([
    'thammuu',
    'khach',
    'xa.viettrung',
  ]);
  expect(names(sortAccounts(rows, { by: 'role', isDescending: false }))).toEqual(['thammuu', 'xa.viettrung', 'khach']);
});

test('a suspended account is suspended first of all', () => {
  expect(accountState({ ...account({}), isSuspended: true, mustChangePassword: true })).toBe('suspended');
  expect(accountState({ ...account({}), mustChangePassword: true })).toBe('initial');
});

function row(part: Partial<Account>, reach: string): AccountRow {
  return { account: account(part), reach, state: accountState(account(part)) };
}

function account(part: Partial<Account>): Account {
  return {
    id: crypto.randomUUID(),
    username: '',
    displayName: '',
    role: 'viewer',
    provinceCode: '98',
    communeCode: null,
    officeCode: null,
    isSuspended: false,
    isDemo: false,
    mustChangePassword: false,
    hasSecondFactor: false,
    createdAt: '2026-01-01T00:00:00Z',
    lastSignInAt: null,
    sessions: 0,
    ...part,
  };
}
