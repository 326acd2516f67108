import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BoundaryImport, postBoundaryImport } from '@diemnong/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServerDatabase, hasTestServer, openTestEmbedded, type TestDatabase } from '../support/database.ts';
import { embeddedTemplateDir } from '../support/database-templates.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { zipArchive } from '../support/zip-archive.ts';

const commune = {
  type: 'Feature',
  properties: { code: '00101', name: 'Xã Tây', province_code: '33' },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [106, 20],
        [106.1, 20],
        [106.1, 20.1],
        [106, 20.1],
        [106, 20],
      ],
    ],
  },
};
const geojson = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [commune] }));

describe('boundary import by form and by command line', () => {
  let db: TestDatabase;
  let app: TestApp;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'diemnong-form-'));
    db = await openTestEmbedded();
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function send(parts: [name: string, value: string | [Buffer, string]][]) {
    const form = new FormData();
    for (const [name, value] of parts)
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, new Blob([new Uint8Array(value[0])]), value[1]);
    const response = await app.fetch(postBoundaryImport.path, { method: 'POST', body: form });
    return {
      status: response.status,
      body: (await response.json()) as { id: string; error: { code: string; message: string } },
    };
  }
  async function follow(id: string): Promise<BoundaryImport> {
    for (;;) {
      const job = BoundaryImport.parse(await (await app.fetch(`${postBoundaryImport.path}/${id}`)).json());
      if (job.state === 'committed' || job.state === 'refused') return job;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  const options = (set: string, more: object = {}) => JSON.stringify({ set, validFrom: '2025-07-01', ...more });

  it('takes a form, answers at once, and tells how it went', async () => {
    const { status, body } = await send([
      ['options', options('form')],
      ['file', [geojson, 'ranh giới.geojson']],
    ]);
    expect(status).toBe(202);
    expect(await follow(body.id)).toMatchObject({
      state: 'committed',
      error: null,
      report: { set: 'form', communes: 1 },
    });
    expect(await db.knex('commune').where({ boundary_set_id: 'form' }).pluck('full_name')).toEqual(['Xã Tây']);
    const entries = await db.knex('audit_event').where({ account_id: app.accountId, action: 'boundaries.imported' });
    expect(entries).toMatchObject([{ target: 'boundaries/form', after: { communes: 1, provinces: ['33'] } }]);
  });

  it('reads a zip archive, and refuses one with two files unless one is named', async () => {
    const one = zipArchive([{ name: 'bản đồ/xã.geojson', data: geojson }]);
    const { body } = await send([
      ['options', options('zip')],
      ['file', [one, 'a.zip']],
    ]);
    expect(await follow(body.id)).toMatchObject({ state: 'committed', report: { communes: 1 } });
    const two = zipArchive([
      { name: 'a/cu.geojson', data: geojson },
      { name: 'b/moi.geojson', data: geojson },
    ]);
    const unnamed = await send([
      ['options', options('zip2')],
      ['file', [two, 'a.zip']],
    ]);
    expect(await follow(unnamed.body.id)).toMatchObject({
      state: 'refused',
      error: { code: 'invalid_input', message: expect.stringMatching(/cu\.geojson, moi\.geojson/) },
    });
    const named = await send([
      ['options', options('zip2', { layer: 'moi' })],
      ['file', [two, 'a.zip']],
    ]);
    expect(await follow(named.body.id)).toMatchObject({ state: 'committed' });
  });

  it('refuses a file it cannot read, by its kind and by its content', async () => {
    for (const name of ['ranh-gioi.docx', 'ranh-gioi', '../../x.geojson/..']) {
      const { body } = await send([
        ['options', options('kind')],
        ['file', [geojson, name]],
      ]);
      expect(await follow(body.id)).toMatchObject({ state: 'refused', report: null, error: { code: 'unprocessable' } });
    }
    const { body } = await send([
      ['options', options('content')],
      ['file', [Buffer.from('<html>'), 'a.geojson']],
    ]);
    expect(await follow(body.id)).toMatchObject({
      state: 'refused',
      error: { message: expect.stringMatching(/GeoJSON/) },
    });
  });

  it('takes the parts of a form in any order', async () => {
    const { status, body } = await send([
      ['file', [geojson, 'a.geojson']],
      ['options', options('late')],
    ]);
    expect(status).toBe(202);
    expect(await follow(body.id)).toMatchObject({ state: 'committed' });
  });

  it('refuses malformed forms at once', async () => {
    const file: [string, [Buffer, string]] = ['file', [geojson, 'a.geojson']];
    expect((await send([['options', options('no-file')]])).body.error.code).toBe('invalid_input');
    expect((await send([['options', '{'], file])).body.error.message).toMatch(/JSON/);
    expect((await send([['options', '{"set":"a b","validFrom":"2025"}'], file])).body.error.message).toMatch(
      /options\.set.*options\.validFrom/,
    );
    const plain = await app.fetch(postBoundaryImport.path, { method: 'POST', body: 'x' });
    expect(plain.status).toBe(400);
    expect((await app.fetch(`${postBoundaryImport.path}/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
  });

  it('leaves no upload behind, refused or not', () => {
    expect(readdirSync(db.stagingDir)).toEqual([]);
  });

  it('hands the file of the command line to the server that holds the database', async () => {
    db.announce(app.url);
    const file = join(directory, 'xa.geojson');
    writeFileSync(file, geojson);
    const { code, stdout } = await runCommand([file, '--set', 'cli', '--valid-from', '2025-07-01', '--json'], {
      DATA_DIR: db.dataDir,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ set: 'cli', communes: 1 });
    expect(await db.knex('boundary_set').where({ id: 'cli' }).first()).toBeDefined();
  });

  it('opens the embedded database itself when nobody holds it, and tells the result in Vietnamese', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'diemnong-cli-'));
    try {
      cpSync(join(embeddedTemplateDir(), 'cluster'), join(dataDir, 'cluster'), { recursive: true });
      const file = join(directory, 'xa.geojson');
      writeFileSync(file, geojson);
      const { code, stdout } = await runCommand([file, '--set', 'cli', '--valid-from', '2025-07-01'], {
        DATA_DIR: dataDir,
      });
      expect(code).toBe(0);
      expect(stdout).toMatch(/Đã nhập bộ ranh giới cli: 1 xã, phường; 115,8 km²; tỉnh 33/);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it.skipIf(!hasTestServer())('exits 1 with one line that says why when nothing was accepted', async () => {
    const database = await createServerDatabase();
    try {
      const file = join(directory, 'none.geojson');
      writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [{ ...commune, geometry: null }] }));
      const environment = { DATABASE_URL: database.databaseUrl, DATA_DIR: directory };
      const refused = await runCommand([file, '--set', 'none', '--valid-from', '2025-07-01'], environment);
      expect(refused).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^Tệp không có xã nào dùng được.*không có hình.*\n$/),
      });
      expect(
        await runCommand(['absent.geojson', '--set', 'a', '--valid-from', '2025-07-01'], environment),
      ).toMatchObject({ code: 1 });
      const usage = await runCommand([file, '--valid-from', '1/7/2025'], environment);
      expect(usage).toMatchObject({ code: 1, stderr: expect.stringMatching(/--set:[^]*--valid-from:/) });
    } finally {
      await database.drop();
    }
  });
});

function runCommand(
  args: string[],
  environment: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = fileURLToPath(new URL('../../scripts/import-boundaries.ts', import.meta.url));
  const { DATABASE_URL: _, INIT_CWD: __, ...inherited } = process.env;
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, ...args],
      { env: { ...inherited, ...environment } },
      (error, stdout, stderr) => done({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}
