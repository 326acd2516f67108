import type { ReadingOutcome, ReadingTask } from './reading-task.ts';
import { runWorker } from './run-worker.ts';

export type ReadingProgress = { share: number; rows: number };

/** Read a file in a worker thread. Errors: those of `runWorker`. */
export function runImportWorker(
  task: ReadingTask,
  { report, signal }: { report: (share: number, rows: number) => void; signal: AbortSignal },
): Promise<ReadingOutcome> {
  return runWorker<ReadingProgress, ReadingOutcome>(new URL('./import-worker.ts', import.meta.url), task, {
    signal,
    report: ({ share, rows }) => report(share, rows),
  });
}
