import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../server/src/database/free-port.ts';
import { copyEmbeddedTemplate, createServerDatabase, hasTestServer } from '../support/database.ts';
import { runServerToItsEnd, startServerProcess, temporaryDirectory } from '../support/server-process.ts';

describe('start', () => {
  it('refuses a second process on the same data directory, naming the first', async () => {
    const first = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '0' } });
    try {
      const second = await runServerToItsEnd({ DATA_DIR: first.dataDir, PORT: '0', DEMO: '0' });
      expect(second.code).toBe(1);
      expect(second.output).toContain(`đang được tiến trình ${first.process.pid} sử dụng`);
    } finally {
      await first.stop();
    }
  });

  it('starts again after being killed, without cleaning by hand', async () => {
    const first = await startServerProcess({ dataDir: copyEmbeddedTemplate(temporaryDirectory()), env: { DEMO: '0' } });
    await first.stop('SIGKILL');
    const again = await startServerProcess({ dataDir: first.dataDir, env: { DEMO: '0' } });
    const meta = await again.fetch('/api/meta').then((answer) => answer.json());
    await again.stop();
    expect(meta).toMatchObject({ demo: false, incidentCount: 0, embedded: true });
  });

  it('refuses a port in use', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await new Promise((ready) => other.once('listening', ready));
    const { code, output } = await runServerToItsEnd({
      DATA_DIR: copyEmbeddedTemplate(temporaryDirectory()),
      PORT: String(port),
      DEMO: '0',
    });
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`Cổng ${port}`);
  });

  it('refuses a database that does not answer and an address that is none', async () => {
    const dataDir = temporaryDirectory();
    const silent = await runServerToItsEnd({
      DATA_DIR: dataDir,
      PORT: '0',
      DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/x`,
    });
    expect(silent).toMatchObject({ code: 1, output: expect.stringContaining('Không kết nối được cơ sở dữ liệu') });
    const wrong = await runServerToItsEnd({ DATA_DIR: dataDir, PORT: '0', DATABASE_URL: 'mysql://x' });
    expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('DATABASE_URL') });
  });

  it('refuses a data directory that cannot be used', async () => {
    const place = temporaryDirectory();
    writeFileSync(join(place, 'file'), 'not a directory');
    const { code, output } = await runServerToItsEnd({ DATA_DIR: join(place, 'file'), PORT: '0', DEMO: '0' });
    expect(code).toBe(1);
    expect(output).toContain('Điểm Nóng không khởi động được');
  });

  it('says that the disk is full in one line', (context) => {
    const place = temporaryDirectory();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=25m', 'tmpfs', place]).status === 0;
    if (!mounted) context.skip('mounting a small disk needs root');
    return runServerToItsEnd({ DATA_DIR: join(place, 'data'), PORT: '0', DEMO: '0' })
      .then(({ code, output }) => {
        expect(code).toBe(1);
        expect(output).toMatch(/No space left on device|đĩa đã đầy/);
        expect(output.length).toBeLessThan(1000);
      })
      .finally(() => spawnSync('umount', ['--lazy', place]));
  });

  it.skipIf(!hasTestServer())('never creates the demonstration on an external database unless told', async () => {
    const database = await createServerDatabase();
    const server = await startServerProcess({ env: { DATABASE_URL: database.databaseUrl } });
    try {
      const meta = await server.fetch('/api/meta').then((answer) => answer.json());
      expect(meta).toMatchObject({ demo: false, embedded: false, provinces: [] });
    } finally {
      await server.stop();
      await database.drop();
    }
  });

  it.skipIf(!hasTestServer())('refuses a PostgreSQL server without PostGIS', async () => {
    // A database whose role sees no PostGIS cannot be made from SQL; the check reads the list of available extensions, so
    // we shadow that view for one role, as a server without the package would show it.
    const database = await createServerDatabase({ template: 'template0' });
    try {
      const { default: knex } = await import('knex');
      const admin = knex({ client: 'pg', connection: database.databaseUrl, pool: { min: 0, max: 1 } });
      await admin.raw('create schema shadow');
      await admin.raw('create table shadow.pg_available_extension_versions (name text, version text)');
      const { rows } = await admin.raw<{ rows: { name: string }[] }>('select current_database() as name');
      await admin.raw('alter database :name: set search_path = shadow, pg_catalog, public', {
        name: rows[0]?.name ?? '',
      });
      await admin.destroy();
      const { code, output } = await runServerToItsEnd({
        DATA_DIR: temporaryDirectory(),
        PORT: '0',
        DATABASE_URL: database.databaseUrl,
      });
      expect(code).toBe(1);
      expect(output).toContain('chưa có PostGIS');
    } finally {
      await database.drop();
    }
  });
});
