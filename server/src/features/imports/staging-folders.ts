import { mkdirSync } from 'node:fs';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../database/open-database.ts';
import { syncDirectory } from '../../database/sync-cluster.ts';

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
