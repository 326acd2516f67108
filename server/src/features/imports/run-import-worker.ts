import { Worker } from 'node:worker_threads';
import type { ReadingOutcome, ReadingTask } from './reading-task.ts';

type Message =
  | { share: number; rows: number }
  | { outcome: ReadingOutcome }
  | { failed: { code?: string; message: string; stack?: string } };

/** Far above what a file needs; beyond it the worker ends, not the server. */
const MAX_HEAP_MB = 512;

/**
 * Read a file in a worker thread, so that the event loop stays free.
 * Errors: those of the file system with their code (ENOSPC…); a plain Error when the worker dies; AbortError.
 */
export function runImportWorker(
  task: ReadingTask,
  { report, signal }: { report: (share: number, rows: number) => void; signal: AbortSignal },
): Promise<ReadingOutcome> {
  signal.throwIfAborted();
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const abort = () => void worker.terminate();
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: Message) => {
      if ('share' in message) report(message.share, message.rows);
      else if ('outcome' in message) done(message.outcome);
      else fail(Object.assign(new Error(message.failed.message), message.failed));
    });
    worker.on('error', fail);
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', abort);
      fail(signal.aborted ? (signal.reason as Error) : new Error(`the import worker ended with code ${code}`));
    });
  });
}
