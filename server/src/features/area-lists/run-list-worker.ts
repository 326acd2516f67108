import { AppError, type ErrorCode } from '@diemnong/contracts';
import type { CommuneName } from '../imports/rows/commune-names.ts';
import { runWorker } from '../imports/run-worker.ts';
import type { ReadList } from './read-list.ts';

/** All that a worker needs to read one list: plain data, so that it can be posted. */
export type ListTask = {
  file: string;
  fileName: string;
  sheet: string | undefined;
  communes: readonly CommuneName[];
  /** The server's day: a list may not tell of later ones. */
  today: string;
};

/** An error keeps neither its class nor its details on the way from a worker. */
export type ListOutcome = { list: ReadList } | { refusal: { code: ErrorCode; message: string; details?: unknown } };

/** Read a list in a worker thread, so that others are answered meanwhile. Errors: those of `readList` and `runWorker`. */
export async function runListWorker(task: ListTask, signal: AbortSignal): Promise<ReadList> {
  const outcome = await runWorker<never, ListOutcome>(new URL('./list-worker.ts', import.meta.url), task, { signal });
  if ('list' in outcome) return outcome.list;
  const { code, message, details } = outcome.refusal;
  throw new AppError(code, message, { details });
}
