import type { Knex } from 'knex';

/** The number of the last committed change. */
export async function getDataVersion(database: Knex): Promise<number> {
  const row = await database('data_version').first<{ version: number }>('version');
  return row?.version ?? 0;
}

/** Count one committed change: call it last, inside the transaction that makes it. */
export async function raiseDataVersion(transaction: Knex.Transaction): Promise<number> {
  const rows = await transaction('data_version')
    .update({ version: transaction.raw('version + 1'), changed_at: transaction.fn.now() })
    .returning<{ version: number }[]>('version');
  return rows[0]?.version ?? 0;
}
