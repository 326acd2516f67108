import { Worker } from 'node:worker_threads';

/** What a worker posts: how far it is, then one of the last two. */
export type WorkerMessage<Progress, Outcome> =
  | { progress: Progress }
  | { outcome: Outcome }
  | { failed: { code?: string | undefined; message: string; stack?: string | undefined } };

/** Far above what a file needs; beyond it the worker ends, not the server. */
const MAX_HEAP_MB = 512;

/**
 * Do a task in a worker thread, so that the event loop stays free; `script` takes it from workerData and posts WorkerMessages.
 * Errors: those of the file system with their code (ENOSPC…); a plain Error when the worker dies (ERR_WORKER_OUT_OF_MEMORY…);
 * AbortError.
 */
export function runWorker<Progress, Outcome>(
  script: URL,
  task: unknown,
  { report, signal }: { report?: (progress: Progress) => void; signal: AbortSignal },
): Promise<Outcome> {
  signal.throwIfAborted();
  return new Promise((done, fail) => {
    const worker = new Worker(script, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    const abort = () => void worker.terminate();
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: WorkerMessage<Progress, Outcome>) => {
      if ('progress' in message) report?.(message.progress);
      else if ('outcome' in message) done(message.outcome);
      else fail(Object.assign(new Error(message.failed.message), message.failed));
    });
    worker.on('error', fail);
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', abort);
      fail(signal.aborted ? (signal.reason as Error) : new Error(`the worker ended with code ${code}`));
    });
  });
}

/** What a worker posts of an error that is no fault of the file. */
export function toFailed(error: unknown): { code?: string | undefined; message: string; stack?: string | undefined } {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  return { code, message, stack };
}
