/**
 * Reads one import file off the event loop. workerData: ReadingTask. Posts {progress: {share, rows}} while it reads, then {outcome},
 * or {failed} with the error code of a full disk.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readImport } from './read-import.ts';
import type { ReadingOutcome, ReadingTask } from './reading-task.ts';
import type { ReadingProgress } from './run-import-worker.ts';
import { toFailed, type WorkerMessage } from './run-worker.ts';

const REPORT_EVERY_MS = 200;
let reportedAt = 0;
const post = (message: WorkerMessage<ReadingProgress, ReadingOutcome>) => parentPort?.postMessage(message);

try {
  const outcome = await readImport(workerData as ReadingTask, (share, rows) => {
    const now = performance.now();
    if (now - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = now;
    post({ progress: { share, rows } });
  });
  post({ outcome });
} catch (error) {
  post({ failed: toFailed(error) });
}
