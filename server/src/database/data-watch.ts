import type { Logger } from 'pino';
import type { VersionWatch } from './version-watch.ts';

export type DataWatch = {
  /** No more looks; one that is under way ends first, without writing what it had not written. */
  stop(): Promise<void>;
};

/** What is kept up with the data. */
type KeptUp = {
  /** What the log calls it: "alerts". */
  name: string;
  lookEveryMs: number;
  /** Looks that a moving data version may be waited for: it may move again (several files at once), but not for ever. */
  patientLooks: number;
  /** Names what there is to look at: a text that differs whenever that does. Asked at every look at data at rest. */
  basisOf(dataVersion: number): string | Promise<string>;
  /** Has it been looked at, by whatever process? Not asked again for a basis that this process knows to be done. */
  isFresh(basis: string, dataVersion: number): Promise<boolean>;
  /** @returns numbers for the log; undefined when nothing was written (another process, or something moved): the next look knows. */
  refresh(signal: AbortSignal): Promise<Record<string, number> | undefined>;
};

/**
 * Look again and again whether the data have changed, and refresh what is made of them once they have come to rest: the first
 * time after a pause, never two at a time, never keeping the process alive. A failure is logged, and the next look tries again.
 */
export function watchData(
  { log, version }: { log: Pick<Logger, 'info' | 'warn'>; version: Pick<VersionWatch, 'current'> },
  { name, lookEveryMs, patientLooks, basisOf, isFresh, refresh }: KeptUp,
): DataWatch {
  const stopping = new AbortController();
  let seen: number | undefined;
  let waited = 0;
  let done: string | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async () => {
    try {
      const dataVersion = await version.current();
      const isAtRest = seen === undefined || seen === dataVersion || ++waited >= patientLooks;
      seen = dataVersion;
      if (!isAtRest) return;
      waited = 0;
      const basis = await basisOf(dataVersion);
      if (basis === done) return;
      if (!(await isFresh(basis, dataVersion))) {
        const begun = performance.now();
        const changes = await refresh(stopping.signal);
        if (changes === undefined) return;
        log.info({ ...changes, dataVersion, ms: Math.round(performance.now() - begun) }, `${name} refreshed`);
      }
      done = basis;
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, `${name} not refreshed`);
    }
  };
  const next = () => {
    running = look().finally(() => {
      if (!stopping.signal.aborted) timer = setTimeout(next, lookEveryMs).unref();
    });
  };
  // The first map comes before the first look.
  let timer = setTimeout(next, lookEveryMs).unref();

  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
