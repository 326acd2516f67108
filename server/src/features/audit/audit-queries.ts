import type { AuditEntry, AuditFilter } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { AuditFields } from '../../access/audit-hash.ts';

/** Written out here and nowhere else: what is hashed must read back to the letter. */
const atText = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** How many entries a filter finds. Index: `audit_event_at` for a period; the other parts look at every entry of it. */
export async function countEntries(transaction: Knex, filter: AuditFilter): Promise<number> {
  const row = await matching(transaction, filter).count<{ count: number }>('* as count').first();
  return row?.count ?? 0;
}

/** Entries a filter finds, newest first, those before a sequence number. Index: the primary key, backwards. */
export async function listEntries(
  transaction: Knex,
  filter: AuditFilter,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<AuditEntry[]> {
  const query = matching(transaction, filter)
    .select('sequence', 'username', 'role', 'address', 'action', 'target', 'before', 'after', 'hash')
    .select(transaction.raw(`${atText} as at`))
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (before !== undefined) query.where('sequence', '<', before);
  return query;
}

function matching(transaction: Knex, { from, to, action, username, text }: AuditFilter): Knex.QueryBuilder {
  const query = transaction('audit_event');
  if (from !== undefined) query.where('at', '>=', localMidnight(from));
  if (to !== undefined) query.where('at', '<', localMidnight(to));
  if (action !== undefined) query.where({ action });
  if (username !== undefined) query.where({ username });
  if (text !== undefined)
    query.whereRaw(`strpos(lower(concat_ws(chr(10), username, target, address)), lower(:wanted)) > 0`, {
      wanted: text,
    });
  return query;
}

/** Viet Nam keeps UTC+7 all year. */
function localMidnight(day: string): string {
  return `${day}T00:00:00+07:00`;
}

/** Where the log begins and ends, in one statement and so of one moment: by its head and by its entries. */
export type LogEnds = {
  head: { sequence: number; hash: string };
  /** Lowest and highest sequence number; null while there is no entry. */
  first: number | null;
  last: number | null;
};

export async function readEnds(transaction: Knex): Promise<LogEnds> {
  const { rows } = await transaction.raw<{ rows: (LogEnds['head'] & Omit<LogEnds, 'head'>)[] }>(
    `select sequence, hash, (select min(sequence) from audit_event) as first, (select max(sequence) from audit_event) as last
     from audit_head`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('audit_head is empty: the log has lost its end');
  return { head: { sequence: row.sequence, hash: row.hash }, first: row.first, last: row.last };
}

/** An entry as it was hashed, and the hash it carries. */
export type StoredEntry = AuditFields & { hash: string };

/** Entries after a sequence number and up to another, in order, to be hashed again. Index: the primary key. */
export async function listStoredEntries(
  transaction: Knex,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<StoredEntry[]> {
  const { rows } = await transaction.raw<{ rows: StoredEntry[] }>(
    `select previous_hash as "previousHash", sequence, ${atText} as at, account_id::text as "accountId", username, role,
            address, action, target, before::text as before, after::text as after, hash
     from audit_event
     where sequence > :after and sequence <= :until
     order by sequence
     limit :limit`,
    { after, until, limit },
  );
  return rows;
}

/** Hashes of single entries, by sequence number. */
export async function findHashes(transaction: Knex, sequences: readonly number[]): Promise<Map<number, string>> {
  const rows = await transaction('audit_event')
    .whereIn('sequence', sequences)
    .select<{ sequence: number; hash: string }[]>('sequence', 'hash');
  return new Map(rows.map(({ sequence, hash }) => [sequence, hash]));
}
