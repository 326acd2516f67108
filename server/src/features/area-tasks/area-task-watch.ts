import type { AppContext } from '../../app-context.ts';
import { findWatchState, refreshAreaTasks } from './refresh-area-tasks.ts';

const LOOK_EVERY_MS = 15_000;
/** A data version that moved since the last look may move again (several files at once), but not for ever. */
const PATIENT_LOOKS = 3;

export type AreaTaskWatch = {
  /** No more looks; one that is under way ends first, without writing what it had not written. */
  stop(): Promise<void>;
};

/**
 * Keep the review tasks up with the data and the areas' steps: looks every 15 s whether either has changed and refreshes once
 * the data have come to rest; never two at a time, never keeping the process alive. A failure is logged, and the next look
 * tries again.
 */
export function watchAreaTasks(
  context: Pick<AppContext, 'db' | 'log' | 'snapshots' | 'version'>,
  lookEveryMs = LOOK_EVERY_MS,
): AreaTaskWatch {
  const { log, version } = context;
  const stopping = new AbortController();
  let seen: number | undefined;
  let waited = 0;
  /** What this process knows to be done. */
  let done = '';
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      const dataVersion = await version.current();
      const isAtRest = seen === undefined || seen === dataVersion || ++waited >= PATIENT_LOOKS;
      seen = dataVersion;
      if (!isAtRest) return;
      waited = 0;
      const { basis, isFresh } = await findWatchState(context);
      if (done === basis) return;
      if (!isFresh) {
        const begun = performance.now();
        const changes = await refreshAreaTasks(context, { signal: stopping.signal });
        if (changes === undefined) return; // another process, or something moved: the next look knows
        log.info({ ...changes, dataVersion, ms: Math.round(performance.now() - begun) }, 'area tasks refreshed');
      }
      done = basis;
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'area tasks not refreshed');
    }
  };
  const next = () => {
    running = look().finally(() => {
      if (!stopping.signal.aborted) timer = setTimeout(next, lookEveryMs).unref();
    });
  };
  timer = setTimeout(next, lookEveryMs).unref();

  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
