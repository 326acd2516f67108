import type { Knex } from 'knex';
import { recordAudit } from '../../access/record-audit.ts';
import { type Scope, systemScope } from '../../access/scope.ts';
import { syncEmbeddedCluster } from '../../database/sync-cluster.ts';
import { auditedBatch, auditTarget } from './batch-view.ts';
import { type CommitConflict, commitStaged } from './commit-batch.ts';
import { type Comparison, compareWithLive } from './compare-with-live.ts';
import { areaOf, notOwnOffice } from './importer.ts';
import {
  type BatchSummary,
  countOfficeMonths,
  findSameFile,
  listCategoryNames,
  loadImportCommunes,
  saveParsing,
} from './imports-queries.ts';
import { boardOf, type ImportContext, type Job, refuse, requireBatch, rest, tell } from './job-board.ts';
import { claimOffice, findOffice } from './offices-queries.ts';
import type { ImportCommune } from './placement.ts';
import type { Area, ReadImport, ReadingOutcome, ReadingTask, Refusal } from './reading-task.ts';
import { runImportWorker } from './run-import-worker.ts';
import { removeStagingFolder, stagingFolder } from './staging-folders.ts';
import { usualVolumeWarnings } from './usual-volume.ts';

/** From the file to review, or straight to commit when that was asked for. @param isAgain the batch was read before. */
export async function readAndReview(
  context: ImportContext,
  job: Job,
  path: string,
  { isAgain = false } = {},
): Promise<void> {
  const board = boardOf(context.db);
  const before = board.turn;
  let leave = () => {};
  const own = new Promise<void>((done) => {
    leave = done;
  });
  board.turn = before.then(() => own);
  try {
    await Promise.race([before, aborted(job.abort.signal)]);
    await readInTurn(context, job, path, isAgain);
  } finally {
    leave();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}

async function readInTurn(context: ImportContext, job: Job, path: string, isAgain: boolean): Promise<void> {
  const { db } = context;
  const { scope } = job.importer;
  job.abort.signal.throwIfAborted();
  const isOwn = await claimOwnOffice(context, job);
  const prepared = await db.transaction(scope, (transaction) => prepare(transaction, context, job, path, isAgain));
  if (!isOwn) {
    const { code, message, details } = notOwnOffice();
    return refuse(context, job, { code, message, details });
  }
  if ('refusal' in prepared) return refuse(context, job, prepared.refusal);

  const { task } = prepared;
  let outcome = await read(job, task);
  let comparison: Comparison | undefined;
  for (;;) {
    if ('refusal' in outcome) return refuse(context, job, outcome.refusal, outcome);
    const { provinceCode, office, options } = job.batch;
    comparison = await compareWithLive(db, scope, {
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
  await review(context, job, outcome.read, comparison, task.area);
  if (job.batch.state === 'committing') await commitReviewed(context, job);
}

/** A commune's account brings its own office with it; the office may be new, or hidden from it until now. */
async function claimOwnOffice({ db }: ImportContext, { batch, importer }: Job): Promise<boolean> {
  const { reach, province, commune } = importer.scope;
  if (reach !== 'commune') return true;
  const { office } = batch;
  const claim = { provinceCode: province ?? '', code: office, communeCode: commune ?? '', name: office };
  return db.transaction(systemScope, (transaction) => claimOffice(transaction, claim));
}

/** Note that the file is being read, and gather what its reading needs. */
async function prepare(
  transaction: Knex.Transaction,
  { db }: ImportContext,
  { batch, importer }: Job,
  path: string,
  isAgain: boolean,
): Promise<{ task: ReadingTask } | { refusal: Refusal }> {
  const communes = await loadImportCommunes(transaction);
  batch.provinceCode = provinceOf(communes, importer.scope);
  const same = await findSameFile(transaction, batch);
  const office = await findOffice(transaction, batch.provinceCode, batch.office);
  const categories = await listCategoryNames(transaction);
  await saveParsing(transaction, batch);
  await recordAudit(transaction, importer, {
    action: isAgain ? 'import.reread' : 'import.received',
    target: auditTarget(batch.id),
    after: auditedBatch(batch),
  });
  if (!communes.some(({ provinceCode }) => provinceCode === batch.provinceCode)) return { refusal: noBoundaries };
  if (same !== undefined) return { refusal: sameFileRefusal(same) };
  const { mapping, crs, sheet } = batch.options;
  const task: ReadingTask = {
    batchId: batch.id,
    file: path,
    fileName: batch.fileName,
    stagedDir: stagingFolder(db, batch.id),
    office: batch.office,
    crs,
    sheet,
    mapping: {
      columns: { ...office?.mapping.columns, ...mapping.columns },
      categories: { ...office?.mapping.categories, ...mapping.categories },
    },
    categories,
    communes,
    takenReferences: new Map(),
    area: areaOf(importer.scope, office?.communeCode ?? null),
    nowMs: Date.now(),
  };
  return { task };
}

const noBoundaries: Refusal = {
  code: 'no_boundaries',
  message: 'Chưa có ranh giới xã, phường: hãy nhập ranh giới trước. (There are no boundaries yet: import them first.)',
};

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

async function review(
  context: ImportContext,
  job: Job,
  found: ReadImport,
  { diff }: Comparison,
  area: Area | null,
): Promise<void> {
  const { preview, months, onlyCommune, outsideArea, ...shown } = found;
  const { provinceCode, office, options } = job.batch;
  const live = await context.db.transaction(job.importer.scope, (transaction) =>
    countOfficeMonths(transaction, provinceCode, office, diff?.replaces ?? null),
  );
  const summary: BatchSummary = {
    ...shown,
    warnings: [...shown.warnings, ...usualVolumeWarnings(months, live)],
    diff,
    error: null,
    area,
    reported: { months: Object.keys(months), commune: onlyCommune },
  };
  // The commune sees what was sent for its office, unless rows of elsewhere stand in it that it did not send itself.
  const communeCode = options.sentByCommune ?? (outsideArea === 0 ? (area?.commune ?? null) : null);
  if (found.accepted === 0) {
    const message = 'Không có dòng nào nhập được: hãy xem lý do từng dòng. (No row could be accepted: see why.)';
    const refused: BatchSummary = { ...summary, error: { code: 'nothing_accepted', message } };
    return rest(context, job, { state: 'refused', summary: refused, preview, communeCode });
  }
  // A batch that is to be committed at once never rests in review, where others could take it.
  const state = job.batch.options.commit ? 'committing' : 'review';
  await rest(context, job, { state, summary, preview, replaces: diff?.replaces ?? null, communeCode });
}

/** The batch has been claimed. After it the batch is committed, or refused since another one came first. */
export async function commitReviewed(context: ImportContext, job: Job): Promise<void> {
  const { db } = context;
  const { id } = job.batch;
  const conflict = await commitStaged(db, job.importer, job.batch, stagingFolder(db, id));
  if (conflict !== null) return refuseCommit(context, job, conflict);
  context.version.invalidate();
  await syncEmbeddedCluster(db);
  await removeStagingFolder(db, id);
  job.batch = await requireBatch(context, job.importer.scope, id);
  tell(job);
}

async function refuseCommit(context: ImportContext, job: Job, conflict: CommitConflict): Promise<void> {
  if (conflict === 'same_file') {
    const same = await context.db.transaction(job.importer.scope, (transaction) =>
      findSameFile(transaction, job.batch),
    );
    return refuse(context, job, sameFileRefusal(same), job.batch.summary);
  }
  const error = {
    code: conflict,
    message:
      'Trong lúc chờ, một lô khác của đơn vị đã dùng số hồ sơ có trong tệp này: hãy đọc lại tệp. ' +
      '(Meanwhile another batch took references of this file: read it again.)',
  };
  await rest(context, job, { state: 'refused', summary: { ...job.batch.summary, error } });
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

/** The account's province; for one that reaches all, that of the default set, should it span several the one with most communes. */
function provinceOf(communes: readonly ImportCommune[], { province }: Scope): string {
  if (province !== null) return province;
  const counts = new Map<string, number>();
  for (const { provinceCode } of communes) counts.set(provinceCode, (counts.get(provinceCode) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}
