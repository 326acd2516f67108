import { syncEmbeddedCluster } from '../../database/sync-cluster.ts';
import { type CommitConflict, commitStaged } from './commit-batch.ts';
import { type Comparison, compareWithLive } from './compare-with-live.ts';
import {
  type BatchRow,
  type BatchSummary,
  countOfficeMonths,
  findOfficeMapping,
  findSameFile,
  listCategoryNames,
  loadImportCommunes,
  saveParsing,
} from './imports-queries.ts';
import { boardOf, type ImportContext, type Job, refuse, requireBatch, rest, tell } from './job-board.ts';
import type { ImportCommune } from './placement.ts';
import type { ReadImport, ReadingOutcome, ReadingTask, Refusal } from './reading-task.ts';
import { runImportWorker } from './run-import-worker.ts';
import { removeStagingFolder, stagingFolder } from './staging-folders.ts';
import { usualVolumeWarnings } from './usual-volume.ts';

/** From the file to review, or straight to commit when that was asked for. */
export async function readAndReview(context: ImportContext, job: Job, path: string): Promise<void> {
  const board = boardOf(context.db);
  const before = board.turn;
  let leave = () => {};
  const own = new Promise<void>((done) => {
    leave = done;
  });
  board.turn = before.then(() => own);
  try {
    await Promise.race([before, aborted(job.abort.signal)]);
    await readInTurn(context, job, path);
  } finally {
    leave();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

async function readInTurn(context: ImportContext, job: Job, path: string): Promise<void> {
  const { db } = context;
  job.abort.signal.throwIfAborted();
  const communes = await loadImportCommunes(db.knex);
  job.batch.provinceCode = provinceOf(communes);
  await saveParsing(db.knex, job.batch);
  if (communes.length === 0) {
    return refuse(context, job, {
      code: 'no_boundaries',
      message:
        'Chưa có ranh giới xã, phường: hãy nhập ranh giới trước. (There are no boundaries yet: import them first.)',
    });
  }
  const same = await findSameFile(db.knex, job.batch);
  if (same !== undefined) return refuse(context, job, sameFileRefusal(same));

  const task = await prepareTask(context, job.batch, path, communes);
  let outcome = await read(job, task);
  let comparison: Comparison | undefined;
  for (;;) {
    if ('refusal' in outcome) return refuse(context, job, outcome.refusal, outcome);
    const { provinceCode, office, options } = job.batch;
    comparison = await compareWithLive(db, {
      provinceCode,
      office,
      stagedDir: task.stagedDir,
      accepted: outcome.read.accepted,
      wanted: options.replaces,
    });
    if (comparison.taken.size === 0) break;
    // Rows whose reference another batch holds are rejected: read again with those references known.
    outcome = await read(job, { ...task, takenReferences: comparison.taken });
  }
  await review(context, job, outcome.read, comparison);
  if (job.batch.state === 'committing') await commitReviewed(context, job);
}

async function prepareTask(
  { db }: ImportContext,
  batch: BatchRow,
  path: string,
  communes: ImportCommune[],
): Promise<ReadingTask> {
  const saved = await findOfficeMapping(db.knex, batch.provinceCode, batch.office);
  const { mapping } = batch.options;
  return {
    batchId: batch.id,
    file: path,
    fileName: batch.fileName,
    stagedDir: stagingFolder(db, batch.id),
    office: batch.office,
    crs: batch.options.crs,
    sheet: batch.options.sheet,
    mapping: {
      columns: { ...saved.columns, ...mapping.columns },
      categories: { ...saved.categories, ...mapping.categories },
    },
    categories: await listCategoryNames(db.knex),
    communes,
    takenReferences: new Map(),
    nowMs: Date.now(),
  };
}

function read(job: Job, task: ReadingTask): Promise<ReadingOutcome> {
  return runImportWorker(task, {
    signal: job.abort.signal,
    report(share, rows) {
      job.progress = Math.min(1, share);
      job.batch.summary = { ...job.batch.summary, rows };
      tell(job);
    },
  });
}

async function review(context: ImportContext, job: Job, found: ReadImport, { diff }: Comparison): Promise<void> {
  const { preview, months, onlyCommune, ...shown } = found;
  const { provinceCode, office } = job.batch;
  const live = await countOfficeMonths(context.db.knex, provinceCode, office, diff?.replaces ?? null);
  const summary: BatchSummary = {
    ...shown,
    warnings: [...shown.warnings, ...usualVolumeWarnings(months, live)],
    diff,
    error: null,
    reported: { months: Object.keys(months), commune: onlyCommune },
  };
  if (found.accepted === 0) {
    const message = 'Không có dòng nào nhập được: hãy xem lý do từng dòng. (No row could be accepted: see why.)';
    return rest(context, job, 'refused', { ...summary, error: { code: 'nothing_accepted', message } }, { preview });
  }
  // A batch that is to be committed at once never rests in review, where others could take it.
  const state = job.batch.options.commit ? 'committing' : 'review';
  await rest(context, job, state, summary, { preview, replaces: diff?.replaces ?? null });
}

/** The batch has been claimed. After it the batch is committed, or refused since another one came first. */
export async function commitReviewed(context: ImportContext, job: Job): Promise<void> {
  const { db } = context;
  const { id } = job.batch;
  const conflict = await commitStaged(db, job.batch, stagingFolder(db, id));
  if (conflict !== null) return refuseCommit(context, job, conflict);
  context.version.invalidate();
  await syncEmbeddedCluster(db);
  await removeStagingFolder(db, id);
  job.batch = await requireBatch(context, id);
  tell(job);
}

async function refuseCommit(context: ImportContext, job: Job, conflict: CommitConflict): Promise<void> {
  if (conflict === 'same_file') {
    const same = await findSameFile(context.db.knex, job.batch);
    return refuse(context, job, sameFileRefusal(same), job.batch.summary);
  }
  const error = {
    code: conflict,
    message:
      'Trong lúc chờ, một lô khác của đơn vị đã dùng số hồ sơ có trong tệp này: hãy đọc lại tệp. ' +
      '(Meanwhile another batch took references of this file: read it again.)',
  };
  await rest(context, job, 'refused', { ...job.batch.summary, error }, {});
}

function sameFileRefusal(same: { id: string; fileName: string; committedAt: Date } | undefined): Refusal {
  const when = same?.committedAt.toLocaleString('vi-VN', {
    timeZone: 'Asia/Ho_Chi_Minh',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return {
    code: 'same_file',
    message: `Tệp này đã nhập${when === undefined ? '' : ` lúc ${when}`}: không có gì thay đổi. (This very file was imported before: nothing changes.)`,
    details: { batch: same?.id ?? null, fileName: same?.fileName ?? null },
  };
}

/** One server holds one province; should a set span several, the batch belongs to the one with most communes. */
function provinceOf(communes: readonly ImportCommune[]): string {
  const counts = new Map<string, number>();
  for (const { provinceCode } of communes) counts.set(provinceCode, (counts.get(provinceCode) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}
