import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../server/src/database/free-port.ts';

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));

export type ServerProcess = {
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** A request with the key of the data directory, as the chores make it: an administrator's rights. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sign in and get the session's token; passwords are those it printed, or was given. */
  signIn(username?: string): Promise<string>;
  /** Ask it to stop and wait; `signal` SIGKILL for a crash. Keeps the data directory. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

/**
 * Start the real server as `npm start` does, on a free port, and wait until it is ready.
 * Errors: when it ends before that, with all it printed.
 */
export async function startServerProcess(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? temporaryDirectory();
  const port = await freePort();
  const adminPassword = `quản-trị-${randomBytes(8).toString('hex')}`;
  const { child, output, ended } = spawnServer({
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: '127.0.0.1',
    ADMIN_PASSWORD: adminPassword,
    ...options.env,
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) break;
    const exit = await Promise.race([
      ended,
      new Promise<undefined>((later) => setTimeout(() => later(undefined), 200)),
    ]);
    if (exit !== undefined) throw new Error(`server ended with code ${exit} before it was ready:\n${output()}`);
  }
  return {
    url,
    dataDir,
    process: child,
    output,
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers);
      const { operatorKey } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
        operatorKey: string;
      };
      headers.set('authorization', `Bearer ${operatorKey}`);
      return fetch(url + path, { ...init, headers });
    },
    signIn: async (username = 'admin') => {
      const printed = new RegExp(`^ +${username} +(\\S+)`, 'm').exec(output())?.[1];
      const password = printed ?? options.env?.ADMIN_PASSWORD ?? adminPassword;
      const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      });
      const token = /diemnong_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1];
      if (token === undefined) throw new Error(`${username} was not signed in: ${await answer.text()}`);
      return token;
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}

/** Start it and wait for its end: for starts that must fail. */
export async function runServerToItsEnd(env: Record<string, string>): Promise<{ code: number; output: string }> {
  const { output, ended } = spawnServer({ HOST: '127.0.0.1', ...env });
  const code = await ended;
  return { code, output: output() };
}

function spawnServer(env: Record<string, string>): { child: ChildProcess; output(): string; ended: Promise<number> } {
  const { DATABASE_URL: _url, DEMO: _demo, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...inherited, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
  const ended = new Promise<number>((done) => child.on('close', (code) => done(code ?? -1)));
  return { child, output: () => text, ended };
}

export function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'diemnong-test-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}
