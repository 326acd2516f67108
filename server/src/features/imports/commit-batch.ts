import { AppError } from '@diemnong/contracts';
import { bulkLoad } from '../../database/bulk-load.ts';
import { raiseDataVersion } from '../../database/data-version.ts';
import type { Database } from '../../database/open-database.ts';
import {
  type BatchRow,
  deleteBatchRows,
  findBatch,
  markCommitted,
  markUndone,
  replaceBatch,
  restoreReplaced,
  saveOffice,
  saveReportMonths,
} from './imports-queries.ts';
import { incidentColumns, incidentFile, rowErrorColumns, rowErrorFile } from './staged-rows.ts';

/** Another live batch came first: with the same file, or with references of this one. */
export type CommitConflict = 'same_file' | 'reference_conflict';

/**
 * Make the staged rows of a claimed batch live, all or nothing.
 * @returns what stood in the way, or null. Errors: `conflict` when the batch it replaces is no longer live; the database's own.
 */
export async function commitStaged(db: Database, batch: BatchRow, stagedDir: string): Promise<CommitConflict | null> {
  const { id, provinceCode, office, replaces, summary } = batch;
  try {
    await db.knex.transaction(async (transaction) => {
      await markCommitted(transaction, id);
      if (replaces !== null) {
        const replaced = await findBatch(transaction, replaces, { lock: true });
        if (replaced?.state !== 'committed' || replaced.replacedBy !== null) throw replacedMeanwhile(replaces);
        await replaceBatch(transaction, replaces, id);
      }
      await saveOffice(transaction, { provinceCode, office, mapping: summary.mapping ?? null });
      await bulkLoad(db, transaction, { table: 'incident', columns: incidentColumns, file: incidentFile(stagedDir) });
      if ((summary.rejected ?? 0) > 0) {
        await bulkLoad(db, transaction, {
          table: 'import_row_error',
          columns: rowErrorColumns,
          file: rowErrorFile(stagedDir),
        });
      }
      await saveReportMonths(transaction, id, summary.reported ?? { months: [], commune: null });
      await raiseDataVersion(transaction);
    });
    return null;
  } catch (error) {
    const constraint = violatedKey(error);
    if (constraint === 'import_batch_same_file') return 'same_file';
    if (constraint === 'incident_pkey') return 'reference_conflict';
    throw error;
  }
}

/**
 * Take a committed batch back; the one it replaced lives again. Undoing twice changes nothing.
 * @returns false when it was undone before.
 * Errors: `not_found`; `conflict` when it is not committed, was itself replaced, or what it replaced cannot return.
 */
export async function undoCommitted(db: Database, id: string): Promise<boolean> {
  try {
    return await db.knex.transaction(async (transaction) => {
      const batch = await findBatch(transaction, id, { lock: true });
      if (batch === undefined) throw noSuchBatch(id);
      if (batch.state === 'undone') return false;
      if (batch.state !== 'committed') {
        throw new AppError(
          'conflict',
          'Lô này chưa được ghi nên không có gì để hoàn tác. (The batch is not committed.)',
          {
            details: { reason: 'not_committed', state: batch.state },
          },
        );
      }
      if (batch.replacedBy !== null) {
        throw new AppError(
          'conflict',
          'Lô này đã được một lô sau thay thế: hãy hoàn tác lô sau trước. (A later batch replaced this one: undo that one first.)',
          { details: { reason: 'replaced', replacedBy: batch.replacedBy } },
        );
      }
      await deleteBatchRows(transaction, id);
      await markUndone(transaction, id);
      if (batch.replaces !== null) {
        await restoreReplaced(transaction, batch.replaces, id);
        const restored = await findBatch(transaction, batch.replaces);
        await saveReportMonths(
          transaction,
          batch.replaces,
          restored?.summary.reported ?? { months: [], commune: null },
        );
      }
      await raiseDataVersion(transaction);
      return true;
    });
  } catch (error) {
    if (violatedKey(error) === undefined) throw error;
    throw new AppError(
      'conflict',
      'Không hoàn tác được: một lô khác đã dùng lại số hồ sơ của lô bị thay thế. Hãy hoàn tác lô đó trước. ' +
        '(Another batch holds references of the batch that would return: undo that one first.)',
      { cause: error, details: { reason: 'references_in_use' } },
    );
  }
}

export function noSuchBatch(id: string): AppError {
  return new AppError('not_found', `Không có lô nhập ${id}. (There is no such import.)`);
}

function replacedMeanwhile(id: string): AppError {
  return new AppError(
    'conflict',
    'Lô mà tệp này thay thế vừa bị thay đổi: hãy đọc lại tệp. (The batch to be replaced has changed: read the file again.)',
    { details: { reason: 'not_replaceable', batch: id } },
  );
}

/** Name of the unique key that an error violates (SQLSTATE 23505). */
function violatedKey(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' ? constraint : undefined;
}
