import { AppError, type AreaType, type H3Res } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Identity } from '../../access/identity.ts';
import type { Scope } from '../../access/scope.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { noSuchCandidate } from './area-candidates-handlers.ts';
import { insertCandidateDecision, listCellsOfArea } from './area-candidates-queries.ts';
import { fromKey } from './joined-cells.ts';
import { CANDIDATE_RULE, holdsSameCells, type MeasuredCandidate, measureCandidates } from './measured-candidates.ts';

export type TakenCandidate = MeasuredCandidate & { from: string; to: string; res: H3Res };

/**
 * The suggestion that a key names, as the data within reach make it now. Call it before the transaction that takes it: it reads the
 * snapshot, and on the embedded engine nothing else runs inside a transaction.
 * Errors: `invalid_input` for a text that is no key; `conflict` when the data no longer make it.
 */
export async function findCandidate(store: SnapshotStore, scope: Scope, key: string): Promise<TakenCandidate> {
  const asked = fromKey(key);
  if (asked === undefined)
    throw new AppError(
      'invalid_input',
      `candidate: không phải mã đề xuất. (Got "${key}", expected the key of a suggestion.)`,
    );
  const { type, res, from, to } = asked as { type: AreaType; res: H3Res; from: string; to: string };
  const found = await store.read(scope, (source) => measureCandidates(store, scope, source, { type, res, from, to }));
  const candidate = found.find((candidate) => candidate.key === key);
  if (candidate === undefined) throw noSuchCandidate(key);
  return { ...candidate, from, to, res };
}

/**
 * Keep that an area was made from a suggestion, inside the transaction that makes it: accepted when the area has its cells, changed
 * otherwise. The entry in the log is the area's own.
 */
export async function recordCandidateTaken(
  transaction: Knex.Transaction,
  { accountId, username }: Pick<Identity, 'accountId' | 'username'>,
  candidate: TakenCandidate,
  areaId: string,
): Promise<void> {
  const cells = await listCellsOfArea(transaction, areaId);
  await insertCandidateDecision(transaction, {
    ...candidate,
    communeCode: candidate.communes[0].code,
    rule: CANDIDATE_RULE,
    decision: holdsSameCells(cells, candidate) ? 'accepted' : 'changed',
    reason: null,
    areaId,
    accountId,
    username,
  });
}
