import { type Account, AccountInput, type Role } from '@diemnong/contracts';

/** An account while it is being written. Fields that the role does not need are kept, so that trying another role loses nothing. */
export type AccountDraft = {
  username: string;
  displayName: string;
  role: Role;
  provinceCode: string;
  communeCode: string;
  officeCode: string;
};

export type DraftField = 'username' | 'displayName' | 'provinceCode' | 'communeCode' | 'officeCode';

/** Which fields decide how far a role reaches. The province of a commune account is that of its commune. */
export function fieldsOf(role: Role): readonly DraftField[] {
  if (role === 'admin') return ['username', 'displayName'];
  if (role === 'commune') return ['username', 'displayName', 'communeCode', 'officeCode'];
  return ['username', 'displayName', 'provinceCode'];
}

/** Fields that are missing or malformed, in the order of the form. */
export function faultsOf(draft: AccountDraft): DraftField[] {
  const isWrong = {
    username: !AccountInput.shape.username.safeParse(draft.username).success,
    displayName: draft.displayName.trim() === '',
    provinceCode: draft.provinceCode === '',
    communeCode: draft.communeCode === '',
    officeCode: draft.officeCode.trim() === '',
  };
  return fieldsOf(draft.role).filter((field) => isWrong[field]);
}

/** What is sent: fields that the role does not have are null, whatever was typed before. */
export function toInput(draft: AccountDraft) {
  const { role } = draft;
  return {
    username: draft.username,
    displayName: draft.displayName.trim(),
    role,
    provinceCode: role === 'admin' ? null : draft.provinceCode,
    communeCode: role === 'commune' ? draft.communeCode : null,
    officeCode: role === 'commune' ? draft.officeCode.trim() : null,
  };
}

export function draftOf(account: Account | undefined, onlyProvince: string | undefined): AccountDraft {
  return {
    username: account?.username ?? '',
    displayName: account?.displayName ?? '',
    role: account?.role ?? 'commune',
    provinceCode: account?.provinceCode ?? onlyProvince ?? '',
    communeCode: account?.communeCode ?? '',
    officeCode: account?.officeCode ?? '',
  };
}
