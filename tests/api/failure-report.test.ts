import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { FailureReport } from '../support/failure-report.ts';

const directory = mkdtempSync(join(tmpdir(), 'diemnong-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it('names every failure of a run, also those outside a test', () => {
  const file = join(directory, 'report.json');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--root=tests/fixtures/failing-run',
      `--reporter=${join(root, 'tests/support/failure-report.ts')}`,
    ],
    { cwd: root, env: { ...process.env, FAILURE_REPORT: file } },
  );
  expect(status).toBe(1);
  const { passed, failures } = JSON.parse(readFileSync(file, 'utf8')) as FailureReport;
  expect(passed).toBe(2);
  expect(failures.map((failure) => failure.split('\n')[0]).sort()).toEqual([
    'dying.test.ts: takes its worker with it: did not end',
    'failing.test.ts: fails: AssertionError: expected 1 to be 2 // Object.is equality',
    'failing.test.ts: set-up or end of end that fails: Error: cannot close',
    'failing.test.ts: set-up or end of set-up that fails: Error: no database',
    expect.stringMatching(/^outside all tests: Error: .*[Ww]orker/),
    'outside all tests: Error: nobody waited',
    'unreadable.test.ts: the file: Error: cannot be loaded',
  ]);
});
