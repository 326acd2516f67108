// Usage: npm test [-- --quick]   Checks, unit tests, API on both databases, browser tests; installs what is missing.
//   --quick leaves out the PostgreSQL server and the browser, and says so.
// With CI=true nothing may be left out. The last line sums every suite: "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient, install, run } from './bootstrap.mjs';
import { prepareSystem, startTestServer } from './test-system.mjs';

const quick = process.argv.includes('--quick');
const ci = process.env.CI === 'true';
if (quick && ci) {
  console.error('--quick leaves suites out, which CI=true does not allow');
  process.exit(1);
}

install();
const system = quick
  ? { chromium: undefined, postgres: undefined, leftOut: ['PostgreSQL server (--quick)', 'browser (--quick)'] }
  : prepareSystem();
const suites = [];

suites.push({ name: 'check', failed: (await run(['scripts/check.ts'])) === 0 ? 0 : 1, passed: 0 });
if (suites[0].failed === 0) suites[0].passed = 1;
await buildClient();

const server = system.postgres === undefined ? undefined : startTestServer(system.postgres);
const reports = mkdtempSync(join(tmpdir(), 'diemnong-reports-'));
try {
  const env = {
    ...(server === undefined ? {} : { TEST_DATABASE_URL: server.url }),
    ...(system.chromium === undefined ? {} : { CHROMIUM_PATH: system.chromium }),
  };
  const projects = system.chromium === undefined ? ['unit', 'api'] : ['unit', 'api', 'browser'];
  for (const project of projects) suites.push(await runProject(project, env));
} finally {
  server?.stop();
  rmSync(reports, { recursive: true, force: true });
}

if (system.leftOut.length > 0) {
  console.log(`\nLeft out: ${system.leftOut.join('; ')}.`);
  if (ci) suites.push({ name: 'left out', passed: 0, failed: system.leftOut.length });
}
// Again at the end, where a cut-off log still has them.
for (const { name, failures = [] } of suites) for (const test of failures) console.log(`failed: ${name}: ${test}`);
for (const { name, passed, failed } of suites) console.log(`${name}: ${passed} passed, ${failed} failed`);
const sum = (of) => suites.reduce((total, suite) => total + suite[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 ? 0 : 1);

async function runProject(name, env) {
  const file = join(reports, `${name}.json`);
  const options = ['--config', 'tests/vitest.config.ts', '--project', name];
  const reporters = ['--reporter=default', '--reporter=./tests/support/failure-report.ts'];
  const code = await run(['node_modules/vitest/vitest.mjs', 'run', ...options, ...reporters], {
    env: { ...env, FAILURE_REPORT: file },
  });
  const { passed, failures } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failures: ['ended without a report'] };
  if (failures.length === 0 && code !== 0) failures.push(`ended with code ${code}`);
  if (failures.length === 0 && passed === 0) failures.push('found no test');
  return { name, passed, failed: failures.length, failures };
}
