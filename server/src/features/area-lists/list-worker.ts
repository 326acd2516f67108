/** Reads one list of areas off the event loop. workerData: ListTask. Posts {outcome: ListOutcome}, or {failed} for a fault of the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '@diemnong/contracts';
import { toFailed, type WorkerMessage } from '../imports/run-worker.ts';
import { readList } from './read-list.ts';
import type { ListOutcome, ListTask } from './run-list-worker.ts';

const post = (message: WorkerMessage<never, ListOutcome>) => parentPort?.postMessage(message);

try {
  post({ outcome: { list: await readList(workerData as ListTask) } });
} catch (error) {
  if (error instanceof AppError) {
    const { code, message, details } = error;
    post({ outcome: { refusal: { code, message, details } } });
  } else post({ failed: toFailed(error) });
}
