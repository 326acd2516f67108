import { randomUUID } from 'node:crypto';
import { auditActions } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { type Actor, recordAudit, serverActor } from '../../server/src/access/record-audit.ts';
import { systemScope } from '../../server/src/access/scope.ts';
import type { Database } from '../../server/src/database/open-database.ts';

type Transactions = Pick<Database, 'transaction'>;

export const planner: Actor = {
  accountId: randomUUID(),
  username: 'tran.thi.hoa',
  role: 'planner',
  address: '10.0.0.7',
};

/** Entries of every kind: with and without account, before and after. */
export async function addEntries(db: Transactions, count: number): Promise<void> {
  for (let i = 0; i < count; i++)
    await db.transaction(systemScope, (transaction) =>
      recordAudit(transaction, i % 3 === 0 ? serverActor : planner, {
        action: auditActions[i % auditActions.length],
        target: `import/${i}`,
        before: i % 4 === 0 ? undefined : { name: `Xã Đồng Tháp ${i}`, cutoff: i },
        after: i % 5 === 0 ? undefined : { name: `Xã "Mỹ Phước" ${i}`, parts: [1, null, true] },
      }),
    );
}

/**
 * What a database administrator can do: the trigger off and a change; then look at the log as it would be. Nothing of it stays.
 */
export async function tampered<Seen>(
  owner: Knex,
  change: (transaction: Knex.Transaction) => Promise<unknown>,
  look: (db: Transactions) => Promise<Seen>,
): Promise<Seen> {
  const transaction = await owner.transaction();
  try {
    await transaction.raw('alter table audit_event disable trigger audit_event_append_only');
    await change(transaction);
    return await look({ transaction: async (_, work) => work(transaction) });
  } finally {
    await transaction.rollback();
  }
}
