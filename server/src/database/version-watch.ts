import { systemScope } from '../access/scope.ts';
import { getVersions, type Versions } from './data-version.ts';
import type { Database } from './open-database.ts';

const freshForMs = 300;
const patienceMs = 150;

/** The versions as this process knows them: read at most every 300 ms, once however many ask. */
export type VersionWatch = {
  /** Data version. While the database is busy (one long transaction on the embedded engine), the last known one after 150 ms. */
  current(): Promise<number>;
  /** Version of accounts and sessions, in the same way. */
  access(): Promise<number>;
  /** Call after a commit of this process: the next question reads again. */
  invalidate(): void;
};

export function createVersionWatch(db: Pick<Database, 'transaction'>): VersionWatch {
  let known: { versions: Versions; readAt: number } | undefined;
  let reading: Promise<Versions> | undefined;
  const read = (): Promise<Versions> => {
    if (reading !== undefined) return reading;
    const mine: Promise<Versions> = db
      .transaction(systemScope, getVersions)
      .then((versions) => {
        // What was begun before an invalidation may be of before the commit: it must not pass for fresh.
        if (reading === mine) known = { versions, readAt: performance.now() };
        return versions;
      })
      .finally(() => {
        if (reading === mine) reading = undefined;
      });
    reading = mine;
    return mine;
  };
  const versions = async (): Promise<Versions> => {
    if (known === undefined) return read();
    if (performance.now() - known.readAt < freshForMs) return known.versions;
    const lastKnown = known.versions;
    const fresh = read();
    fresh.catch(() => {}); // a failure reaches whoever waits long enough; nobody may be left to hear it
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<Versions>((answer) => {
      timer = setTimeout(answer, patienceMs, lastKnown);
    });
    return Promise.race([fresh, patience]).finally(() => clearTimeout(timer));
  };
  return {
    current: async () => (await versions()).data,
    access: async () => (await versions()).access,
    invalidate: () => {
      if (known !== undefined) known.readAt = Number.NEGATIVE_INFINITY;
      reading = undefined;
    },
  };
}
