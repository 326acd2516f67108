import { AppError } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { recordAudit } from '../../access/record-audit.ts';
import { scopeKey } from '../../access/scope.ts';
import { bulkLoad } from '../../database/bulk-load.ts';
import { raiseDataVersion } from '../../database/data-version.ts';
import type { Database } from '../../database/open-database.ts';
import { auditedBatch, auditTarget } from './batch-view.ts';
import type { Importer } from './importer.ts';
import {
  type BatchRow,
  deleteBatchRows,
  findBatch,
  findStanding,
  markCommitted,
  markUndone,
  replaceBatch,
  restoreReplaced,
  saveReportMonths,
} from './imports-queries.ts';
import { saveOffice } from './offices-queries.ts';
import { incidentColumns, incidentFile, rowErrorColumns, rowErrorFile } from './staged-rows.ts';

/** Another live batch came first: with the same file, or with references of this one. */
export type CommitConflict = 'same_file' | 'reference_conflict';

/**
 * Make the staged rows of a claimed batch live, all or nothing, as far as the importer reaches.
 * @returns what stood in the way, or null. Errors: `conflict` when the batch it replaces is no longer live, or the office
 * became a commune's since the file was read; `forbidden` when the importer's rights do not reach so far (any more); the
 * database's own.
 */
export async function commitStaged(
  db: Database,
  importer: Importer,
  batch: BatchRow,
  stagedDir: string,
): Promise<CommitConflict | null> {
  const { id, provinceCode, communeCode, office, replaces, summary } = batch;
  const { scope } = importer;
  try {
    await db.transaction(scope, async (transaction) => {
      await requireStanding(transaction, importer);
      await markCommitted(transaction, id);
      if (replaces !== null) await putAside(transaction, replaces, id);
      const mapping = summary.mapping ?? { columns: {}, categories: {} };
      const saved = { provinceCode, communeCode: scope.commune, code: office, mapping };
      const officeCommune = await saveOffice(transaction, saved);
      if (officeCommune !== null && officeCommune !== summary.area?.commune) throw officeMoved(office);
      await bulkLoad(db, transaction, { table: 'incident', columns: incidentColumns, file: incidentFile(stagedDir) });
      if ((summary.rejected ?? 0) > 0) {
        await bulkLoad(db, transaction, {
          table: 'import_row_error',
          columns: rowErrorColumns,
          file: rowErrorFile(stagedDir),
          constants: { province_code: provinceCode, commune_code: communeCode },
        });
      }
      await saveReportMonths(transaction, id, summary.reported ?? { months: [], commune: null }, scope);
      await raiseDataVersion(transaction);
      await recordAudit(transaction, importer, {
        action: 'import.committed',
        target: auditTarget(id),
        after: auditedBatch(batch),
      });
    });
    return null;
  } catch (error) {
    const constraint = violatedKey(error);
    if (constraint === 'import_batch_same_file') return 'same_file';
    if (constraint === 'incident_pkey') return 'reference_conflict';
    throw isBeyondScope(error) ? beyondScope(error) : error;
  }
}

/** An account that was suspended or moved while its file was read commits nothing. */
async function requireStanding(transaction: Knex.Transaction, { accountId, scope }: Importer): Promise<void> {
  if (accountId === null) return;
  const standing = await findStanding(transaction, accountId);
  if (standing === undefined || standing.isSuspended || scopeKey(standing.scope) !== scopeKey(scope))
    throw beyondScope();
}

/** All rows of the batch or none: one that is live only in part could never be undone. */
async function putAside(transaction: Knex.Transaction, replaced: string, by: string): Promise<void> {
  const batch = await findBatch(transaction, replaced, { lock: true });
  if (batch?.state !== 'committed' || batch.replacedBy !== null) throw replacedMeanwhile(replaced);
  requireWhole(batch, await replaceBatch(transaction, replaced, by));
}

function requireWhole({ summary }: BatchRow, rows: number): void {
  if (rows !== summary.accepted) throw beyondScope();
}

/**
 * Take a committed batch back; the one it replaced lives again. Undoing twice changes nothing.
 * @returns false when it was undone before.
 * Errors: `not_found`; `conflict` when it is not committed, was itself replaced, or what it replaced cannot return;
 * `forbidden` when rows of it lie beyond the importer's reach.
 */
export async function undoCommitted(db: Database, importer: Importer, id: string): Promise<boolean> {
  const { scope } = importer;
  try {
    return await db.transaction(scope, async (transaction) => {
      const batch = await findBatch(transaction, id, { lock: true });
      if (batch === undefined) throw noSuchBatch(id);
      if (batch.state === 'undone') return false;
      requireUndoable(batch);
      requireWhole(batch, await deleteBatchRows(transaction, id));
      await markUndone(transaction, id);
      if (batch.replaces !== null) {
        const restored = await findBatch(transaction, batch.replaces);
        if (restored === undefined) throw beyondScope();
        requireWhole(restored, await restoreReplaced(transaction, batch.replaces, id));
        const reported = restored.summary.reported ?? { months: [], commune: null };
        await saveReportMonths(transaction, batch.replaces, reported, scope);
      }
      await raiseDataVersion(transaction);
      await recordAudit(transaction, importer, {
        action: 'import.undone',
        target: auditTarget(id),
        before: auditedBatch(batch),
      });
      return true;
    });
  } catch (error) {
    if (isBeyondScope(error)) throw beyondScope(error);
    if (violatedKey(error) === undefined) throw error;
    throw new AppError(
      'conflict',
      'Không hoàn tác được: một lô khác đã dùng lại số hồ sơ của lô bị thay thế. Hãy hoàn tác lô đó trước. ' +
        '(Another batch holds references of the batch that would return: undo that one first.)',
      { cause: error, details: { reason: 'references_in_use' } },
    );
  }
}

function requireUndoable({ state, replacedBy }: BatchRow): void {
  if (state !== 'committed') {
    throw new AppError('conflict', 'Lô này chưa được ghi nên không có gì để hoàn tác. (The batch is not committed.)', {
      details: { reason: 'not_committed', state },
    });
  }
  if (replacedBy !== null) {
    throw new AppError(
      'conflict',
      'Lô này đã được một lô sau thay thế: hãy hoàn tác lô sau trước. (A later batch replaced this one: undo that one first.)',
      { details: { reason: 'replaced', replacedBy } },
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

function officeMoved(office: string): AppError {
  return new AppError(
    'conflict',
    `Đơn vị "${office}" vừa được giao cho một xã: hãy đọc lại tệp. (The office was given to a commune meanwhile: read the file again.)`,
    { details: { reason: 'office_moved' } },
  );
}

function beyondScope(cause?: unknown): AppError {
  return new AppError(
    'forbidden',
    'Lô này vượt ngoài phạm vi hiện nay của tài khoản: không có gì thay đổi. (The batch reaches beyond the account: nothing was changed.)',
    { cause, details: { reason: 'scope' } },
  );
}

/** Name of the unique key that an error violates (SQLSTATE 23505). */
function violatedKey(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === '23505' ? constraint : undefined;
}

/** A policy refused a row (SQLSTATE 42501, insufficient_privilege). */
function isBeyondScope(error: unknown): boolean {
  return (error as { code?: string }).code === '42501';
}
