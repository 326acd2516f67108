import { rm } from 'node:fs/promises';
import { AppError } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { recordAudit } from '../../access/record-audit.ts';
import { reaches, type Scope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import type { Database } from '../../database/open-database.ts';
import { auditedBatch, auditTarget, type BatchView, toBatchView } from './batch-view.ts';
import { noSuchBatch } from './commit-batch.ts';
import type { Importer } from './importer.ts';
import {
  type BatchChange,
  type BatchRow,
  type BatchState,
  type BatchSummary,
  findBatch,
  saveState,
} from './imports-queries.ts';
import type { Refusal } from './reading-task.ts';
import { signFolder, stagingFolder } from './staging-folders.ts';

/** What imports need of the application: the command line has no more. */
export type ImportContext = Pick<AppContext, 'db' | 'log' | 'version'>;

/**
 * A batch this process works on. It is answered from here and not from the database, which the embedded engine's one
 * connection keeps closed while a batch is committed.
 */
export type Job = {
  batch: BatchRow;
  /** Who asked for the work: it is done as far as they reach and no further. */
  importer: Importer;
  progress: number | null;
  watchers: Set<Watcher>;
  abort: AbortController;
  /** Settles when the batch rests and the database knows it. Never rejects. */
  done: Promise<void>;
  /** What it ended with, when it failed. */
  failure: unknown;
};

/** `isLast`: the batch rests and the database knows it. */
export type Watcher = (view: BatchView, isLast: boolean) => void;

type JobBoard = {
  jobs: Map<string, Job>;
  /** Account → files on their way up, which are no jobs yet. */
  arriving: Map<string, number>;
  /** Settles when the files sent before are read. One at a time: two would only share the two cores. */
  turn: Promise<void>;
};

const boards = new WeakMap<Database, JobBoard>();

export function boardOf(db: Database): JobBoard {
  let board = boards.get(db);
  if (board === undefined) {
    board = { jobs: new Map(), arriving: new Map(), turn: Promise.resolve() };
    boards.set(db, board);
  }
  return board;
}

/** The work on a batch, if this process does it and the batch lies in the scope: memory knows no policies. */
export function findJob(context: ImportContext, scope: Scope, id: string): Job | undefined {
  const job = boardOf(context.db).jobs.get(id);
  return job !== undefined && reaches(scope, job.batch) ? job : undefined;
}

/** Work on a batch; failures are settled here and kept in `failure`. */
export function startJob(
  context: ImportContext,
  importer: Importer,
  batch: BatchRow,
  work: (job: Job) => Promise<void>,
): Job {
  const { jobs } = boardOf(context.db);
  const job: Job = {
    batch,
    importer,
    progress: null,
    watchers: new Set(),
    abort: new AbortController(),
    done: Promise.resolve(),
    failure: undefined,
  };
  jobs.set(batch.id, job);
  job.done = run().finally(() => {
    jobs.delete(batch.id);
    tell(job, true);
  });
  return job;

  async function run(): Promise<void> {
    let leave: (() => Promise<void>) | undefined;
    try {
      leave = await signFolder(context.db, batch.id);
      await work(job);
    } catch (error) {
      job.failure = error;
      await settleFailure(context, job, error);
    } finally {
      await leave?.();
    }
  }
}

export function tell(job: Job, isLast = false): void {
  const view = toBatchView(job.batch, job.progress);
  for (const watcher of job.watchers) watcher(view, isLast);
}

/** A failure nobody foresaw, or a full disk, or a lost database: say so, and let the person try again. */
async function settleFailure(context: ImportContext, job: Job, error: unknown): Promise<void> {
  const wasCommitting = job.batch.state === 'committing';
  const isDropped = job.abort.signal.aborted;
  if (!isDropped && !(error instanceof AppError))
    context.log.error({ err: error, batch: job.batch.id }, 'import failed');
  const refusal = describeFailure(error);
  // What was staged is still good after a failed commit: nothing was changed, so it can be tried again.
  const state: BatchState = wasCommitting ? 'review' : 'refused';
  job.batch = { ...job.batch, state, summary: { ...job.batch.summary, error: wasCommitting ? null : refusal } };
  job.progress = null;
  tell(job);
  await saveStateInTheEnd(context, job, state);
}

const RETRY_EVERY_MS = 2000;

const RETRIES = 150;

/** The database may be away for the same reason that made the import fail: try for five minutes. */
async function saveStateInTheEnd({ db, log }: ImportContext, job: Job, state: BatchState): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      job.batch = await db.transaction(job.importer.scope, async (transaction) => {
        // A commit whose answer was lost may have succeeded: the database decides.
        const stored = await findBatch(transaction, job.batch.id);
        if (stored?.state === 'committed') return stored;
        if (stored !== undefined) await saveRest(transaction, job, { state, summary: job.batch.summary });
        return job.batch;
      });
      return;
    } catch (error) {
      if (attempt === 0)
        log.error({ err: error, batch: job.batch.id }, 'the state of an import could not be saved; trying again');
      if (attempt >= RETRIES) return;
      await new Promise((next) => setTimeout(next, RETRY_EVERY_MS).unref());
    }
  }
}

function describeFailure(error: unknown): Refusal {
  const { code } = error as { code?: string };
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  if (code === 'ENOSPC' || code === '53100') {
    return {
      code: 'storage_full',
      message: 'Ổ đĩa đã đầy: hãy giải phóng dung lượng rồi nhập lại. (The disk is full.)',
    };
  }
  return {
    code: 'internal',
    message: 'Có lỗi trong máy chủ khi đọc tệp; xem nhật ký máy chủ. (Internal error; see the server log.)',
  };
}

/** Errors: `not_found`, for a batch that is not there and one beyond the scope alike. */
export async function requireBatch(context: ImportContext, scope: Scope, id: string): Promise<BatchRow> {
  const batch = await context.db.transaction(scope, (transaction) => findBatch(transaction, id));
  if (batch === undefined) throw noSuchBatch(id);
  return batch;
}

/** A batch came to rest (or to its commit): the database first, then whoever watches. */
export async function rest(
  context: ImportContext,
  job: Job,
  change: BatchChange & { summary: BatchSummary },
): Promise<void> {
  await context.db.transaction(job.importer.scope, (transaction) => saveRest(transaction, job, change));
  const { state, summary, replaces = null, communeCode = job.batch.communeCode } = change;
  job.batch = { ...job.batch, state, summary, replaces, communeCode };
  job.progress = null;
  tell(job);
}

/** A file as a whole is refused. */
export async function refuse(
  context: ImportContext,
  job: Job,
  error: Refusal,
  { reading, mapping }: { reading?: BatchSummary['reading'] | null; mapping?: BatchSummary['mapping'] | null } = {},
): Promise<void> {
  // Of a file with data on persons nothing is kept; a file that is in already is not needed twice.
  if (error.code === 'person_data' || error.code === 'same_file') {
    await rm(stagingFolder(context.db, job.batch.id), { recursive: true, force: true });
  }
  const summary: BatchSummary = {
    ...(reading === null || reading === undefined ? {} : { reading }),
    ...(mapping === null || mapping === undefined ? {} : { mapping }),
    error,
  };
  await rest(context, job, { state: 'refused', summary, preview: null });
}

async function saveRest(
  transaction: Knex.Transaction,
  { batch, importer, abort }: Job,
  change: BatchChange,
): Promise<void> {
  await saveState(transaction, batch.id, change);
  if (change.state !== 'refused' || abort.signal.aborted) return; // dropped: the log says that instead
  const after = auditedBatch({ ...batch, summary: change.summary ?? batch.summary });
  await recordAudit(transaction, importer, { action: 'import.refused', target: auditTarget(batch.id), after });
}
