import type { AppContext } from '../../app-context.ts';
import { currentMonth } from '../reporting/reporting-rules.ts';
import { createRememberingJudge } from './alerts-rules.ts';
import { areAlertsFresh, refreshAlerts } from './refresh-alerts.ts';

const LOOK_EVERY_MS = 5000;
/** A data version that moved since the last look may move again (several files at once), but not for ever. */
const PATIENT_LOOKS = 6;

export type AlertWatch = {
  /** No more looks; one that is under way ends first, without writing what it had not written. */
  stop(): Promise<void>;
};

/**
 * Keep the alerts up with the data: looks at the data version every 5 s and refreshes once it has come to rest; never two
 * at a time, never keeping the process alive. A failure is logged, and the next look tries again.
 */
export function watchAlerts(
  context: Pick<AppContext, 'db' | 'log' | 'snapshots' | 'version'>,
  lookEveryMs = LOOK_EVERY_MS,
): AlertWatch {
  const { log, version } = context;
  const stopping = new AbortController();
  const { judge, forget } = createRememberingJudge();
  let seen: number | undefined;
  let waited = 0;
  /** What this process knows to be done: an idle server asks for the version alone. */
  let done = '';
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      const dataVersion = await version.current();
      const isAtRest = seen === undefined || seen === dataVersion || ++waited >= PATIENT_LOOKS;
      seen = dataVersion;
      const wanted = `${dataVersion} ${currentMonth()}`;
      if (!isAtRest || done === wanted) return;
      waited = 0;
      if (!(await areAlertsFresh(context, dataVersion))) {
        const begun = performance.now();
        const changes = await refreshAlerts(context, { signal: stopping.signal, judge });
        forget();
        log.info({ ...changes, dataVersion, ms: Math.round(performance.now() - begun) }, 'alerts refreshed');
      }
      done = wanted;
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'alerts not refreshed');
    }
  };
  const next = () => {
    running = look().finally(() => {
      if (!stopping.signal.aborted) timer = setTimeout(next, lookEveryMs).unref();
    });
  };
  // The first map comes before the first look.
  timer = setTimeout(next, lookEveryMs).unref();

  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
