/**
 * Reads one import file off the event loop. workerData: ReadingTask. Posts {share, rows} while it reads, then {outcome},
 * or {failed} with the error code of a full disk.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readImport } from './read-import.ts';
import type { ReadingTask } from './reading-task.ts';

const REPORT_EVERY_MS = 200;
let reportedAt = 0;

try {
  const outcome = await readImport(workerData as ReadingTask, (share, rows) => {
    const now = performance.now();
    if (now - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = now;
    parentPort?.postMessage({ share, rows });
  });
  parentPort?.postMessage({ outcome });
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  parentPort?.postMessage({ failed: { code, message, stack } });
}
