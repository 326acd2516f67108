import { AppError } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { Scope } from '../../access/scope.ts';
import { copyIntoTemporary } from '../../database/bulk-load.ts';
import type { Database } from '../../database/open-database.ts';
import {
  type BatchDiff,
  countDifference,
  createStagedTable,
  findBatch,
  hasLiveRows,
  listOverlaps,
  listTakenReferences,
  type Overlap,
} from './imports-queries.ts';
import { incidentColumns, incidentFile } from './staged-rows.ts';

export type Comparison = {
  /** The batch these rows take the place of, with what that changes. */
  diff: BatchDiff | null;
  /** References that yet another live batch holds → its file's name: these rows must be rejected first; `diff` is not made. */
  taken: Map<string, string>;
};

/** A file that shares this much with a live batch, of its own rows or of that batch's, corrects that batch. */
const CORRECTION_SHARE = 0.5;

/**
 * What the staged rows mean beside the office's live ones, as far as the scope reaches. Nothing is written but a temporary table.
 * @param wanted `auto` finds the batch that is corrected, `none` = it is a new one, else the id of the batch to replace.
 * Errors: `conflict` when that batch cannot be replaced.
 */
export async function compareWithLive(
  db: Database,
  scope: Scope,
  {
    provinceCode,
    office,
    stagedDir,
    accepted,
    wanted,
  }: { provinceCode: string; office: string; stagedDir: string; accepted: number; wanted: string },
): Promise<Comparison> {
  const isNamed = wanted !== 'auto' && wanted !== 'none';
  return db.transaction(scope, async (transaction) => {
    if (isNamed) await requireReplaceable(transaction, wanted, office);
    if (!(await hasLiveRows(transaction, provinceCode, office))) return { diff: null, taken: new Map() };
    await createStagedTable(transaction);
    await copyIntoTemporary(db, transaction, {
      table: 'staged_incident',
      columns: incidentColumns,
      file: incidentFile(stagedDir),
    });
    await transaction.raw('analyze staged_incident');
    const overlaps = await listOverlaps(transaction, provinceCode, office);
    const isCorrected = ({ fileName, shared, own }: Overlap) =>
      fileName !== null && (shared >= CORRECTION_SHARE * accepted || shared >= CORRECTION_SHARE * own);
    const replaced = isNamed ? wanted : wanted === 'auto' ? (overlaps.find(isCorrected)?.id ?? null) : null;
    const taken = overlaps.some(({ id }) => id !== replaced)
      ? await listTakenReferences(transaction, replaced)
      : new Map<string, string>();
    if (replaced === null || taken.size > 0) return { diff: null, taken };
    const batch = await findBatch(transaction, replaced);
    const difference = await countDifference(transaction, replaced);
    return { diff: { replaces: replaced, replacedFileName: batch?.fileName ?? '', ...difference }, taken };
  });
}

async function requireReplaceable(transaction: Knex, id: string, office: string): Promise<void> {
  const batch = await findBatch(transaction, id);
  if (batch?.state === 'committed' && batch.replacedBy === null && batch.office === office) return;
  throw new AppError(
    'conflict',
    'Lô cần thay thế không còn hiệu lực hoặc không thuộc đơn vị này. (The batch to replace is not live, or of another office.)',
    { details: { reason: 'not_replaceable', batch: id } },
  );
}
