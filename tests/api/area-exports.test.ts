import { randomUUID } from 'node:crypto';
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeHistories } from '../support/area-histories.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { listWorkbookFaults } from '../support/workbook-parts.ts';

const histories = makeHistories({ seed: 7, areas: 30, communes: COMMUNES, from: '2022-01-04', to: '2024-12-20' });

describeOnBothDatabases('workbooks of areas', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
    db = await open();
    await fillSmallProvince(db);
    histories.areas[0].name = '=HYPERLINK("http://x")';
    await db.knex.batchInsert('area', histories.areas, 200);
    await db.knex.batchInsert('area_event', histories.events, 200);
    await db.knex.batchInsert('area_approval', histories.approvals, 200);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app?.close();
    await db?.close();
  });

  async function take(path: string, visitor: TestVisitor = app) {
    const answer = await visitor.fetch(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.xlsx"$/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(await listWorkbookFaults(bytes)).toEqual([]);
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytes.buffer);
    const rowsOf = (name: string) => {
      const rows: string[][] = [];
      book
        .getWorksheet(name)
        ?.eachRow((row) =>
          rows.push((row.values as (string | number | null)[]).slice(1).map((value) => String(value ?? ''))),
        );
      return rows;
    };
    return { names: book.worksheets.map(({ name }) => name), rowsOf };
  }
  const lastExport = () => db.knex('audit_event').where({ action: 'export.made' }).orderBy('sequence', 'desc').first();

  it('hold the list, every step, the targets and the readings of a year, and what the numbers are not', async () => {
    const { names, rowsOf } = await take('/api/areas.xlsx?year=2023');
    expect(names).toEqual(['Danh sách', 'Sự kiện', 'Chỉ tiêu', 'Số liệu', 'Ghi chú']);
    const { body } = await app.get<{ total: number; areas: { id: string; name: string; status: string }[] }>(
      '/api/areas?year=2023',
    );
    const list = rowsOf('Danh sách').slice(1);
    expect(list).toHaveLength(body.total);
    expect(body.total).toBeGreaterThan(3);
    const ids = new Set(body.areas.map(({ id }) => id));
    expect(rowsOf('Sự kiện')).toHaveLength(1 + histories.events.filter(({ area_id }) => ids.has(area_id)).length);
    const targets = await app.get<{ transformation: { numerator: number; denominator: number } }>(
      '/api/targets?year=2023',
    );
    const line = rowsOf('Chỉ tiêu').find(([year, , name]) => year === '2023' && name === 'Chuyển hóa');
    const { numerator, denominator } = targets.body.transformation;
    expect(line?.slice(3, 5)).toEqual([String(numerator), String(denominator)]);
    expect(rowsOf('Ghi chú').flat()).toContain('Chỉ thống kê theo địa bàn; không có dữ liệu cá nhân; không dự báo.');
    expect(rowsOf('Ghi chú').flat()).not.toContain('Dữ liệu mô phỏng');
    expect(await lastExport()).toMatchObject({ target: 'areas.xlsx', after: { year: 2023, areas: body.total } });
  });

  it('hold all areas that match unless fewer are asked for', async () => {
    const [area] = histories.areas;
    const more = Array.from({ length: 1001 }, (_, i) => ({
      ...area,
      id: randomUUID(),
      number: 10_000 + i,
      name: `Danh ${i}`,
      parents: [],
    }));
    await db.knex.batchInsert('area', more, 200);
    expect((await take('/api/areas.xlsx?text=Danh')).rowsOf('Danh sách')).toHaveLength(1 + 1001);
    const fewer = await take('/api/areas.xlsx?text=Danh&limit=3');
    expect(fewer.rowsOf('Danh sách')).toHaveLength(1 + 3);
    expect(fewer.rowsOf('Ghi chú').flat()).toContain('3/1001');
    await db.knex('area').where('number', '>=', 10_000).delete();
  });

  it('say that the data are invented where they are', async () => {
    await db.knex('province').update({ is_demo: true });
    const { rowsOf } = await take('/api/areas.xlsx?lang=en');
    expect(rowsOf('Notes').flat()).toContain('Simulated data');
    await db.knex('province').update({ is_demo: false });
  });

  it('hold one area whole', async () => {
    const [{ id, name }] = histories.areas;
    const { names, rowsOf } = await take(`/api/areas/${id}/sheet.xlsx`);
    expect(names).toEqual(['Địa bàn', 'Sự kiện', 'Biện pháp', 'Số vụ theo tháng', 'Số liệu', 'Ghi chú']);
    const own = histories.events.filter(({ area_id }) => area_id === id);
    expect(rowsOf('Sự kiện')).toHaveLength(1 + own.length);
    // What a spreadsheet would run is text.
    expect(rowsOf('Địa bàn')).toContainEqual(['Tên địa bàn', `'${name}`]);
    expect(await lastExport()).toMatchObject({ target: `areas/${id}/sheet.xlsx` });
  });

  it('hold for a commune its own areas alone', async () => {
    const [own] = COMMUNES;
    const { rowsOf } = await take('/api/areas.xlsx', await app.as('commune', { commune: own }));
    const communes = new Set(
      rowsOf('Danh sách')
        .slice(1)
        .map((row) => row[2]),
    );
    expect([...communes]).toEqual([own]);
  });
});
