/**
 * What the command-line chores share: where to work, the progress bar, how they end.
 */
import { openAsBlob, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, resolve } from 'node:path';
import { AppError, ErrorResponse } from '@diemnong/contracts';
import { type Actor, commandLineActor } from '../server/src/access/record-audit.ts';
import { type Scope, systemScope } from '../server/src/access/scope.ts';
import { openSecrets } from '../server/src/access/secrets.ts';
import { type Configuration, readConfiguration } from '../server/src/configuration.ts';
import { findHolder } from '../server/src/database/holder.ts';
import { type Database, openDatabase } from '../server/src/database/open-database.ts';

/** Work on the database in this process, or hand the file to the server that holds the embedded database. */
export type Chore =
  | { kind: 'database'; db: Database; configuration: Configuration }
  | { kind: 'server'; server: ChoreServer; configuration: Configuration };

/** The server of this data directory, and the key that opens it to whoever may read that directory. */
export type ChoreServer = { url: string; operatorKey: string };

/** Who runs a chore on the database itself: who may open it may see all of it. */
export function choreRunner(): Actor & { scope: Scope; officeCode: null } {
  return { ...commandLineActor(userInfo().username), scope: systemScope, officeCode: null };
}

/**
 * With DATABASE_URL a chore goes to the database, whether or not a server runs. The embedded database belongs to one process:
 * when a server holds it the chore talks to that server, else it opens the database itself.
 * Errors: `conflict` when something else than a listening server holds the data directory.
 */
export async function openChore(): Promise<Chore> {
  const configuration = readConfiguration();
  if (configuration.databaseUrl === undefined) {
    const { dataDir } = configuration;
    const url = await waitForAddress(dataDir);
    if (url !== undefined) {
      const { operatorKey } = openSecrets(dataDir);
      return { kind: 'server', server: { url, operatorKey }, configuration };
    }
  }
  return { kind: 'database', db: await openDatabase(configuration), configuration };
}

/** A server that is starting holds the directory before it listens. */
async function waitForAddress(dataDir: string): Promise<string | undefined> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const holder = await findHolder(dataDir);
    if (holder === undefined) return undefined;
    if (holder.url !== null) return holder.url;
    await new Promise((next) => setTimeout(next, 500));
  }
  return undefined; // openDatabase then says who holds the directory
}

/**
 * Send a file to the server as a form, `options` first; it is streamed from disk.
 * @returns what the server answered. Errors: the server's own, as `AppError`; `unavailable` when it cannot be reached.
 */
export async function sendFile<Answer>(
  server: ChoreServer,
  path: string,
  options: object,
  file: string,
): Promise<Answer> {
  const form = new FormData();
  form.append('options', JSON.stringify(options));
  form.append('file', await openAsBlob(file), basename(file));
  return askServer<Answer>(server, path, { method: 'POST', body: form });
}

/** One request to the server that holds the database. Errors: the server's own, as `AppError`. */
export async function askServer<Answer>(server: ChoreServer, path: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetchFromServer(server, path, request);
  const body: unknown = await response.json();
  if (response.ok) return body as Answer;
  const { error } = ErrorResponse.parse(body);
  throw new AppError(error.code as AppError['code'], error.message, { details: error.details });
}

/** Errors: `unavailable` when the server cannot be reached. */
export async function fetchFromServer(
  { url, operatorKey }: ChoreServer,
  path: string,
  request: RequestInit = {},
): Promise<Response> {
  const headers = { authorization: `Bearer ${operatorKey}` };
  return fetch(new URL(path, url), { ...request, headers }).catch((cause: unknown) => {
    throw new AppError('unavailable', `Không gọi được máy chủ ${url}. (The server at ${url} does not answer.)`, {
      cause,
    });
  });
}

/** The path of an input file as its user means it: npm runs scripts in the project's folder, wherever it was called. */
export function inputFile(path: string): string {
  const file = resolve(process.env.INIT_CWD ?? '.', path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new AppError('invalid_input', `Không có tệp ${file}. (No such file.)`);
  return file;
}

export type ProgressBar = { show(label: string, done: number, total: number | null): void; clear(): void };

/** A bar on standard error, redrawn at most ten times a second; silent when nobody looks (pipes, --json). */
export function createProgressBar(isWanted: boolean): ProgressBar {
  const isShown = isWanted && process.stderr.isTTY;
  let drawnAt = 0;
  let drawnLabel = '';
  return {
    show(label, done, total) {
      const now = performance.now();
      if (!isShown || (label === drawnLabel && now - drawnAt < 100)) return;
      drawnAt = now;
      drawnLabel = label;
      const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
      const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░');
      process.stderr.write(
        `\r\x1b[K${label.padEnd(12)} ${bar} ${total === null ? done : `${Math.floor(share * 100)}%`}`,
      );
    },
    clear() {
      if (isShown) process.stderr.write('\r\x1b[K');
    },
  };
}

/** Run a chore to its end: its result is the exit code; an error for people is one line, and exit code 1. */
export async function runChore(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work());
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exit(1);
  }
}

/** What the command line gave, or `invalid_input` with how the chore is called. */
export function readCommandLine<Parsed>(read: () => Parsed, usage: string): Parsed {
  try {
    return read();
  } catch (cause) {
    throw new AppError('invalid_input', `${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`, {
      cause,
    });
  }
}
