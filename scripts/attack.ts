/**
 * Attack the platform, at length (goals 18–35 of the reliability goals); tests/api/attack-*.test.ts are the short forms. Each attack
 * has a control: the same attack with its guard taken away, which must succeed.
 * Usage: npm run attack [-- --only NAME…]
 * One line each: `name: N tries, 0 successes (control: …)`. Exit code 1 when an attack succeeds, or a control does not.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareSystem, startTestServer } from './test-system.mjs';

/** In the order they run; the names are those of tests/attack/run-attack.ts. */
const names = [
  'interleaving',
  'http-scopes',
  'revocation',
  'hidden-ids',
  'small-counts',
  'exports',
  'sign-in',
  'parameters',
  'reading',
  'uploads',
];

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const wanted = names.filter((name) => values.only?.includes(name) ?? true);
const unknown = (values.only ?? []).filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No attack is called ${unknown.join(' or ')}; there are ${names.join(', ')}`);
  process.exit(1);
}

const { postgres } = prepareSystem();
if (postgres === undefined) {
  console.error('The attacks need a PostgreSQL server with PostGIS; `npm test` says how to get one');
  process.exit(1);
}
const server = startTestServer(postgres);
const failed: string[] = [];
try {
  for (const name of wanted) {
    // Each in a process of its own: what one leaves in memory is not the next one's.
    const runner = fileURLToPath(new URL('../tests/attack/run-attack.ts', import.meta.url));
    const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', runner, name], {
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: server.url },
    });
    if (status !== 0) failed.push(name);
  }
} finally {
  server.stop();
}
console.log(failed.length === 0 ? `${wanted.length} attacks, none succeeded` : `failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
