/**
 * Run the measurements of tests/bench, each with its peer in the same run, on a private PostgreSQL server.
 * Usage: npm run bench [-- NAME…]     NAME = file name without .ts; all when absent.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareSystem, startTestServer } from './test-system.mjs';

const directory = fileURLToPath(new URL('../tests/bench/', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(directory)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
if (names.length === 0) {
  console.error(`No measurement is called ${wanted.join(' or ')}`);
  process.exit(1);
}

const { postgres } = prepareSystem();
if (postgres === undefined) {
  console.error('The measurements need a PostgreSQL server with PostGIS; `npm test` says how to get one');
  process.exit(1);
}
// As docker-compose.yml sets the server up.
const server = startTestServer(postgres, ['shared_buffers=1GB', 'max_wal_size=4GB']);
let failed = 0;
try {
  for (const name of names) {
    console.log(`\n== ${name}`);
    const result = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--expose-gc', join(directory, `${name}.ts`)],
      {
        stdio: 'inherit',
        env: { ...process.env, TEST_DATABASE_URL: server.url },
      },
    );
    if (result.status !== 0) failed++;
  }
} finally {
  server.stop();
}
process.exit(failed === 0 ? 0 : 1);
