import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../../database/open-database.ts';

/** Each batch that is not committed has a folder of its own: the file as it came, the staged rows, whose work it is. */
export function stagingFolder(db: Database, id: string): string {
  return join(stagingRoot(db), id);
}

function stagingRoot(db: Database): string {
  return join(db.stagingDir, 'imports');
}

/** The file as the office sent it, kept until the batch is committed or dropped. */
export const sourceFile = (db: Database, id: string) => join(stagingFolder(db, id), 'source');
const ownerFile = (db: Database, id: string) => join(stagingFolder(db, id), 'owner');

export function makeStagingFolder(db: Database, id: string): void {
  mkdirSync(stagingFolder(db, id), { recursive: true, mode: 0o700 });
}

/** Remove a batch's folder for good: the directory entry is on disk before this returns. */
export async function removeStagingFolder(db: Database, id: string): Promise<void> {
  await rm(stagingFolder(db, id), { recursive: true, force: true });
  await syncDirectory(stagingRoot(db));
}

export async function listStagingFolders(db: Database): Promise<string[]> {
  return readdir(stagingRoot(db)).catch(() => []);
}

export async function folderAgeMs(db: Database, id: string): Promise<number> {
  const { mtimeMs } = await stat(stagingFolder(db, id));
  return Date.now() - mtimeMs;
}

const SIGN_EVERY_MS = 10_000;
const DEAD_AFTER_MS = 60_000;

/** Say in the folder that this process works on it, until the returned function is called. */
export async function signFolder(db: Database, id: string): Promise<() => Promise<void>> {
  const path = ownerFile(db, id);
  await writeFile(path, String(process.pid));
  const timer = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), SIGN_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await rm(path, { force: true });
  };
}

/**
 * Does another living process of this machine work on the folder? A process number may be used again, in a container at
 * every start, so the mark must be fresh as well and not bear our own number.
 */
export async function isOwnedByAnother(db: Database, id: string): Promise<boolean> {
  try {
    const path = ownerFile(db, id);
    const pid = Number(await readFile(path, 'utf8'));
    const { mtimeMs } = await stat(path);
    if (pid === process.pid || Date.now() - mtimeMs > DEAD_AFTER_MS) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

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
  await db.knex.raw('checkpoint');
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
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r').catch(() => undefined);
  await directory?.sync().finally(() => directory.close());
}
