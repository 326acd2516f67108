import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { coordinateSystem } from '@diemnong/analysis';
import { AppError, type ImportOptions } from '@diemnong/contracts';
import { recordAudit, serverActor } from '../../access/record-audit.ts';
import { reaches, type Scope, systemScope } from '../../access/scope.ts';
import { syncEmbeddedCluster } from '../../database/sync-cluster.ts';
import { auditedBatch, auditTarget, type BatchView, toBatchView } from './batch-view.ts';
import { noSuchBatch, undoCommitted } from './commit-batch.ts';
import { type Importer, requireOwnOffice } from './importer.ts';
import {
  type BatchOptions,
  type BatchRow,
  claimForCommit,
  deleteUncommitted,
  findBatch,
  listUnfinished,
  refuseInterrupted,
} from './imports-queries.ts';
import { boardOf, findJob, type ImportContext, requireBatch, startJob, type Watcher } from './job-board.ts';
import { commitReviewed, readAndReview } from './read-and-review.ts';
import { incidentFile } from './staged-rows.ts';
import {
  folderAgeMs,
  isOwnedByAnother,
  listStagingFolders,
  makeStagingFolder,
  removeStagingFolder,
  stagingFolder,
} from './staging-folders.ts';

/** A file on disk, ready to be read. `sha256` in hexadecimal is of the bytes as they came. */
export type ImportFile = { path: string; fileName: string; bytes: number; sha256: string };

/**
 * Begin to read a file as a new batch. The work goes on after this returns; `watchBatch` and `describe` tell how far it is.
 * @param wanted options as the office gave them, with their defaults. @param id of a folder made before, for an upload.
 * Errors: `invalid_input` when the declared coordinate system is not known; `forbidden` when the importer may not send files of this office.
 */
export function startImport(
  context: ImportContext,
  importer: Importer,
  file: ImportFile,
  wanted: ReturnType<typeof ImportOptions.parse>,
  id: string = randomUUID(),
): string {
  requireOwnOffice(importer, wanted.office);
  const { scope, accountId } = importer;
  const options: BatchOptions = {
    crs: requireCrs(wanted.crs),
    sheet: wanted.sheet ?? null,
    mapping: wanted.mapping ?? { columns: {}, categories: {} },
    replaces: wanted.replaces,
    commit: wanted.commit,
    sentByCommune: scope.commune,
  };
  const batch: BatchRow = {
    id,
    provinceCode: scope.province ?? '', // an administrator's is known once the communes are
    communeCode: scope.commune,
    accountId,
    office: wanted.office,
    kind: wanted.kind,
    state: 'parsing',
    fileName: file.fileName,
    fileBytes: file.bytes,
    fileSha256: file.sha256,
    options,
    summary: {},
    replaces: null,
    replacedBy: null,
    createdAt: new Date(),
    committedAt: null,
  };
  makeStagingFolder(context.db, id);
  startJob(context, importer, batch, (job) => readAndReview(context, job, file.path));
  return id;
}

/**
 * Read a batch's file again, with another mapping, coordinate system or sheet.
 * Errors: `conflict` when the batch is neither in review nor refused, or its file is no longer kept.
 */
export async function restartImport(
  context: ImportContext,
  importer: Importer,
  id: string,
  path: string,
  changes: Partial<Pick<BatchOptions, 'mapping' | 'crs' | 'sheet'>>,
): Promise<void> {
  await waitWhileSettling(context, importer.scope, id);
  const batch = await requireBatch(context, importer.scope, id);
  if (batch.state !== 'review' && batch.state !== 'refused') {
    throw new AppError(
      'conflict',
      `Lô đang ở trạng thái "${batch.state}": chỉ đọc lại được khi đang xem trước hoặc bị từ chối.`,
      {
        details: { reason: 'not_in_review', state: batch.state },
      },
    );
  }
  if (changes.crs !== undefined) requireCrs(changes.crs);
  const options = { ...batch.options, ...changes, commit: false };
  const communeCode = options.sentByCommune; // another reading may find rows of elsewhere
  const again: BatchRow = { ...batch, state: 'parsing', communeCode, options, summary: {}, replaces: null };
  startJob(context, importer, again, (job) => readAndReview(context, job, path, { isAgain: true }));
}

/** The batch as it stands. Errors: `not_found`. */
export async function describe(context: ImportContext, scope: Scope, id: string): Promise<BatchView> {
  const job = findJob(context, scope, id);
  if (job !== undefined) return toBatchView(job.batch, job.progress);
  return toBatchView(await requireBatch(context, scope, id));
}

/** Batches in the scope that this process works on, whether or not the database knows them yet. */
export function listRunning(context: ImportContext, scope: Scope): BatchView[] {
  return [...boardOf(context.db).jobs.values()]
    .filter(({ batch }) => reaches(scope, batch))
    .map(({ batch, progress }) => toBatchView(batch, progress));
}

/** Hear of every change of a batch that this process works on. @returns how to stop; undefined when it does not work on it. */
export function watchBatch(
  context: ImportContext,
  scope: Scope,
  id: string,
  watcher: Watcher,
): (() => void) | undefined {
  const job = findJob(context, scope, id);
  if (job === undefined) return undefined;
  job.watchers.add(watcher);
  return () => job.watchers.delete(watcher);
}

/** A batch that came to rest may still be on its way into the database: what is asked of it then waits that moment. */
async function waitWhileSettling(context: ImportContext, scope: Scope, id: string): Promise<void> {
  const find = () => findJob(context, scope, id);
  for (let job = find(); job !== undefined && job.batch.state !== 'parsing'; job = find()) await job.done;
}

/** Wait until this process has nothing more to do for a batch. */
export async function settle(context: ImportContext, scope: Scope, id: string): Promise<BatchView> {
  for (let job = findJob(context, scope, id); job !== undefined; job = findJob(context, scope, id)) await job.done;
  return describe(context, scope, id);
}

/**
 * Commit a batch that is in review. A repeated call waits for the first and answers the same.
 * Errors: `not_found`; `conflict` when the batch is not in review; those of `commitStaged` and of the database, and then it
 * is in review again.
 */
export async function commit(context: ImportContext, importer: Importer, id: string): Promise<BatchView> {
  const { scope } = importer;
  await waitWhileSettling(context, scope, id);
  const current = async () => findJob(context, scope, id)?.batch ?? (await requireBatch(context, scope, id));
  const batch = await current();
  if (batch.state === 'committed') return toBatchView(batch);
  const isSameFile = batch.state === 'refused' && batch.summary.error?.code === 'same_file';
  if (isSameFile) return toBatchView(batch);
  if (batch.state === 'review' && !existsSync(incidentFile(stagingFolder(context.db, id)))) {
    throw new AppError(
      'conflict',
      'Các dòng đã đọc của lô này không còn trên máy chủ này: hãy gửi lại tệp. (The rows read are not on this server: send the file again.)',
      { details: { reason: 'file_gone' } },
    );
  }
  const claim = () => context.db.transaction(scope, (transaction) => claimForCommit(transaction, id));
  const isTaken = findJob(context, scope, id) !== undefined || batch.state !== 'review' || !(await claim());
  if (isTaken) {
    const { state } = await current();
    if (state === 'committed' || state === 'committing') return settle(context, scope, id);
    throw new AppError(
      'conflict',
      `Lô đang ở trạng thái "${state}" nên không ghi được. (The batch is not in review.)`,
      {
        details: { reason: 'not_in_review', state },
      },
    );
  }
  const job = startJob(context, importer, { ...batch, state: 'committing' }, (running) =>
    commitReviewed(context, running),
  );
  await job.done;
  if (job.failure !== undefined) throw job.failure;
  return toBatchView(job.batch);
}

/** Take a committed batch back. Errors: see `undoCommitted`. */
export async function undo(context: ImportContext, importer: Importer, id: string): Promise<BatchView> {
  await waitWhileSettling(context, importer.scope, id);
  if (await undoCommitted(context.db, importer, id)) {
    context.version.invalidate();
    await syncEmbeddedCluster(context.db);
  }
  return describe(context, importer.scope, id);
}

/** Forget a batch that was not committed, with its files. Errors: `not_found`; `conflict` when it was committed. */
export async function drop(context: ImportContext, importer: Importer, id: string): Promise<void> {
  const job = findJob(context, importer.scope, id);
  if (job?.batch.state === 'parsing') {
    job.abort.abort(
      new AppError('conflict', 'Lô đã bị bỏ. (The import was dropped.)', { details: { reason: 'dropped' } }),
    );
  }
  await job?.done;
  await context.db.transaction(importer.scope, async (transaction) => {
    const stored = await findBatch(transaction, id);
    const batch = stored ?? job?.batch;
    if (batch === undefined) throw noSuchBatch(id);
    if (stored !== undefined && !(await deleteUncommitted(transaction, id))) {
      throw new AppError('conflict', 'Lô đã được ghi: hãy dùng hoàn tác. (The batch is committed: undo it instead.)', {
        details: { reason: 'committed' },
      });
    }
    const before = auditedBatch(batch);
    await recordAudit(transaction, importer, { action: 'import.dropped', target: auditTarget(id), before });
  });
  await removeStagingFolder(context.db, id);
}

const KEEP_REFUSED_MS = 7 * 86_400_000;

const FOREIGN_AFTER_MS = 86_400_000;

/** A folder without a batch may be an upload that another process is receiving. */
const UPLOAD_MS = 3_600_000;

/**
 * After a start: batches that a dead process left in the middle are refused with the reason, and folders that nobody
 * needs are removed. Batches in review stay: their rows are on disk. Refused files are kept for a week, to be read again.
 * The database itself needs no help: a commit that was cut off has left nothing.
 */
export async function recoverImports({ db, log }: ImportContext): Promise<void> {
  const folders = new Set(await listStagingFolders(db));
  for (const { id, createdAt } of await db.transaction(systemScope, listUnfinished)) {
    // Without a folder here it is the work of another machine, unless it is too old for that.
    const isForeign = !folders.has(id) && Date.now() - createdAt.getTime() < FOREIGN_AFTER_MS;
    if (db.engine === 'server' && (isForeign || (await isOwnedByAnother(db, id)))) continue;
    const message =
      'Máy chủ đã dừng giữa lúc xử lý tệp này; cơ sở dữ liệu giữ nguyên như trước. Hãy nhập lại tệp. ' +
      '(The server stopped while it worked on this file; nothing was changed. Import it again.)';
    const isRefused = await db.transaction(systemScope, async (transaction) => {
      if (!(await refuseInterrupted(transaction, id, { code: 'interrupted', message }))) return false;
      const after = { reason: 'interrupted' };
      await recordAudit(transaction, serverActor, { action: 'import.refused', target: auditTarget(id), after });
      return true;
    });
    if (isRefused) log.warn({ batch: id }, 'an interrupted import was refused');
  }
  for (const id of folders) {
    if (db.engine === 'server' && (await isOwnedByAnother(db, id))) continue;
    const batch = isUuid(id)
      ? await db.transaction(systemScope, (transaction) => findBatch(transaction, id))
      : undefined;
    if (db.engine === 'server' && batch === undefined && (await folderAgeMs(db, id)) < UPLOAD_MS) continue;
    const isKept =
      batch?.state === 'review' || (batch?.state === 'refused' && (await folderAgeMs(db, id)) < KEEP_REFUSED_MS);
    const isInterrupted = batch?.summary.error?.code === 'interrupted';
    if (!isKept || isInterrupted) await removeStagingFolder(db, id);
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

function requireCrs(crs: string): string {
  if (crs === 'auto') return crs;
  try {
    coordinateSystem(crs);
    return crs;
  } catch (cause) {
    throw new AppError('invalid_input', `crs: ${(cause as Error).message}`, { cause });
  }
}
