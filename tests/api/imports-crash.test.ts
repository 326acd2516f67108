import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { getMeta, ImportBatch, ResponseOf } from '@diemnong/contracts';
import knex from 'knex';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/database/open-database.ts';
import { createServerDatabase, hasTestServer } from '../support/database.ts';
import { embeddedTemplateDir } from '../support/database-templates.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';
import { fillThreeCommunes, importDesk, officeFile } from './imports-support.ts';

/** Enough rows for a commit that can be hit in the middle. */
const ROWS = 120_000;
const bigFile = officeFile(
  Array.from({ length: ROWS }, (_, at) => {
    const day = `${String(1 + (at % 28)).padStart(2, '0')}/${String(1 + (at % 12)).padStart(2, '0')}/2024`;
    const lng = 106.001 + (at % 997) * 0.0001;
    const lat = 20.601 + (at % 1009) * 0.0001;
    return `K-${at};Đánh bạc;${day} 10:${String(at % 60).padStart(2, '0')};${lng.toFixed(5)};${lat.toFixed(5)};`;
  }),
);

type Place = { env: Record<string, string>; dataDir: string; drop: () => Promise<void> };

describe('an import that is killed (embedded engine)', () =>
  testCrashes(async () => {
    const dataDir = temporaryDirectory();
    cpSync(join(embeddedTemplateDir(), 'cluster'), join(dataDir, 'cluster'), { recursive: true });
    const db = await openDatabase({ databaseUrl: undefined, dataDir });
    await fillThreeCommunes(db);
    await db.close();
    return { env: { DEMO: '0' }, dataDir, drop: async () => {} };
  }, killEmbeddedEngine));

describe.skipIf(!hasTestServer())('an import that is killed (PostgreSQL server)', () =>
  testCrashes(async () => {
    const dataDir = temporaryDirectory();
    const created = await createServerDatabase();
    const { databaseUrl } = created;
    const db = await openDatabase({ databaseUrl, dataDir });
    await fillThreeCommunes(db);
    await db.close();
    return { env: { DATABASE_URL: databaseUrl, DEMO: '0' }, dataDir, drop: () => created.drop() };
  }, killBackends),
);

function testCrashes(
  prepare: () => Promise<Place>,
  killDatabase: (server: ServerProcess, place: Place) => Promise<void>,
): void {
  let place: Place | undefined;
  let server: ServerProcess | undefined;
  const start = async () => {
    place ??= await prepare();
    server = await startServerProcess({ dataDir: place.dataDir, env: place.env });
    return server;
  };
  const countIncidents = async (running: ServerProcess) =>
    ((await (await running.fetch('/api/meta')).json()) as ResponseOf<typeof getMeta>).incidentCount;
  const stagedFolders = () => {
    const base =
      place!.env.DATABASE_URL === undefined
        ? join(place!.dataDir, 'cluster', 'staging')
        : join(place!.dataDir, 'staging');
    return readdirSync(join(base, 'imports'));
  };
  /** Upload and wait until the batch does what it shall be killed at. */
  const importUntil = async (running: ServerProcess, state: string) => {
    const desk = importDesk(running);
    const { body } = await desk.send(bigFile, { commit: true });
    while ((await desk.describe(body.id)).state !== state) await new Promise((next) => setTimeout(next, 5));
    return body.id;
  };
  afterAll(async () => {
    await server?.stop('SIGKILL').catch(() => {});
    await place?.drop();
  });

  it.each([
    ['parsing', 150],
    ['committing', 20],
    ['committing', 250],
  ])('leaves the state of before when the server dies while %s, %i ms in', async (state, delayMs) => {
    const running = await start();
    const id = await importUntil(running, state);
    await new Promise((next) => setTimeout(next, delayMs));
    await running.stop('SIGKILL');

    const after = await start();
    const { status, body: batch } = await importDesk(after).ask<ImportBatch>(`/${id}`);
    // A commit that was through before the kill stays; anything else has left nothing. On a busy machine the server may die
    // before the database has heard of the file: then there is no batch either.
    if (batch.state === 'committed') {
      expect(await countIncidents(after)).toBe(ROWS);
      expect(await importDesk(after).post(id, 'undo')).toMatchObject({ status: 200 });
    } else if (status === 404) expect(state).toBe('parsing');
    else {
      expect(batch).toMatchObject({ state: 'refused', error: { code: 'interrupted' } });
    }
    expect(await countIncidents(after)).toBe(0);
    expect(stagedFolders()).toEqual([]);
    await after.stop();
  });

  it('leaves the state of before when the database dies in the middle of the commit, and can be run again', async () => {
    const running = await start();
    const id = await importUntil(running, 'committing');
    await killDatabase(running, place!);
    // The batch is in review again or, with the engine gone, found interrupted at the next start.
    await running.stop('SIGKILL');
    const after = await start();
    const desk = importDesk(after);
    const batch = await desk.describe(id);
    if (batch.state === 'committed') await desk.post(id, 'undo');
    else expect(['review', 'refused']).toContain(batch.state);
    expect(await countIncidents(after)).toBe(0);

    const again = await desk.import(bigFile, { commit: true });
    expect(again).toMatchObject({ state: 'committed', accepted: ROWS, rejected: 0 });
    expect(await countIncidents(after)).toBe(ROWS);
    await after.stop();
  });
}

async function killEmbeddedEngine({ process: { pid } }: ServerProcess): Promise<void> {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  for (const child of children.trim().split(/\s+/)) process.kill(Number(child), 'SIGKILL');
}

/** What the server sees of a database that goes away: its connections end in the middle of a statement. */
async function killBackends(_server: ServerProcess, place: Place): Promise<void> {
  const admin = knex({ client: 'pg', connection: process.env.TEST_DATABASE_URL, pool: { min: 0, max: 1 } });
  const name = new URL(place.env.DATABASE_URL ?? '').pathname.slice(1);
  await admin.raw(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = ? and pid <> pg_backend_pid()',
    [name],
  );
  await admin.destroy();
}
