import type { Role } from '@diemnong/contracts';
import type { Knex } from 'knex';

export type AccountRow = {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  provinceCode: string | null;
  communeCode: string | null;
  officeCode: string | null;
  isSuspended: boolean;
  isDemo: boolean;
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  /** Living sessions. */
  sessions: number;
};

/** Every account, by name; or the one with this id. */
export async function listAccountRows(
  transaction: Knex.Transaction,
  { idleMs, id = null }: { idleMs: number; id?: string | null },
): Promise<AccountRow[]> {
  const { rows } = await transaction.raw<{ rows: AccountRow[] }>(
    `select id, username, display_name as "displayName", role, province_code as "provinceCode",
            commune_code as "communeCode", office_code as "officeCode", is_suspended as "isSuspended",
            is_demo as "isDemo", must_change_password as "mustChangePassword",
            totp_secret is not null as "hasSecondFactor", created_at as "createdAt",
            last_sign_in_at as "lastSignInAt",
            (select count(*)::int
             from session
             where session.account_id = account.id and expires_at > now()
               and last_seen_at > now() - :idleMs * interval '1 millisecond') as sessions
     from account
     where cast(:id as uuid) is null or id = :id
     order by username`,
    { idleMs, id },
  );
  return rows;
}

/** What an administrator decides of an account. */
export type AccountFields = {
  displayName: string;
  role: Role;
  provinceCode: string | null;
  communeCode: string | null;
  officeCode: string | null;
  isSuspended: boolean;
};

/** @returns false when the name is in use. */
export async function insertAccount(
  transaction: Knex.Transaction,
  {
    id,
    username,
    passwordHash,
    fields,
    mustChangePassword,
    isDemo,
  }: {
    id: string;
    username: string;
    passwordHash: string;
    fields: AccountFields;
    mustChangePassword: boolean;
    isDemo: boolean;
  },
): Promise<boolean> {
  const inserted = await transaction('account')
    .insert({
      id,
      username,
      password_hash: passwordHash,
      must_change_password: mustChangePassword,
      is_demo: isDemo,
      ...toColumns(fields),
    })
    .onConflict('username')
    .ignore()
    .returning<{ id: string }[]>('id');
  return inserted.length > 0;
}

export async function updateAccount(transaction: Knex.Transaction, id: string, fields: AccountFields): Promise<void> {
  await transaction('account').where({ id }).update(toColumns(fields));
}

/** An initial password, without the second factor and the delays of the one before. */
export async function resetCredentials(transaction: Knex.Transaction, id: string, passwordHash: string): Promise<void> {
  await transaction('account').where({ id }).update({
    password_hash: passwordHash,
    must_change_password: true,
    totp_secret: null,
    totp_step: 0,
    failures: 0,
    failed_at: null,
  });
}

/**
 * The administrators that may sign in, locked until the transaction ends: of two at once who take each other's rights away,
 * the second waits here and then sees what the first has done.
 */
export async function lockActiveAdministrators(
  transaction: Knex.Transaction,
  { withDemo }: { withDemo: boolean },
): Promise<string[]> {
  const { rows } = await transaction.raw<{ rows: { id: string }[] }>(
    `select id
     from account
     where role = 'admin' and not is_suspended and (:withDemo or not is_demo)
     order by id
     for update`,
    { withDemo },
  );
  return rows.map(({ id }) => id);
}

/** A commune of the default set with its province; undefined when there is none. */
export async function findCommune(
  transaction: Knex.Transaction,
  code: string,
): Promise<{ provinceCode: string; fullName: string } | undefined> {
  const { rows } = await transaction.raw<{ rows: { provinceCode: string; fullName: string }[] }>(
    `select province_code as "provinceCode", full_name as "fullName"
     from commune
     join boundary_set on boundary_set.id = commune.boundary_set_id and is_default
     where commune.code = :code`,
    { code },
  );
  return rows[0];
}

export async function hasProvince(transaction: Knex.Transaction, code: string): Promise<boolean> {
  return (await transaction('province').where({ code }).first<{ code: string } | undefined>('code')) !== undefined;
}

function toColumns(fields: AccountFields): Record<string, unknown> {
  return {
    display_name: fields.displayName,
    role: fields.role,
    province_code: fields.provinceCode,
    commune_code: fields.communeCode,
    office_code: fields.officeCode,
    is_suspended: fields.isSuspended,
  };
}
