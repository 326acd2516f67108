import { openSecrets } from '../../server/src/access/secrets.ts';
import type { AppContext } from '../../server/src/app-context.ts';
import { type Configuration, readConfiguration } from '../../server/src/configuration.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { createSessionStore } from '../../server/src/features/sessions/session-store.ts';
import { createLog } from '../../server/src/log.ts';
import { createSnapshotStore, type SnapshotOptions } from '../../server/src/snapshot/snapshot-store.ts';
import type { TestDatabase } from './database.ts';

/** A context as main.ts makes it, on a test's own database. */
export function createTestContext(
  db: TestDatabase,
  snapshots: Partial<SnapshotOptions> = {},
  configuration: Partial<Configuration> = {},
): AppContext {
  const log = createLog('silent');
  const version = createVersionWatch(db);
  return {
    db,
    log,
    configuration: { ...readConfiguration({}), dataDir: db.dataDir, ...configuration },
    secrets: openSecrets(db.dataDir),
    version,
    snapshots: createSnapshotStore({ db, log, version }, snapshots),
    sessions: createSessionStore({ db, log, version }),
  };
}
