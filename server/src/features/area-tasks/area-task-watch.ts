import type { AppContext } from '../../app-context.ts';
import { type DataWatch, watchData } from '../../database/data-watch.ts';
import { areTasksFresh, readWatchBasis, refreshAreaTasks } from './refresh-area-tasks.ts';

const LOOK_EVERY_MS = 15_000;

/** Keep the review tasks up with the data, the calendar and all that was decided about areas. */
export function watchAreaTasks(
  context: Pick<AppContext, 'db' | 'log' | 'snapshots' | 'version'>,
  lookEveryMs = LOOK_EVERY_MS,
): DataWatch {
  return watchData(context, {
    name: 'area tasks',
    lookEveryMs,
    patientLooks: 3,
    basisOf: () => readWatchBasis(context),
    isFresh: (basis) => areTasksFresh(context, basis),
    refresh: (signal) => refreshAreaTasks(context, { signal }),
  });
}
