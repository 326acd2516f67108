import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemScope } from '../access/scope.ts';
import type { Database } from './open-database.ts';

const SYNCS_AT_ONCE = 8;
/** File systems may tell times in whole seconds. */
const CLOCK_SLACK_MS = 2000;
const syncedAt = new WeakMap<Database, number>();

/**
 * The embedded engine writes without fsync, so after a committed batch the cluster is brought to disk from here: a power
 * cut then loses no batch that was acknowledged. The first time all files are synced, later those written since. On a
 * server PostgreSQL does it itself.
 */
export async function syncEmbeddedCluster(db: Database): Promise<void> {
  if (db.engine !== 'embedded') return;
  await db.transaction(systemScope, (transaction) => transaction.raw('checkpoint'));
  const since = (syncedAt.get(db) ?? 0) - CLOCK_SLACK_MS;
  const startedAt = Date.now();
  const clusterDir = dirname(db.stagingDir);
  const { paths, directories } = await listTree(clusterDir, db.stagingDir);
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, work));
  for (const directory of directories) await syncDirectory(directory);
  syncedAt.set(db, startedAt);

  async function work(): Promise<void> {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncFile(path, since);
  }
}

/** Files and directories below `root`, itself included and `except` left out; what goes away meanwhile is passed over. */
async function listTree(root: string, except: string): Promise<{ paths: string[]; directories: string[] }> {
  const paths: string[] = [];
  const directories = [root];
  for (const directory of directories) {
    for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
      const path = join(directory, entry.name);
      if (entry.isDirectory() && path !== except) directories.push(path);
      else if (entry.isFile()) paths.push(path);
    }
  }
  return { paths, directories };
}

/** A relation may be dropped meanwhile: what is gone needs no sync. */
async function syncFile(path: string, writtenSince: number): Promise<void> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }));
  if (mtimeMs < writtenSince) return;
  const file = await open(path, 'r+').catch(() => undefined);
  await file?.sync().finally(() => file.close());
}

/** Windows cannot open directories; it writes their entries through by itself. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().finally(() => directory.close());
}
