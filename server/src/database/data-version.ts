import type { Knex } from 'knex';

/** `data` rises with every committed change of what is shown, `access` with every change of who may see it. */
export type Versions = { data: number; access: number };

/** The numbers of the last committed changes. */
export async function getVersions(database: Knex): Promise<Versions> {
  const row = await database('data_version').first<Versions | undefined>({ data: 'version', access: 'access' });
  return row ?? { data: 0, access: 0 };
}

/** Count one committed change: call it last, inside the transaction that makes it. */
export async function raiseDataVersion(transaction: Knex.Transaction): Promise<number> {
  const rows = await transaction('data_version')
    .update({ version: transaction.raw('version + 1'), changed_at: transaction.fn.now() })
    .returning<{ version: number }[]>('version');
  return rows[0]?.version ?? 0;
}

/** The same for a change of accounts, sessions or rights: every process then looks again before it believes a cookie. */
export async function raiseAccessVersion(transaction: Knex.Transaction): Promise<void> {
  await transaction('data_version').update({ access: transaction.raw('access + 1') });
}
