import type { Knex } from 'knex';
import { getDataVersion } from './data-version.ts';

const freshForMs = 300;
const patienceMs = 150;

/** The data version as this process knows it: read at most every 300 ms, once however many ask. */
export type VersionWatch = {
  /** While the database is busy (one long transaction on the embedded engine), the last known version after 150 ms. */
  current(): Promise<number>;
  /** Call after a commit of this process: the next `current()` reads again. */
  invalidate(): void;
};

export function createVersionWatch(database: Knex): VersionWatch {
  let known: { version: number; readAt: number } | undefined;
  let reading: Promise<number> | undefined;
  const read = () => {
    reading ??= getDataVersion(database)
      .then((version) => {
        known = { version, readAt: performance.now() };
        return version;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return {
    current: async () => {
      if (known === undefined) return read();
      if (performance.now() - known.readAt < freshForMs) return known.version;
      const lastKnown = known.version;
      const fresh = read();
      fresh.catch(() => {}); // a failure reaches whoever waits long enough; nobody may be left to hear it
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<number>((answer) => {
        timer = setTimeout(answer, patienceMs, lastKnown);
      });
      return Promise.race([fresh, patience]).finally(() => clearTimeout(timer));
    },
    invalidate: () => {
      if (known !== undefined) known.readAt = Number.NEGATIVE_INFINITY;
    },
  };
}
