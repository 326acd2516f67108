/**
 * Build the client into client/dist, and what the server draws charts with into client/charts/dist, unless the sources
 * are as they were at the last build.
 * Usage: node scripts/build.ts [--force]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['client', 'server/contracts', 'server/analysis', 'tiles', 'data'];
const keyFile = join(root, 'client/dist/.build-key');

const key = sourcesHash();
const isBuilt =
  existsSync(keyFile) &&
  readFileSync(keyFile, 'utf8') === key &&
  existsSync(join(root, 'client/charts/dist/draw.js')) &&
  !process.argv.includes('--force');
if (!isBuilt) {
  build('client/charts');
  build('client');
  compress(join(root, 'client/dist'));
  writeFileSync(keyFile, key); // last: it says that both outputs are of these sources
}

function build(workspace: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, workspace),
    stdio: 'inherit',
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** What compresses well is compressed once, here: the server then only picks a file. */
function compress(directory: string): void {
  for (const path of files(directory).filter((name) => /\.(js|mjs|css|svg|json)$/.test(name))) {
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const source of sources)
    for (const path of files(join(root, source))) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
}

function files(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(join(directory, entry.name)) : [join(directory, entry.name)]));
}
