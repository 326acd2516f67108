import type { Role } from '@diemnong/contracts';
import type { Knex } from 'knex';

/** A living session with its account, as sign-in and every request need them. */
export type LiveSession = {
  id: string;
  tokenHash: Buffer;
  expiresAt: Date;
  /** By the database's clock, which all processes share. */
  leftMs: number;
  idleMs: number;
  account: SessionAccount;
};
export type SessionAccount = {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  provinceCode: string | null;
  communeCode: string | null;
  communeName: string | null;
  officeCode: string | null;
  isDemo: boolean;
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
};

/** Every session that is neither over, nor idle for `idleMs`, nor of a suspended account. */
export async function listLiveSessions(transaction: Knex.Transaction, idleMs: number): Promise<LiveSession[]> {
  type Row = Omit<LiveSession, 'account'> & Omit<SessionAccount, 'id'> & { accountId: string };
  const { rows } = await transaction.raw<{ rows: Row[] }>(
    `select session.id, token_hash as "tokenHash", expires_at as "expiresAt",
            (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as "leftMs",
            (extract(epoch from clock_timestamp() - last_seen_at) * 1000)::float8 as "idleMs",
            account.id as "accountId", username, display_name as "displayName", role,
            account.province_code as "provinceCode", account.commune_code as "communeCode",
            commune.full_name as "communeName", office_code as "officeCode", is_demo as "isDemo",
            must_change_password as "mustChangePassword", totp_secret is not null as "hasSecondFactor"
     from session
     join account on account.id = session.account_id
     left join boundary_set on is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = account.commune_code
     where expires_at > clock_timestamp()
       and last_seen_at > clock_timestamp() - :idleMs * interval '1 millisecond'
       and not is_suspended`,
    { idleMs },
  );
  return rows.map(({ id, tokenHash, expiresAt, leftMs, idleMs: idle, accountId, ...account }) => ({
    id,
    tokenHash,
    expiresAt,
    leftMs,
    idleMs: idle,
    account: { id: accountId, ...account },
  }));
}

/** Are there accounts of the demonstration that may sign in? */
export async function hasDemoAccounts(transaction: Knex.Transaction): Promise<boolean> {
  const row = await transaction('account')
    .where({ is_demo: true, is_suspended: false })
    .first<{ id: string } | undefined>('id');
  return row !== undefined;
}

export async function touchSession(transaction: Knex.Transaction, id: string): Promise<void> {
  await transaction('session').where({ id }).update({ last_seen_at: transaction.fn.now() });
}

export type NewSession = {
  id: string;
  accountId: string;
  tokenHash: Buffer;
  address: string;
  userAgent: string;
  lastsMs: number;
};

/** @returns when it ends. */
export async function insertSession(transaction: Knex.Transaction, session: NewSession): Promise<Date> {
  const { rows } = await transaction.raw<{ rows: { expiresAt: Date }[] }>(
    `insert into session (id, account_id, token_hash, address, user_agent, expires_at)
     values (:id, :accountId, :tokenHash, :address, :userAgent, now() + :lastsMs * interval '1 millisecond')
     returning expires_at as "expiresAt"`,
    session,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the session was not inserted');
  return row.expiresAt;
}

/** Give a session another token; the one before opens nothing from now on. */
export async function rotateToken(transaction: Knex.Transaction, id: string, tokenHash: Buffer): Promise<void> {
  await transaction('session').where({ id }).update({ token_hash: tokenHash, last_seen_at: transaction.fn.now() });
}

/** Sessions that are over go when somebody signs in; so do an account's oldest beyond `kept`. */
export async function removeOldSessions(
  transaction: Knex.Transaction,
  accountId: string,
  { kept, idleMs }: { kept: number; idleMs: number },
): Promise<void> {
  await transaction.raw(
    `delete from session
     where expires_at <= now() or last_seen_at <= now() - :idleMs * interval '1 millisecond'
       or id in (select id from session where account_id = :accountId order by created_at desc, id offset :kept)`,
    { accountId, kept, idleMs },
  );
}

export type OwnSession = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string;
  userAgent: string;
};

/** An account's living sessions, newest first. Index: `session_account`. */
export async function listSessionsOf(
  transaction: Knex.Transaction,
  accountId: string,
  idleMs: number,
): Promise<OwnSession[]> {
  const { rows } = await transaction.raw<{ rows: OwnSession[] }>(
    `select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt", address,
            user_agent as "userAgent"
     from session
     where account_id = :accountId and expires_at > now()
       and last_seen_at > now() - :idleMs * interval '1 millisecond'
     order by created_at desc, id`,
    { accountId, idleMs },
  );
  return rows;
}

/** End one session of an account. @returns false when the account has none with this id. */
export async function endSession(transaction: Knex.Transaction, accountId: string, id: string): Promise<boolean> {
  return (await transaction('session').where({ id, account_id: accountId }).delete()) > 0;
}

/** End whichever session a token opens: of the same browser, before it gets another one. */
export async function endSessionByToken(transaction: Knex.Transaction, tokenHash: Buffer): Promise<void> {
  await transaction('session').where({ token_hash: tokenHash }).delete();
}

/** End all sessions of an account, but for one. @returns how many. */
export async function endSessionsOf(
  transaction: Knex.Transaction,
  accountId: string,
  options: { except?: string | null } = {},
): Promise<number> {
  const ended = transaction('session').where({ account_id: accountId });
  if (options.except != null) ended.whereNot({ id: options.except });
  return ended.delete();
}
