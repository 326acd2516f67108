import { z } from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { SessionRow } from './sessions.ts';

export const Account = z.object({
  id: z.uuid(),
  username: z.string(),
  displayName: z.string(),
  role: Role,
  provinceCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  /** The office a `commune` account sends files for; null for other roles. */
  officeCode: z.string().nullable(),
  isSuspended: z.boolean(),
  isDemo: z.boolean(),
  mustChangePassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
  sessions: z.number().int(),
});
export type Account = z.output<typeof Account>;

const username = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,49}$/, 'username: 2–50 of a–z, 0–9, "." "_" "-", beginning with a letter or digit');

/** A `commune` account needs communeCode (default set) and officeCode, and is of that commune's province; the others have neither. */
const AccountFields = z.object({
  displayName: z.string().trim().min(1).max(100),
  role: Role,
  provinceCode: z.string().max(20).nullable(),
  communeCode: z.string().max(20).nullable(),
  officeCode: z.string().trim().max(50).nullable(),
});
export const AccountInput = AccountFields.extend({
  username,
  provinceCode: AccountFields.shape.provinceCode.default(null),
  communeCode: AccountFields.shape.communeCode.default(null),
  officeCode: AccountFields.shape.officeCode.default(null),
});

export const listAccounts = endpoint({
  method: 'GET',
  path: '/api/accounts',
  response: z.object({ accounts: z.array(Account) }),
});

/**
 * Create: the initial password is generated, answered once, and must be changed at the first sign-in. Errors: `conflict` for a
 * name in use (details.reason 'username') or an office of another commune ('office_of_another'); `unprocessable` for a place that
 * does not fit the role ('province_needed', 'province_unknown', 'commune_needed', 'commune_unknown', 'commune_not_wanted').
 */
export const postAccount = endpoint({
  method: 'POST',
  path: '/api/accounts',
  body: AccountInput,
  response: z.object({ account: Account, initialPassword: z.string() }),
});

/**
 * Change, suspend or re-scope; takes effect on the account's next request. What is left out stays. Errors: those of `postAccount`;
 * `conflict` ('last_administrator') when no active administrator would be left.
 */
export const patchAccount = endpoint({
  method: 'PATCH',
  path: '/api/accounts/:id',
  params: z.object({ id: z.uuid() }),
  body: AccountFields.partial().extend({ isSuspended: z.boolean().optional() }),
  response: z.object({ account: Account }),
});

/** A new initial password, answered once; second factor off, lock off, all sessions ended. */
export const resetAccountPassword = endpoint({
  method: 'POST',
  path: '/api/accounts/:id/password',
  params: z.object({ id: z.uuid() }),
  response: z.object({ account: Account, initialPassword: z.string() }),
});

export const listAccountSessions = endpoint({
  method: 'GET',
  path: '/api/accounts/:id/sessions',
  params: z.object({ id: z.uuid() }),
  response: z.object({ sessions: z.array(SessionRow) }),
});
/** End all sessions of an account. */
export const revokeAccountSessions = endpoint({
  method: 'DELETE',
  path: '/api/accounts/:id/sessions',
  params: z.object({ id: z.uuid() }),
  response: z.object({ ended: z.number().int() }),
});
