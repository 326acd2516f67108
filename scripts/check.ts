/**
 * Everything that can be wrong without running: format, lint, types, import boundaries, dead code. Warnings are errors.
 * Usage: npm run check
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path: string) => `node_modules/${path}`;

const steps: { name: string; args: string[] }[] = [
  { name: 'format and import boundaries', args: [tool('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.'] },
  { name: 'lint', args: [tool('oxlint/bin/oxlint'), '--deny-warnings', '--type-aware'] },
  ...[
    'server/contracts',
    'server/analysis',
    'tiles',
    'data',
    'client/charts',
    'server',
    'client',
    'tests',
    'scripts',
  ].map((workspace) => ({
    name: `types of ${workspace}`,
    args: [tool('typescript/bin/tsc'), '-p', workspace],
  })),
  { name: 'dead code', args: [tool('knip/bin/knip.js'), '--treat-config-hints-as-errors'] },
];

let failed = 0;
const waiting = [...steps];
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
console.log(failed === 0 ? `check: ${steps.length} steps passed` : `check: ${failed} of ${steps.length} steps failed`);
process.exit(failed === 0 ? 0 : 1);

async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const { code, output } = await runStep(step.args);
    if (code === 0) continue;
    failed++;
    console.error(`✗ ${step.name}\n${output}`);
  }
}

function runStep(args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
    child.on('close', (code) => done({ code, output }));
  });
}
