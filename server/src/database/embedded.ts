import { fork } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { AppError } from '@diemnong/contracts';
import { freePort } from './free-port.ts';
import { localSocketPath } from './holder.ts';

/** How `pg` reaches the engine: a socket's directory, or 127.0.0.1, and a port. */
export type EmbeddedAddress = { user: string; database: string; host: string; port: number };

/**
 * Start the embedded PostgreSQL + PostGIS on `dataDir` and return how to reach it with `pg`.
 * The engine runs without fsync: trial use only (docs/decisions/embedded-engine.md).
 * @returns connection settings, the cluster directory (files below it can be read by COPY), and `stop`.
 * Errors: `unavailable` with the engine's own words when it cannot open the directory.
 */
export async function startEmbedded(
  dataDir: string,
): Promise<{ connection: EmbeddedAddress; clusterDir: string; stop(): Promise<void> }> {
  const clusterDir = join(dataDir, 'cluster');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { address, connection } = await engineAddress(dataDir);
  const engine = fork(new URL('./embedded-engine.ts', import.meta.url), [clusterDir, address], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let words = '';
  engine.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-4000);
  });
  await new Promise<void>((ready, fail) => {
    const refuse = (reason: string) =>
      fail(
        new AppError(
          /No space|ENOSPC/i.test(reason) ? 'storage_full' : 'unavailable',
          `Không mở được cơ sở dữ liệu nhúng trong ${clusterDir}: ${reason} (the embedded database did not open)`,
        ),
      );
    engine.once('exit', (code) => refuse(words.trim().split('\n').at(-1) || `engine ended with code ${code}`));
    engine.on('message', (message: { ready?: true; failed?: string }) => {
      if (message.ready) ready();
      else if (message.failed !== undefined) refuse(`${message.failed} ${words}`.trim());
    });
  });
  engine.removeAllListeners('exit');
  return {
    connection,
    clusterDir,
    stop: () =>
      new Promise<void>((done) => {
        if (engine.exitCode !== null || engine.signalCode !== null) return done();
        const timer = setTimeout(() => engine.kill('SIGKILL'), 10_000);
        engine.once('exit', () => {
          clearTimeout(timer);
          done();
        });
        if (engine.connected) engine.send('stop', () => {});
      }),
  };
}

async function engineAddress(dataDir: string): Promise<{ address: string; connection: EmbeddedAddress }> {
  const login = { user: 'postgres', database: 'postgres' };
  if (process.platform === 'win32') {
    const port = await freePort();
    return { address: `tcp:${port}`, connection: { ...login, host: '127.0.0.1', port } };
  }
  // libpq's convention: pg joins the directory and `.s.PGSQL.<port>`.
  const path = localSocketPath(dataDir, '.s.PGSQL.5432');
  await waitUntilFree(path);
  rmSync(path, { force: true });
  return path.endsWith('/.s.PGSQL.5432')
    ? { address: path, connection: { ...login, host: dirname(path), port: 5432 } }
    : shortAddress(path, login);
}

/** A long data directory: the socket stands alone in a short directory of its own. */
async function shortAddress(
  base: string,
  login: Pick<EmbeddedAddress, 'user' | 'database'>,
): Promise<{ address: string; connection: EmbeddedAddress }> {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  const path = join(base, '.s.PGSQL.5432');
  await waitUntilFree(path);
  rmSync(path, { force: true });
  return { address: path, connection: { ...login, host: base, port: 5432 } };
}

/** An engine whose parent was killed needs a moment to end; two on one directory would corrupt it. */
async function waitUntilFree(path: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const taken = await new Promise<boolean>((answer) => {
      const socket = connect(path);
      socket.on('connect', () => {
        socket.destroy();
        answer(true);
      });
      socket.on('error', () => answer(false));
    });
    if (!taken) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new AppError('conflict', `An embedded engine still listens on ${path} after 10 s; stop it first`);
}
