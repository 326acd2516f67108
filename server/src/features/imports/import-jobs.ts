import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { coordinateSystem } from '@diemnong/analysis';
import { AppError, type ImportOptions } from '@diemnong/contracts';
import { syncEmbeddedCluster } from '../../database/sync-cluster.ts';
import { type BatchView, toBatchView } from './batch-view.ts';
import { noSuchBatch, undoCommitted } from './commit-batch.ts';
import {
  type BatchOptions,
  type BatchRow,
  claimForCommit,
  deleteUncommitted,
  findBatch,
  listUnfinished,
  refuseInterrupted,
} from './imports-queries.ts';
import { boardOf, type ImportContext, requireBatch, startJob, type Watcher } from './job-board.ts';
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
 * Errors: `invalid_input` when the declared coordinate system is not known.
 */
export function startImport(
  context: ImportContext,
  file: ImportFile,
  wanted: ReturnType<typeof ImportOptions.parse>,
  id: string = randomUUID(),
): string {
  const options: BatchOptions = {
    crs: requireCrs(wanted.crs),
    sheet: wanted.sheet ?? null,
    mapping: wanted.mapping ?? { columns: {}, categories: {} },
    replaces: wanted.replaces,
    commit: wanted.commit,
  };
  const batch: BatchRow = {
    id,
    provinceCode: '',
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
  startJob(context, batch, (job) => readAndReview(context, job, file.path));
  return id;
}

/**
 * Read a batch's file again, with another mapping, coordinate system or sheet.
 * Errors: `conflict` when the batch is neither in review nor refused, or its file is no longer kept.
 */
export async function restartImport(
  context: ImportContext,
  id: string,
  path: string,
  changes: Partial<Pick<BatchOptions, 'mapping' | 'crs' | 'sheet'>>,
): Promise<void> {
  await waitWhileSettling(context, id);
  const batch = await requireBatch(context, id);
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
  const again: BatchRow = { ...batch, state: 'parsing', options, summary: {}, replaces: null };
  startJob(context, again, (job) => readAndReview(context, job, path));
}

/** The batch as it stands. Errors: `not_found`. */
export async function describe(context: ImportContext, id: string): Promise<BatchView> {
  const job = boardOf(context.db).jobs.get(id);
  if (job !== undefined) return toBatchView(job.batch, job.progress);
  return toBatchView(await requireBatch(context, id));
}

/** Batches this process works on, whether or not the database knows them yet. */
export function listRunning(context: ImportContext): BatchView[] {
  return [...boardOf(context.db).jobs.values()].map(({ batch, progress }) => toBatchView(batch, progress));
}

/** Hear of every change of a batch that this process works on. @returns how to stop; undefined when it does not work on it. */
export function watchBatch(context: ImportContext, id: string, watcher: Watcher): (() => void) | undefined {
  const job = boardOf(context.db).jobs.get(id);
  if (job === undefined) return undefined;
  job.watchers.add(watcher);
  return () => job.watchers.delete(watcher);
}

/** A batch that came to rest may still be on its way into the database: what is asked of it then waits that moment. */
async function waitWhileSettling(context: ImportContext, id: string): Promise<void> {
  const { jobs } = boardOf(context.db);
  for (let job = jobs.get(id); job !== undefined && job.batch.state !== 'parsing'; job = jobs.get(id)) await job.done;
}

/** Wait until this process has nothing more to do for a batch. */
export async function settle(context: ImportContext, id: string): Promise<BatchView> {
  for (let job = boardOf(context.db).jobs.get(id); job !== undefined; job = boardOf(context.db).jobs.get(id))
    await job.done;
  return describe(context, id);
}

/**
 * Commit a batch that is in review. A repeated call waits for the first and answers the same.
 * Errors: `not_found`; `conflict` when the batch is not in review; those of the database, and then it is in review again.
 */
export async function commit(context: ImportContext, id: string): Promise<BatchView> {
  const { jobs } = boardOf(context.db);
  await waitWhileSettling(context, id);
  const batch = jobs.get(id)?.batch ?? (await requireBatch(context, id));
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
  const isTaken = jobs.has(id) || batch.state !== 'review' || !(await claimForCommit(context.db.knex, id));
  if (isTaken) {
    const { state } = jobs.get(id)?.batch ?? (await requireBatch(context, id));
    if (state === 'committed' || state === 'committing') return settle(context, id);
    throw new AppError(
      'conflict',
      `Lô đang ở trạng thái "${state}" nên không ghi được. (The batch is not in review.)`,
      {
        details: { reason: 'not_in_review', state },
      },
    );
  }
  const job = startJob(context, { ...batch, state: 'committing' }, (running) => commitReviewed(context, running));
  await job.done;
  if (job.failure !== undefined) throw job.failure;
  return toBatchView(job.batch);
}

/** Take a committed batch back. Errors: see `undoCommitted`. */
export async function undo(context: ImportContext, id: string): Promise<BatchView> {
  await waitWhileSettling(context, id);
  if (await undoCommitted(context.db, id)) {
    context.version.invalidate();
    await syncEmbeddedCluster(context.db);
  }
  return describe(context, id);
}

/** Forget a batch that was not committed, with its files. Errors: `not_found`; `conflict` when it was committed. */
export async function drop(context: ImportContext, id: string): Promise<void> {
  const job = boardOf(context.db).jobs.get(id);
  if (job?.batch.state === 'parsing') {
    job.abort.abort(
      new AppError('conflict', 'Lô đã bị bỏ. (The import was dropped.)', { details: { reason: 'dropped' } }),
    );
  }
  await job?.done;
  const isStored = (await findBatch(context.db.knex, id)) !== undefined;
  if (!isStored && job === undefined) throw noSuchBatch(id);
  if (isStored && !(await deleteUncommitted(context.db.knex, id))) {
    throw new AppError('conflict', 'Lô đã được ghi: hãy dùng hoàn tác. (The batch is committed: undo it instead.)', {
      details: { reason: 'committed' },
    });
  }
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
  for (const { id, createdAt } of await listUnfinished(db.knex)) {
    // Without a folder here it is the work of another machine, unless it is too old for that.
    const isForeign = !folders.has(id) && Date.now() - createdAt.getTime() < FOREIGN_AFTER_MS;
    if (db.engine === 'server' && (isForeign || (await isOwnedByAnother(db, id)))) continue;
    const message =
      'Máy chủ đã dừng giữa lúc xử lý tệp này; cơ sở dữ liệu giữ nguyên như trước. Hãy nhập lại tệp. ' +
      '(The server stopped while it worked on this file; nothing was changed. Import it again.)';
    if (await refuseInterrupted(db.knex, id, { code: 'interrupted', message }))
      log.warn({ batch: id }, 'an interrupted import was refused');
  }
  for (const id of folders) {
    if (db.engine === 'server' && (await isOwnedByAnother(db, id))) continue;
    const batch = isUuid(id) ? await findBatch(db.knex, id) : undefined;
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
