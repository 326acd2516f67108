import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import knex, { type Knex } from 'knex';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/database/open-database.ts';
import {
  connectEmbeddedOwner,
  copyEmbeddedTemplate,
  createServerDatabase,
  hasTestServer,
} from '../support/database.ts';
import { startServerProcess, temporaryDirectory } from '../support/server-process.ts';
import { addEntries } from './audit-support.ts';

const script = fileURLToPath(new URL('../../scripts/audit-verify.ts', import.meta.url));

function run(env: Record<string, string>, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { DATABASE_URL: _url, ...inherited } = process.env;
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, ...args],
      { env: { ...inherited, ...env } },
      (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

async function addSome(options: { databaseUrl: string | undefined; dataDir: string }): Promise<void> {
  const db = await openDatabase(options);
  await addEntries(db, 12);
  await db.close();
}

/** One byte of one entry, by whoever may take the trigger off. */
async function changeOneByte(owner: Knex): Promise<void> {
  await owner.transaction(async (transaction) => {
    await transaction.raw('alter table audit_event disable trigger audit_event_append_only');
    await transaction('audit_event').where({ sequence: 9 }).update({ address: '10.0.0.8' });
    await transaction.raw('alter table audit_event enable trigger audit_event_append_only');
  });
  await owner.destroy();
}

const whole = { code: 0, err: '', out: expect.stringContaining('nguyên vẹn') as string };
const faulty = { code: 1, err: '', out: expect.stringContaining('NHẬT KÝ CÓ LỖI: mục 9 bị sửa') as string };

describe('npm run audit:verify', () => {
  it('says how it is called', async () => {
    expect(await run({}, '--help')).toMatchObject({ code: 0, out: expect.stringContaining('npm run audit:verify') });
    expect(await run({}, '--nonsense')).toMatchObject({ code: 1, err: expect.stringContaining('--nonsense') });
  });

  it('exits 1 after one byte was changed, on the embedded database, whether a server holds it or not', async () => {
    const dataDir = copyEmbeddedTemplate(temporaryDirectory());
    await addSome({ databaseUrl: undefined, dataDir });
    expect(await run({ DATA_DIR: dataDir })).toMatchObject(whole);
    const server = await startServerProcess({ dataDir, env: { DEMO: '0' } });
    try {
      const before = await run({ DATA_DIR: dataDir }, '--json');
      expect(before.code).toBe(0);
      // The server has noted the end of the log when it started.
      expect(JSON.parse(before.out)).toMatchObject({ anchors: 1, fault: null });
      await changeOneByte(connectEmbeddedOwner(dataDir));
      expect(await run({ DATA_DIR: dataDir })).toMatchObject(faulty);
    } finally {
      await server.stop();
    }
    expect(await run({ DATA_DIR: dataDir })).toMatchObject(faulty);
  });

  it.skipIf(!hasTestServer())('exits 1 after one byte was changed, on a PostgreSQL server', async () => {
    const { databaseUrl, drop } = await createServerDatabase();
    const dataDir = temporaryDirectory();
    const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
    try {
      await addSome({ databaseUrl, dataDir });
      expect(await run(env)).toMatchObject(whole);
      await changeOneByte(knex({ client: 'pg', connection: databaseUrl }));
      expect(await run(env)).toMatchObject(faulty);
      const { out } = await run(env, '--json');
      expect(JSON.parse(out)).toMatchObject({ entries: 8, fault: { sequence: 9, reason: 'changed' } });
    } finally {
      await drop();
    }
  });
});
