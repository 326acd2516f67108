import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportBatch } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/src/database/open-database.ts';
import { createServerDatabase, hasTestServer } from '../support/database.ts';
import { embeddedTemplateDir } from '../support/database-templates.ts';
import { type ServerProcess, startServerProcess, temporaryDirectory } from '../support/server-process.ts';
import { fillThreeCommunes, officeFile } from './imports-support.ts';

const script = fileURLToPath(new URL('../../scripts/import.ts', import.meta.url));
const rows = ['HS-1;Đánh bạc;31/10/2025 14:30;106,05;20,65;', 'HS-2;Đánh bạc;32/10/2025;106,05;20,65;'];

describe('npm run import', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diemnong-cli-'));
    writeFileSync(join(folder, 'thang10.csv'), officeFile(rows));
    writeFileSync(join(folder, 'hong.csv'), officeFile([rows[1]]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(env: Record<string, string>, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { DATABASE_URL: _url, ...inherited } = process.env;
    return new Promise((done) => {
      const options = { env: { ...inherited, INIT_CWD: folder, ...env } };
      execFile(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', script, ...args],
        options,
        (error, out, err) => done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
  }

  async function check(env: Record<string, string>) {
    const stopped = await run(env, 'thang10.csv', '--office', 'CAX01');
    expect(stopped).toMatchObject({ code: 0, err: '' });
    expect(stopped.out).toContain('nhận 1, từ chối 1');
    expect(stopped.out).toContain('--yes');

    const done = await run(env, 'thang10.csv', '--office', 'CAX01', '--yes', '--json');
    expect(done.code).toBe(0);
    const batch = JSON.parse(done.out) as ImportBatch & { errorsFile: string };
    expect(batch).toMatchObject({ state: 'committed', accepted: 1, rejected: 1 });
    expect(batch.errorsFile).toBe(join(folder, 'thang10-loi.xlsx'));
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(batch.errorsFile);
    expect(workbook.worksheets[0].getRow(2).getCell(3).text).toMatch(/^32\/10\/2025 ⟵ /);

    const again = await run(env, 'thang10.csv', '--office', 'CAX01', '--yes');
    expect(again.code).toBe(0);
    expect(again.out).toContain('Tệp này đã nhập');
    const nothing = await run(env, 'hong.csv', '--office', 'CAX01', '--yes');
    expect(nothing.code).toBe(1);
    expect(nothing.out).toContain('Không có dòng nào nhập được');
    expect(existsSync(join(folder, 'hong-loi.xlsx'))).toBe(true);
  }

  it('says what it needs', async () => {
    const dataDir = temporaryDirectory();
    expect(await run({ DATA_DIR: dataDir })).toMatchObject({ code: 1, err: expect.stringContaining('npm run import') });
    expect(await run({ DATA_DIR: dataDir }, 'thang10.csv')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--office'),
    });
    expect(await run({ DATA_DIR: dataDir }, 'khong-co.csv', '--office', 'A')).toMatchObject({
      code: 1,
      err: expect.stringContaining('khong-co.csv'),
    });
  });

  it('opens the embedded database when nobody holds it, and hands the file to the server that does', async () => {
    const dataDir = temporaryDirectory();
    cpSync(join(embeddedTemplateDir(), 'cluster'), join(dataDir, 'cluster'), { recursive: true });
    const db = await openDatabase({ databaseUrl: undefined, dataDir });
    await fillThreeCommunes(db);
    await db.close();
    const first = await run({ DATA_DIR: dataDir }, 'thang10.csv', '--office', 'CAX00', '--yes');
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('Đã ghi 1 vụ việc');
    let server: ServerProcess | undefined;
    try {
      server = await startServerProcess({ dataDir, env: { DEMO: '0' } });
      await check({ DATA_DIR: dataDir });
    } finally {
      await server?.stop();
    }
  });

  it.skipIf(!hasTestServer())('goes to the database server by itself', async () => {
    const created = await createServerDatabase();
    try {
      const dataDir = temporaryDirectory();
      const db = await openDatabase({ databaseUrl: created.databaseUrl, dataDir });
      await fillThreeCommunes(db);
      await db.close();
      await check({ DATABASE_URL: created.databaseUrl, DATA_DIR: dataDir });
    } finally {
      await created.drop();
    }
  });
});
