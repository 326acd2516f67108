import type { Logger } from 'pino';
import type { Secrets } from './access/secrets.ts';
import type { Configuration } from './configuration.ts';
import type { Database } from './database/open-database.ts';
import type { VersionWatch } from './database/version-watch.ts';
import type { SessionStore } from './features/sessions/session-store.ts';
import type { SnapshotStore } from './snapshot/snapshot-store.ts';

/** What handlers are given: made once in main.ts (and by the tests), passed as an argument, never global. */
export type AppContext = {
  db: Database;
  log: Logger;
  configuration: Configuration;
  secrets: Secrets;
  version: VersionWatch;
  snapshots: SnapshotStore;
  sessions: SessionStore;
};
