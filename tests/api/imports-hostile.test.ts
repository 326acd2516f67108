import { readdirSync } from 'node:fs';
import type { ErrorResponse } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { fillThreeCommunes, importDesk, officeFile } from './imports-support.ts';

const headings = ['Số hồ sơ', 'Loại vụ việc', 'Thời điểm xảy ra', 'Kinh độ', 'Vĩ độ'];
const relation = (id: string, type: string, target: string, more = '') =>
  `<Relationship Id="${id}" Type="x/${type}" Target="${target}"${more}/>`;
const cells = (row: number, values: readonly string[]) =>
  `<row r="${row}">${values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('')}</row>`;

/** A workbook by hand, for what no program writes. */
function workbookOf(sheet: string, more: { name: string; data: Buffer }[] = []): Uint8Array<ArrayBuffer> {
  const part = (name: string, text: string) => ({ name, data: Buffer.from(text) });
  return new Uint8Array(
    zipArchive([
      part('_rels/.rels', `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`),
      part('xl/workbook.xml', '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>'),
      part(
        'xl/_rels/workbook.xml.rels',
        `<Relationships>${relation('r1', 'worksheet', 'a.xml')}
         ${relation('r2', 'externalLink', 'file:///etc/passwd', ' TargetMode="External"')}</Relationships>`,
      ),
      part('xl/a.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
      ...more,
    ]),
  );
}

describeOnBothDatabases('hostile uploads', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let desk: ReturnType<typeof importDesk>;
  beforeAll(async () => {
    db = await open();
    await fillThreeCommunes(db);
    app = await startTestApp(createTestContext(db));
    desk = importDesk(app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('a name that climbs, or reads backwards, is shown as a plain one and names nothing on disk', async () => {
    const before = readdirSync(db.dataDir);
    const names = ['../../../secrets.json', '..\\..\\x.csv', 'a\u202Evsc.exe', 'tệp'.repeat(200)];
    const shown = [];
    for (const name of names) shown.push((await desk.import(officeFile([]), {}, name)).fileName);
    expect(shown.slice(0, 3)).toEqual(['secrets.json', 'x.csv', 'avsc.exe']);
    expect(shown[3]).toHaveLength(200);
    expect(readdirSync(db.dataDir)).toEqual(before);
  });

  it('signs that the database cannot hold do not end in a fault of the server', async () => {
    const strange = 'Ghi_x0000_chú _xD800_ &#0; &#xD800;';
    const row = ['A-_x0000_1', 'Đánh bạc_xDC00_', '30/10/2025 10:00', '106.05', '20.65', strange];
    const batch = await desk.import(workbookOf(cells(1, [...headings, strange]) + cells(2, row)), { commit: true });
    expect(batch).toMatchObject({ state: 'committed', accepted: 1 });
    expect(await desk.describe(batch.id)).toMatchObject({ state: 'committed' });
    for (const office of ['CA\u0000X', 'CA\u202EX'])
      expect(await desk.send('x', { office })).toMatchObject({ status: 400 });
  });

  it('a formula is read as the value beside it, in and out', async () => {
    const formula = `<c t="str"><f>HYPERLINK("http://x","y")</f><v>=1+1</v></c>`;
    const wrong = cells(2, ['A-1', 'Đánh bạc', '32/10/2025', '106.05', '20.65']).replace('</row>', `${formula}</row>`);
    const batch = await desk.import(workbookOf(cells(1, [...headings, 'Ghi chú']) + wrong), { commit: false });
    expect(batch).toMatchObject({ rejected: 1 });
    const response = await app.fetch(`/api/imports/${batch.id}/errors.xlsx`);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const cell = workbook.worksheets[0].getRow(2).getCell(6);
    expect([cell.type, cell.value]).toEqual([exceljs.ValueType.String, "'=1+1"]);
  });

  it('bombs are refused with the reason, and the next file is read', async () => {
    const zeros = { name: 'xl/media/a.png', data: Buffer.alloc(40_000_000) };
    const started = performance.now();
    const bomb = await desk.import(workbookOf(cells(1, headings), [zeros]), {}, 'a.xlsx');
    expect(bomb).toMatchObject({ state: 'refused', error: { code: 'bomb' } });
    const refused = performance.now();
    const plain = cells(1, headings) + cells(2, ['A-9', 'Đánh bạc', '30/10/2025', '106.05', '20.65']);
    expect(await desk.import(workbookOf(plain))).toMatchObject({ state: 'review', accepted: 1 });
    // A busy machine is slow with every file.
    expect(refused - started).toBeLessThan(Math.max(5000, 10 * (performance.now() - refused)));
  });

  it('options are plain data, whatever their keys', async () => {
    const mapping = `{"columns":{"__proto__":"x","reference":"Mã"},"categories":{"__proto__":"y","constructor":"z"}}`;
    const form = new FormData();
    form.append('options', `{"office":"CAX01","mapping":${mapping},"__proto__":{"commit":true}}`);
    form.append('file', new Blob([officeFile([])]), 'a.csv');
    const { status, body } = await desk.ask<ErrorResponse & { id: string }>('', { method: 'POST', body: form });
    expect([202, 400]).toContain(status);
    if (status === 202) expect((await desk.rest(body.id)).state).not.toBe('committed');
    expect(({} as { commit?: boolean }).commit).toBeUndefined();
  });
});
