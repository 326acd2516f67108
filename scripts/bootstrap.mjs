// Plain JavaScript for whatever Node the machine has (20.19 or newer): bring what is missing, then hand over to the
// project's own Node 24. Used by start.mjs and test.mjs; nothing here may need an installed package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old to begin with: 20.19 or newer is needed (the project then brings its own Node 24).`,
  );
  process.exit(1);
}

/** Run npm itself, without a shell, on Windows too. */
export function npm(args, options = {}) {
  const cli = process.env.npm_execpath;
  const [command, before] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return spawnSync(command, [...before, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: command === 'npm' && process.platform === 'win32',
    ...options,
  });
}

/** Install what package-lock.json lists, unless that was done already. */
export function install() {
  const lock = join(root, 'package-lock.json');
  const done = join(root, 'node_modules', '.installed');
  const wanted = readFileSync(lock, 'utf8');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return;
  console.log('Installing what is missing (once; npm may warn that this Node is older than some packages ask for)…');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // A mirror may lack packages of other platforms that the lock file names: `npm ci` then refuses, `npm install` does not.
  const isInstalled = npm(['ci', ...quiet]).status === 0 || npm(['install', '--no-save', ...quiet]).status === 0;
  if (!isInstalled) {
    console.error('The packages could not be installed: is the npm registry reachable? (`npm config get registry`)');
    process.exit(1);
  }
  writeFileSync(done, wanted);
}

/** Path of the project's own Node; installs the platform's package when install scripts are blocked. */
export function pinnedNode() {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const places = [
    join(root, 'node_modules', 'node', 'bin', binary),
    join(root, 'node_modules', platform, 'bin', binary),
  ];
  // The first place may be an empty stand-in when its install script did not run.
  const find = () => places.find((path) => existsSync(path) && statSync(path).size > 1_000_000);
  const found = find();
  if (found !== undefined) return found;
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node;
  npm(['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${platform}@${version}`]);
  const installed = find();
  if (installed === undefined) {
    console.error(`The project's own Node ${version} could not be installed (package ${platform}).`);
    process.exit(1);
  }
  return installed;
}

/** The environment with the project's own Node first, so that whatever we start finds it. */
export function environment(extra = {}) {
  const node = pinnedNode();
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, ...extra, PATH: `${dirname(node)}${separator}${process.env.PATH ?? ''}` };
}

/** Run a program of the project with its own Node; resolves to the exit code. Signals go through to it. */
export function run(args, options = {}) {
  const child = spawn(pinnedNode(), args, { cwd: root, stdio: 'inherit', ...options, env: environment(options.env) });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise((done) => {
    child.on('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Build the client when its sources changed since the last build. */
export async function buildClient() {
  const code = await run(['scripts/build.ts']);
  if (code !== 0) {
    console.error('The client did not build.');
    process.exit(code);
  }
}
