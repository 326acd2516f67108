import type { ResponseOf, verifyAudit } from '@diemnong/contracts';
import { auditHash, firstHash } from '../../access/audit-hash.ts';
import { type Scope, systemScope } from '../../access/scope.ts';
import type { Database } from '../../database/open-database.ts';
import { type Anchor, readAnchors } from './audit-anchors.ts';
import { findHashes, type LogEnds, listStoredEntries, readEnds, type StoredEntry } from './audit-queries.ts';

export type Verdict = ResponseOf<typeof verifyAudit>;
type Fault = NonNullable<Verdict['fault']>;
type Place = { sequence: number; hash: string };

const PAGE = 5000;

/**
 * Hash the whole log again, entry by entry, and compare it with its head and with the anchors. Each page is a transaction of
 * its own, so writers go on meanwhile and memory stays flat; what they add is left to the next run.
 */
export async function verifyLog(
  db: Pick<Database, 'transaction'>,
  { scope = systemScope, anchors }: { scope?: Scope; anchors: string },
): Promise<Verdict> {
  const ends = await db.transaction(scope, readEnds);
  const chain = await walkChain(db, scope, ends);
  const noted = await compareAnchors(db, scope, ends, anchors);
  return {
    entries: chain.good.sequence,
    head: ends.head.hash,
    anchors: noted.compared,
    fault: chain.fault ?? noted.fault,
  };
}

/** @returns the last entry that fits, and what is wrong with the one after it. */
async function walkChain(
  db: Pick<Database, 'transaction'>,
  scope: Scope,
  { head, first, last }: LogEnds,
): Promise<{ good: Place; fault: Fault | null }> {
  let good: Place = { sequence: 0, hash: firstHash };
  if (first !== null && first < 1) return { good, fault: { sequence: first, reason: 'inserted' } };
  const until = Math.max(head.sequence, last ?? 0);
  for (;;) {
    const after = good.sequence;
    const page = await db.transaction(scope, (transaction) =>
      listStoredEntries(transaction, { after, until, limit: PAGE }),
    );
    for (const entry of page) {
      const fault = findFault(entry, good, head);
      if (fault !== null) return { good, fault };
      good = { sequence: entry.sequence, hash: entry.hash };
    }
    if (page.length < PAGE) break;
  }
  if (good.sequence < head.sequence) return { good, fault: { sequence: good.sequence + 1, reason: 'cut_off' } };
  return { good, fault: good.hash === head.hash ? null : { sequence: head.sequence, reason: 'changed' } };
}

function findFault({ hash, ...fields }: StoredEntry, before: Place, head: Place): Fault | null {
  if (before.sequence >= head.sequence) return { sequence: fields.sequence, reason: 'inserted' };
  if (fields.sequence !== before.sequence + 1) return { sequence: before.sequence + 1, reason: 'missing' };
  if (fields.previousHash !== before.hash || auditHash(fields) !== hash)
    return { sequence: fields.sequence, reason: 'changed' };
  return null;
}

/** The hashes that were noted outside the database, against those that stand in it now. */
async function compareAnchors(
  db: Pick<Database, 'transaction'>,
  scope: Scope,
  { last }: LogEnds,
  file: string,
): Promise<{ compared: number; fault: Fault | null }> {
  let compared = 0;
  let fault: Fault | null = null;
  const compare = async (batch: readonly Anchor[]) => {
    const hashes = await db.transaction(scope, (transaction) =>
      findHashes(
        transaction,
        batch.map(({ sequence }) => sequence),
      ),
    );
    compared += batch.length;
    const wrong = batch.find(({ sequence, hash }) => hashes.get(sequence) !== hash);
    if (wrong === undefined) return;
    fault = hashes.has(wrong.sequence)
      ? { sequence: wrong.sequence, reason: 'changed' }
      : { sequence: Math.min(wrong.sequence, (last ?? 0) + 1), reason: 'cut_off' };
  };
  let batch: Anchor[] = [];
  for await (const anchor of readAnchors(file)) {
    if (batch.push(anchor) < PAGE) continue;
    await compare(batch);
    if (fault !== null) return { compared, fault };
    batch = [];
  }
  if (batch.length > 0) await compare(batch);
  return { compared, fault };
}
