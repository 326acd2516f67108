import type { Knex } from 'knex';

export async function hasAccounts(transaction: Knex.Transaction): Promise<boolean> {
  return (await transaction('account').first<{ id: string } | undefined>('id')) !== undefined;
}

/** Nobody else makes or changes accounts until the transaction ends: two servers may start on one database at once. */
export async function lockAccounts(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table account in share row exclusive mode');
}

/** Of a demonstration that is complete: its province, and the commune with an office of its own that has most to show. */
export async function findDemoPlace(
  transaction: Knex.Transaction,
): Promise<{ provinceCode: string; communeCode: string; communeName: string; officeCode: string } | undefined> {
  type Row = { provinceCode: string; communeCode: string; communeName: string; officeCode: string };
  const { rows } = await transaction.raw<{ rows: Row[] }>(
    `select province.code as "provinceCode", commune.code as "communeCode", commune.full_name as "communeName",
            office.code as "officeCode"
     from setting
     join province on is_demo
     join office on office.province_code = province.code
     join boundary_set on is_default
     join commune on commune.boundary_set_id = boundary_set.id and commune.code = office.commune_code
     where setting.key = 'demonstration'
     order by (select count(*)
               from incident
               where incident.province_code = province.code and incident.office = office.code) desc, office.code
     limit 1`,
  );
  return rows[0];
}

/** @returns how many. */
export function endDemoSessions(transaction: Knex.Transaction): Promise<number> {
  return transaction('session')
    .whereIn('account_id', transaction('account').select('id').where({ is_demo: true }))
    .delete();
}

/**
 * A real administrator of this name: a new account, or the one that has the name, made anew (the demonstration's own, when
 * DEMO=0 has put it out of use). Whoever had it before is signed out and needs the new password.
 */
export async function makeAdministrator(
  transaction: Knex.Transaction,
  account: { id: string; username: string; passwordHash: string; mustChangePassword: boolean },
): Promise<void> {
  const { id, username, passwordHash, mustChangePassword } = account;
  const columns = {
    display_name: 'Quản trị',
    role: 'admin',
    province_code: null,
    commune_code: null,
    office_code: null,
    password_hash: passwordHash,
    must_change_password: mustChangePassword,
    totp_secret: null,
    totp_step: 0,
    oidc_subject: null,
    is_suspended: false,
    is_demo: false,
    failures: 0,
    failed_at: null,
  };
  const [found] = await transaction('account').where({ username }).update(columns).returning<{ id: string }[]>('id');
  if (found === undefined) await transaction('account').insert({ id, username, ...columns });
  else await transaction('session').where({ account_id: found.id }).delete();
}
