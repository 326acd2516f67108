import { randomUUID } from 'node:crypto';
import {
  type Account,
  AppError,
  type listAccountSessions,
  type listAccounts,
  type ParsedRequestOf,
  type patchAccount,
  type postAccount,
  type ResponseOf,
  type resetAccountPassword,
  type revokeAccountSessions,
} from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import { hashPassword } from '../../access/password-hash.ts';
import { generatePassword } from '../../access/passwords.ts';
import { type Actor, recordAudit } from '../../access/record-audit.ts';
import type { Scope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import { raiseAccessVersion } from '../../database/data-version.ts';
import type { Database } from '../../database/open-database.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { idleMs } from '../sessions/session-rules.ts';
import { toSessionRow } from '../sessions/session-view.ts';
import { endSessionsOf, listSessionsOf } from '../sessions/sessions-queries.ts';
import { settlePlace } from './account-place.ts';
import {
  type AccountFields,
  type AccountRow,
  insertAccount,
  listAccountRows,
  lockActiveAdministrators,
  resetCredentials,
  updateAccount,
} from './accounts-queries.ts';

export async function listAllAccounts(
  { db }: AppContext,
  identity: Identity,
): Promise<ResponseOf<typeof listAccounts>> {
  const rows = await db.transaction(identity.scope, (transaction) => listAccountRows(transaction, { idleMs }));
  return { accounts: rows.map(toAccount) };
}

export async function createAccount(
  { db, sessions }: AppContext,
  { username, ...input }: ParsedRequestOf<typeof postAccount>['body'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof postAccount>> {
  const id = randomUUID();
  const initialPassword = generatePassword();
  const passwordHash = await hashPassword(initialPassword);
  const account = await db.transaction(identity.scope, async (transaction) => {
    const fields = await settlePlace(transaction, { ...input, isSuspended: false });
    const isNew = await insertAccount(transaction, {
      id,
      username,
      passwordHash,
      fields,
      mustChangePassword: true,
      isDemo: false,
    });
    if (!isNew)
      throw new AppError('conflict', `Tên đăng nhập "${username}" đã có. (The name is in use.)`, {
        details: { reason: 'username' },
      });
    await raiseAccessVersion(transaction);
    const created = await requireAccount(transaction, id);
    await recordAudit(transaction, identity, {
      action: 'account.created',
      target: `account/${username}`,
      after: fields,
    });
    return created;
  });
  await sessions.reload();
  return { account: toAccount(account), initialPassword };
}

/** What decides how far an account sees: when it changes, its sessions end, and streams and jobs that began under it. */
const decisive = ['role', 'provinceCode', 'communeCode', 'officeCode', 'isSuspended'] as const;

export async function changeAccount(
  { db, sessions, configuration }: AppContext,
  id: string,
  changes: ParsedRequestOf<typeof patchAccount>['body'],
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof patchAccount>> {
  const account = await db.transaction(identity.scope, async (transaction) => {
    // First, and for every change: two administrators at once then stand in line.
    const administrators = await lockActiveAdministrators(transaction, { withDemo: configuration.demo !== false });
    const row = await requireAccount(transaction, id);
    const before = fieldsOf(row);
    const after = await settlePlace(transaction, merge(before, changes));
    const staysAdministrator = after.role === 'admin' && !after.isSuspended;
    if (administrators.includes(id) && !staysAdministrator && administrators.length === 1)
      throw new AppError(
        'conflict',
        'Đây là quản trị viên cuối cùng đang hoạt động: hãy lập một quản trị viên khác trước. (The last active administrator.)',
        { details: { reason: 'last_administrator' } },
      );
    const names = (Object.keys(after) as (keyof AccountFields)[]).filter((name) => after[name] !== before[name]);
    if (names.length === 0) return row;
    await updateAccount(transaction, id, after);
    if (decisive.some((name) => names.includes(name))) await endSessionsOf(transaction, id);
    await raiseAccessVersion(transaction);
    const changed = await requireAccount(transaction, id);
    const pick = (fields: AccountFields) => Object.fromEntries(names.map((name) => [name, fields[name]]));
    await recordAudit(transaction, identity, {
      action: !names.includes('isSuspended')
        ? 'account.changed'
        : after.isSuspended
          ? 'account.suspended'
          : 'account.restored',
      target: `account/${row.username}`,
      before: pick(before),
      after: pick(after),
    });
    return changed;
  });
  await sessions.reload();
  return { account: toAccount(account) };
}

export async function resetPassword(
  { db, sessions }: AppContext,
  id: string,
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof resetAccountPassword>> {
  const answer = await giveInitialPassword(db, id, identity);
  await sessions.reload();
  return answer;
}

/** The way back in, for the screen and for `npm run account`. Errors: `not_found`. */
export async function giveInitialPassword(
  db: Database,
  id: string,
  by: Actor & { scope: Scope },
): Promise<{ account: Account; initialPassword: string }> {
  const initialPassword = generatePassword();
  const passwordHash = await hashPassword(initialPassword);
  const account = await db.transaction(by.scope, async (transaction) => {
    const { username } = await requireAccount(transaction, id);
    await resetCredentials(transaction, id, passwordHash);
    await endSessionsOf(transaction, id);
    await raiseAccessVersion(transaction);
    const changed = await requireAccount(transaction, id);
    await recordAudit(transaction, by, { action: 'account.password_reset', target: `account/${username}` });
    return changed;
  });
  return { account: toAccount(account), initialPassword };
}

export async function describeAccountSessions(
  { db }: AppContext,
  id: string,
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof listAccountSessions>> {
  const found = await db.transaction(identity.scope, async (transaction) => {
    await requireAccount(transaction, id);
    return listSessionsOf(transaction, id, idleMs);
  });
  return { sessions: found.map((session) => toSessionRow(session, identity.sessionId)) };
}

export async function endAccountSessions(
  { db, sessions }: AppContext,
  id: string,
  { identity }: SignedInContext,
): Promise<ResponseOf<typeof revokeAccountSessions>> {
  const ended = await db.transaction(identity.scope, async (transaction) => {
    const { username } = await requireAccount(transaction, id);
    const count = await endSessionsOf(transaction, id);
    await raiseAccessVersion(transaction);
    await recordAudit(transaction, identity, {
      action: 'session.revoked',
      target: `account/${username}`,
      after: { sessions: count },
    });
    return count;
  });
  await sessions.reload();
  return { ended };
}

/** Errors: `not_found`. */
async function requireAccount(transaction: Knex.Transaction, id: string): Promise<AccountRow> {
  const [row] = await listAccountRows(transaction, { idleMs, id });
  if (row === undefined) throw new AppError('not_found', 'Không có tài khoản này. (There is no such account.)');
  return row;
}

/** A role that works in no commune drops the one the account had, unless the change names one, which is then refused. */
function merge(before: AccountFields, changes: ParsedRequestOf<typeof patchAccount>['body']): AccountFields {
  const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const isOfCommune = (changes.role ?? before.role) === 'commune';
  return { ...before, ...(isOfCommune ? {} : { communeCode: null, officeCode: null }), ...named };
}

function fieldsOf({
  displayName,
  role,
  provinceCode,
  communeCode,
  officeCode,
  isSuspended,
}: AccountRow): AccountFields {
  return { displayName, role, provinceCode, communeCode, officeCode, isSuspended };
}

export function toAccount({ createdAt, lastSignInAt, ...row }: AccountRow): Account {
  return { ...row, createdAt: createdAt.toISOString(), lastSignInAt: lastSignInAt?.toISOString() ?? null };
}
