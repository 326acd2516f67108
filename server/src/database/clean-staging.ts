import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './open-database.ts';

const dayMs = 86_400_000;

/**
 * Remove work folders that a killed process left (uploads, boundary files, the demonstration's rows). Batches under
 * `imports` are kept: they know themselves which of them are still in review. The embedded engine's folder is ours alone;
 * on a server another process may work beside us, so there only what is older than a day goes.
 */
export function cleanStaging({ engine, stagingDir }: Pick<Database, 'engine' | 'stagingDir'>): void {
  for (const name of readdirSync(stagingDir)) {
    if (name === 'imports') continue;
    const path = join(stagingDir, name);
    if (engine === 'embedded' || Date.now() - statSync(path).mtimeMs > dayMs)
      rmSync(path, { recursive: true, force: true });
  }
}
