import { AccountInput } from '@diemnong/contracts';
import { expect, test } from 'vitest';
import { type AccountDraft, draftOf, faultsOf, toInput } from './account-draft.ts';

const draft: AccountDraft = {
  username: 'xa.viettrung',
  displayName: ' Công an phường Việt Trung ',
  role: 'commune',
  provinceCode: '98',
  communeCode: '98001',
  officeCode: 'CAX-98001',
};

test('a role decides which fields are sent', () => {
  expect(toInput(draft)).toMatchObject({
    displayName: 'Công an phường Việt Trung',
    communeCode: '98001',
    officeCode: 'CAX-98001',
  });
  expect(toInput({ ...draft, role: 'province' })).toMatchObject({
    provinceCode: '98',
    communeCode: null,
    officeCode: null,
  });
  expect(toInput({ ...draft, role: 'admin' })).toMatchObject({
    provinceCode: null,
    communeCode: null,
    officeCode: null,
  });
});

test('what is sent fits the contract', () => {
  expect(AccountInput.parse(toInput(draft))).toEqual(toInput(draft));
});

test('names what is missing, for this role only', () => {
  const empty = draftOf(undefined, undefined);
  expect(faultsOf(empty)).toEqual(['username', 'displayName', 'communeCode', 'officeCode']);
  expect(faultsOf({ ...empty, role: 'viewer' })).toEqual(['username', 'displayName', 'provinceCode']);
  expect(faultsOf({ ...draft, username: 'Xã Việt Trung' })).toEqual(['username']);
  expect(faultsOf(draft)).toEqual([]);
});

test('the only province is taken without asking', () => {
  expect(draftOf(undefined, '98').provinceCode).toBe('98');
});
