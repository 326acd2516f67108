import { rm } from 'node:fs/promises';
import { AppError } from '@diemnong/contracts';
import type { AppContext } from '../../app-context.ts';
import type { Database } from '../../database/open-database.ts';
import { type BatchView, toBatchView } from './batch-view.ts';
import { noSuchBatch } from './commit-batch.ts';
import { type BatchRow, type BatchState, type BatchSummary, findBatch, saveState } from './imports-queries.ts';
import type { ImportPreview, Refusal } from './reading-task.ts';
import { signFolder, stagingFolder } from './staging-folders.ts';

/** What imports need of the application: the command line has no more. */
export type ImportContext = Pick<AppContext, 'db' | 'log' | 'version'>;

/**
 * A batch this process works on. It is answered from here and not from the database, which the embedded engine's one
 * connection keeps closed while a batch is committed.
 */
export type Job = {
  batch: BatchRow;
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
  /** Settles when the files sent before are read. One at a time: two would only share the two cores. */
  turn: Promise<void>;
};

const boards = new WeakMap<Database, JobBoard>();

export function boardOf(db: Database): JobBoard {
  let board = boards.get(db);
  if (board === undefined) {
    board = { jobs: new Map(), turn: Promise.resolve() };
    boards.set(db, board);
  }
  return board;
}

/** Work on a batch; failures are settled here and kept in `failure`. */
export function startJob(context: ImportContext, batch: BatchRow, work: (job: Job) => Promise<void>): Job {
  const { jobs } = boardOf(context.db);
  const job: Job = {
    batch,
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
      // A commit whose answer was lost may have succeeded: the database decides.
      const stored = await findBatch(db.knex, job.batch.id);
      if (stored?.state === 'committed') job.batch = stored;
      else await saveState(db.knex, job.batch.id, { state, summary: job.batch.summary });
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

export async function requireBatch(context: ImportContext, id: string): Promise<BatchRow> {
  const batch = await findBatch(context.db.knex, id);
  if (batch === undefined) throw noSuchBatch(id);
  return batch;
}

/** A batch came to rest (or to its commit): the database first, then whoever watches. */
export async function rest(
  context: ImportContext,
  job: Job,
  state: BatchState,
  summary: BatchSummary,
  more: { preview?: ImportPreview | null; replaces?: string | null },
): Promise<void> {
  await saveState(context.db.knex, job.batch.id, { state, summary, ...more });
  job.batch = { ...job.batch, state, summary, replaces: more.replaces ?? null };
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
  await rest(context, job, 'refused', summary, { preview: null });
}
