import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type AreaListAnswer, type ErrorResponse, postAreaList } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { writeListTemplate } from '../../server/src/features/area-lists/list-template.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { listWorkbookFaults } from '../support/workbook-parts.ts';
import { zipArchive } from '../support/zip-archive.ts';

const HEADING = [
  'STT',
  'Tên địa bàn',
  'Xã, phường',
  'Mã xã',
  'LOẠI',
  'Số Quyết định',
  'Ngày quyết định',
  'Cấp',
  'Mô tả',
];
type Cell = string | number | Date | null;

async function workbook(rows: Cell[][], heading: Cell[] = HEADING): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('DS 2026');
  sheet.addRow(['CÔNG AN TỈNH HƯNG YÊN']);
  sheet.addRow(['DANH SÁCH ĐỊA BÀN TRỌNG ĐIỂM NĂM 2026']);
  sheet.addRow([]);
  sheet.addRow(heading);
  for (const row of rows) sheet.addRow(row);
  return Buffer.from(await book.xlsx.writeBuffer());
}
const csv = (rows: Cell[][]) => Buffer.from([HEADING, ...rows].map((row) => row.join(';')).join('\r\n'));
const row = (name: string, commune: string, types: Cell = '1', more: Cell[] = ['12/QĐ-UBND', '15/01/2026']): Cell[] => [
  1,
  name,
  commune,
  '',
  types,
  ...more,
];

describeOnBothDatabases('POST /api/area-lists', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let planner: TestVisitor;
  let second: TestVisitor;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-15T08:00:00+07:00') });
    db = await open();
    await fillSmallProvince(db);
    const names = {
      10001: ['Phố Hiến', 'phường'],
      10002: ['Tân Tiến', 'xã'],
      10003: ['Tân Tiến', 'phường'],
      10004: ['Hoàn Long', 'xã'],
    };
    for (const [code, [name, kind]] of Object.entries(names))
      await db
        .knex('commune')
        .where({ boundary_set_id: '2025-07', code })
        .update({ name, kind, full_name: `${kind === 'xã' ? 'Xã' : 'Phường'} ${name}` });
    app = await startTestApp(createTestContext(db));
    planner = await app.as('planner');
    second = await app.as('province');
  });
  afterEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-15T08:00:00+07:00') });
    await db.knex('area').delete();
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app?.close();
    await db?.close();
  });

  async function send(
    content: Buffer,
    options: Record<string, unknown> = { year: 2026, commit: true },
    visitor: TestVisitor = planner,
  ): Promise<{ status: number; body: AreaListAnswer & ErrorResponse }> {
    const form = new FormData();
    form.append('options', JSON.stringify(options));
    form.append('file', new Blob([new Uint8Array(content)]), 'danh sách 2026.xlsx');
    const answer = await visitor.fetch('/api/area-lists', { method: 'POST', body: form });
    const body = (await answer.json()) as AreaListAnswer & ErrorResponse;
    if (answer.ok) postAreaList.response.parse(body);
    return { status: answer.status, body };
  }
  const approve = async (events: string[]) => {
    const { status } = await second.send('POST', '/api/areas/pending/approve', { events });
    expect(status).toBe(200);
  };
  const count = async (table: string) => Number((await db.knex(table).count('* as n'))[0].n);
  const steps = async () =>
    (
      await db
        .knex('area_event')
        .join('area', 'area.id', 'area_event.area_id')
        .orderBy(['area.number', 'sequence'])
        .select(
          'area.name',
          'type',
          'year',
          'decision_number',
          db.knex.raw('on_date::text as on_date'),
          'needs_approval',
        )
    ).map((step) => Object.values(step).join(' '));

  it('reviews without writing anything, and says what each row would do', async () => {
    const file = await workbook([
      row('Khu vực chợ Gạo', 'Phường Phố Hiến', '1; 4'),
      row('Bến xe', 'pho hien', 'Ma túy, TTXH'),
    ]);
    const { status, body } = await send(file, { year: 2026 });
    expect(status).toBe(200);
    expect([body.committed, body.pending, body.sheet, body.rejected]).toEqual([false, [], 'DS 2026', []]);
    expect(body.columns).toMatchObject({ name: 'Tên địa bàn', types: 'LOẠI', decisionNumber: 'Số Quyết định' });
    expect(body.rows).toEqual([
      {
        row: 5,
        name: 'Khu vực chợ Gạo',
        communeCode: '10001',
        communeName: 'Phường Phố Hiến',
        types: [1, 4],
        level: 'province',
        description: '',
        decisionNumber: '12/QĐ-UBND',
        decisionDate: '2026-01-15',
        does: 'new',
        areaId: null,
        keepsTypes: null,
      },
      expect.objectContaining({ row: 6, name: 'Bến xe', types: [1, 4], communeCode: '10001' }),
    ]);
    expect([await count('area'), await count('area_event')]).toEqual([0, 0]);
  });

  it('enters new areas as proposed and listed, and the listing waits for a second person', async () => {
    const { body } = await send(
      await workbook([row('Chợ Gạo', 'Phố Hiến', 1.4), row('Bến xe', 'Xã Tân Tiến', 4, ['', ''])]),
    );
    expect([body.committed, body.pending.length]).toEqual([true, 2]);
    expect(await steps()).toEqual([
      'Chợ Gạo proposed   2026-01-15 false',
      'Chợ Gạo listed 2026 12/QĐ-UBND 2026-01-15 true',
      'Bến xe proposed   2026-03-15 false',
      'Bến xe listed 2026  2026-03-15 true',
    ]);
    const [area] = await db.knex('area').where({ name: 'Chợ Gạo' });
    expect([area.origin, area.geom, area.types, area.commune_code]).toEqual(['list', null, [1, 4], '10001']);
    const entry = await db
      .knex('audit_event')
      .where({ action: 'area.list_imported' })
      .orderBy('sequence', 'desc')
      .first();
    expect(entry).toMatchObject({ target: 'area-list/2026', after: { new: 2, carried: 0, known: 0, rejected: 0 } });
  });

  it('changes nothing when the same file comes again, waiting or approved', async () => {
    const file = await workbook([row('Chợ Gạo', 'Phố Hiến'), row('Bến xe', 'Hoàn Long')]);
    const { body } = await send(file);
    for (const isApproved of [false, true]) {
      if (isApproved) await approve(body.pending);
      const before = await steps();
      const again = await send(file);
      expect(again.body.rows.map(({ does }) => does)).toEqual(['known', 'known']);
      expect([again.body.pending, await steps()]).toEqual([[], before]);
    }
  });

  it('carries the areas of the year before over, found again without accents and case', async () => {
    vi.setSystemTime(Date.parse('2025-03-15T08:00:00+07:00'));
    const before = [
      row('Chợ Gạo', 'Phố Hiến', '1', ['3/QĐ', '10/01/2025']),
      row('Bến xe', 'Hoàn Long', '1', ['3/QĐ', '10/01/2025']),
    ];
    await approve((await send(await workbook(before), { year: 2025, commit: true })).body.pending);
    vi.setSystemTime(Date.parse('2026-03-15T08:00:00+07:00'));
    const { body } = await send(
      await workbook([row('CHO GAO', 'phường phố hiến', '1; 4'), row('Cầu Chui', 'Hoàn Long')]),
    );
    const id = (await db.knex('area').where({ name: 'Chợ Gạo' }).first()).id as string;
    expect(body.rows.map(({ does, areaId, keepsTypes }) => [does, areaId, keepsTypes])).toEqual([
      ['carried', id, [1]], // the list has others, which is said; they are changed on the area's own page
      ['new', null, null],
    ]);
    expect((await db.knex('area').where({ id }).first()).types).toEqual([1]);
    expect((await steps()).filter((step) => step.includes('2026'))).toEqual([
      'Chợ Gạo carried_over 2026 12/QĐ-UBND 2026-01-15 true',
      'Cầu Chui proposed   2026-01-15 false',
      'Cầu Chui listed 2026 12/QĐ-UBND 2026-01-15 true',
    ]);
    expect(await count('area')).toBe(3);
  });

  it('rejects rows with the reason and a suggestion, and takes the others', async () => {
    const { body } = await send(
      await workbook([
        row('Chợ Gạo', 'Phố Hiến'),
        row('Cầu', 'Tân Tiến'),
        row('Ga', 'Phường Phố Hiếm'),
        row('Nhà máy', 'Nơi nào'),
        row('Bãi', 'Phố Hiến', '5'),
        row('Kho', 'Phố Hiến', 14),
        row('Hồ', 'Phố Hiến', '1', ['1/QĐ', '03/31/2026']),
        row('Đê', 'Phố Hiến', '1', ['1/QĐ', '31/12/2026']),
        row('chợ gạo', 'phường Phố Hiến'),
        row('', 'Phố Hiến'),
        [1, 'Bến', 'Hoàn Long', '10001', '1'],
        row('Đò', 'Phố Hiến', '1', ['1/QĐ', '15/01/2026', 'huyện']),
      ]),
    );
    expect(body.rows.map(({ row: number }) => number)).toEqual([5]);
    expect(body.rejected.map(({ row: number, field, got, suggestion }) => [number, field, got, suggestion])).toEqual([
      [6, 'communeName', 'Tân Tiến', 'Xã Tân Tiến; Phường Tân Tiến'],
      [7, 'communeName', 'Phường Phố Hiếm', 'Phường Phố Hiến'],
      [8, 'communeName', 'Nơi nào', null],
      [9, 'types', '5', null],
      [10, 'types', '14', '1; 4'],
      [11, 'decisionDate', '03/31/2026', '31/03/2026'],
      [12, 'decisionDate', '31/12/2026', null],
      [13, 'name', 'chợ gạo', 'Bỏ một dòng'],
      [14, 'name', '', null],
      [15, 'communeCode', '10001; Hoàn Long', 'Phường Phố Hiến (10001) hoặc Xã Hoàn Long (10004)'],
      [16, 'level', 'huyện', 'tỉnh'],
    ]);
    for (const { reason } of body.rejected) expect(reason).toMatch(/^.{5,}\(.+\)$/);
  });

  it('tells areas apart whose names differ by an accent, once there are both', async () => {
    await approve((await send(await workbook([row('Chợ Hà', 'Phố Hiến')]))).body.pending);
    await planner.send('POST', '/api/areas', {
      name: 'Chợ Hạ',
      types: [1],
      place: { undrawnIn: '10001' },
      proposedOn: '2026-01-02',
    });
    const ids = new Map(
      (await db.knex('area').select('id', 'name')).map(({ id, name }) => [name as string, id as string]),
    );
    const found = async (...names: string[]) => {
      const { body } = await send(await workbook([...names, 'Ga'].map((name) => row(name, 'Phố Hiến'))), {
        year: 2027,
      });
      return [...body.rows.slice(0, -1).map(({ areaId }) => areaId), ...body.rejected.map(({ row: number }) => number)];
    };
    expect(await found('chợ hạ', 'CHỢ HÀ')).toEqual([ids.get('Chợ Hạ'), ids.get('Chợ Hà')]);
    expect(await found('Chợ Hà', 'Chợ Hà')).toEqual([ids.get('Chợ Hà'), 6]);
    expect(await found('Cho Ha')).toEqual([5]);
  });

  it('takes parks, gates and depots for areas, and passes over sums alone', async () => {
    const names = ['Công viên Hòa Bình', 'Cổng 2', 'Tổng kho xăng dầu', 'Công ty may', 'Cộng Hòa', 'CONG VIEN 30 4'];
    const sums = ['Tổng', 'TỔNG CỘNG', 'Cộng', 'Tong cong', 'Tổng số: 5', 'Tổng cộng: 12 địa bàn', 'Ví dụ: Chợ'];
    const { body } = await send(await workbook([...names, ...sums].map((name) => row(name, 'Phố Hiến'))), {
      year: 2026,
    });
    expect([body.rows.map(({ name }) => name), body.rejected]).toEqual([names, []]);
  });

  it('reads the title of type 1, and no decision of another age or of a list years ahead', async () => {
    const { body } = await send(
      await workbook([
        row('Chợ', 'Phố Hiến', 'Trật tự, an toàn xã hội; ma túy'),
        row('Ga', 'Phố Hiến', 'Tệ nạn xã hội', ['1/QĐ', '15/01/1990']),
        row('Bến', 'Phố Hiến', '1', ['1/QĐ', '31/12/2024']),
        row('Đê', 'Phố Hiến', '1', ['1/QĐ', '31/12/2025']),
      ]),
    );
    expect(body.rows.map(({ name, types }) => [name, types])).toEqual([
      ['Chợ', [1, 4]],
      ['Đê', [1]],
    ]);
    expect(body.rejected.map(({ row: number, field, got }) => [number, field, got])).toEqual([
      [6, 'decisionDate', '15/01/1990'],
      [7, 'decisionDate', '2024-12-31'],
    ]);
    expect((await send(await workbook([row('Hồ', 'Phố Hiến')]), { year: 2099 })).status).toBe(422);
  });

  it('refuses to list an area under watch, and lists one again that relapsed', async () => {
    vi.setSystemTime(Date.parse('2025-03-15T08:00:00+07:00'));
    await approve(
      (
        await send(await workbook([row('Chợ Gạo', 'Phố Hiến', '1', ['12/QĐ', '15/01/2025'])]), {
          year: 2025,
          commit: true,
        })
      ).body.pending,
    );
    const { id } = await db.knex('area').first();
    const put = (type: string, on: string) =>
      db.knex('area_event').insert({
        id: crypto.randomUUID(),
        area_id: id,
        province_code: '33',
        commune_code: '10001',
        type,
        on_date: on,
        needs_approval: false,
        username: 'x',
      });
    for (const [type, on] of [
      ['transforming', '2025-01-20'],
      ['assessed_success', '2025-02-01'],
      ['removed', '2025-02-02'],
      ['watched', '2025-02-02'],
    ])
      await put(type, on);
    vi.setSystemTime(Date.parse('2026-03-15T08:00:00+07:00'));
    const next = await workbook([
      row('Chợ Gạo', 'Phố Hiến', '1', ['1/QĐ', '15/01/2026']),
      row('Ga', 'Phố Hiến', '1', ['1/QĐ', '15/01/2026']),
    ]);
    const { body } = await send(next, { year: 2026 });
    expect(body.rejected).toEqual([
      expect.objectContaining({
        row: 5,
        field: 'name',
        reason: expect.stringContaining('đang được theo dõi') as string,
      }),
    ]);
    await put('relapsed', '2026-01-10');
    const again = await send(next, { year: 2026, commit: true });
    expect(again.body.rows[0]).toMatchObject({ does: 'new', areaId: id });
    expect((await steps()).at(-3)).toBe('Chợ Gạo listed 2026 1/QĐ 2026-01-15 true');
  });

  it.each<[string, Cell[], Cell[][]]>([
    ['a column of names', ['Tên địa bàn', 'Xã', 'Loại', 'Họ và tên'], [['Chợ', 'Phố Hiến', 1, '']]],
    [
      'a phone number in a note',
      ['Tên địa bàn', 'Xã', 'Loại', 'Ghi chú'],
      [['Chợ', 'Phố Hiến', 1, 'gọi 0912 345 678']],
    ],
    ['an identity number in a name', ['Tên địa bàn', 'Xã', 'Loại', 'Số'], [['Nhà 033095001234', 'Phố Hiến', 1, '']]],
  ])('refuses the file for %s and writes nothing', async (_, heading, rows) => {
    const { status, body } = await send(await workbook([...rows, ['Ga', 'Phố Hiến', 1, '']], heading));
    expect([status, body.error.code, await count('area')]).toEqual([422, 'person_data', 0]);
  });

  it('counts a cell joined over several rows for each of them: one commune, one decision for many lines', async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('DS 2026');
    sheet.addRow(['DANH SÁCH ĐỊA BÀN TRỌNG ĐIỂM NĂM 2026']);
    sheet.mergeCells('A1:I1');
    sheet.addRow(HEADING);
    for (const name of ['Chợ cũ', 'Bến xe', 'Ga', 'Cảng']) sheet.addRow(row(name, '', '1', ['', '']));
    sheet.getCell('C3').value = 'phường Phố Hiến';
    sheet.getCell('C5').value = 'Hoàn Long';
    sheet.getCell('F3').value = '12/QĐ-UBND';
    sheet.getCell('G3').value = new Date(Date.UTC(2026, 0, 15));
    for (const joined of ['C3:C4', 'C5:C6', 'F3:F6', 'G3:G5']) sheet.mergeCells(joined);
    const { body } = await send(Buffer.from(await book.xlsx.writeBuffer()), { year: 2026 });
    expect(body.rejected).toEqual([]);
    expect(
      body.rows.map(({ name, communeCode, decisionNumber, decisionDate }) => [
        name,
        communeCode,
        decisionNumber,
        decisionDate,
      ]),
    ).toEqual([
      ['Chợ cũ', '10001', '12/QĐ-UBND', '2026-01-15'],
      ['Bến xe', '10001', '12/QĐ-UBND', '2026-01-15'],
      ['Ga', '10004', '12/QĐ-UBND', '2026-01-15'],
      ['Cảng', '10004', '12/QĐ-UBND', null], // outside of the joined cells
    ]);
  });

  it('takes 1,000 rows with hundreds of bad ones', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      row(`Địa bàn số ${i}`, i % 3 === 0 ? 'Nơi nào' : 'Hoàn Long', i % 5 === 0 ? '9' : '1, 2'),
    );
    const { status, body } = await send(csv(rows));
    const good = rows.filter((_, i) => i % 3 !== 0 && i % 5 !== 0).length;
    expect([status, body.rows.length, body.pending.length, await count('area')]).toEqual([200, good, good, good]);
    expect(new Set(body.rejected.map(({ row: number }) => number)).size).toBe(1000 - good);
    expect((await send(csv(rows))).body.pending).toEqual([]);
    expect(await count('area')).toBe(good);
  }, 180_000);

  it('writes nothing at all when one of the rows cannot be entered', async () => {
    await db.knex.raw(
      `create function refuse_ga() returns trigger language plpgsql as
       $$ begin if new.name = 'Ga' then raise exception 'no more'; end if; return new; end $$`,
    );
    await db.knex.raw('create trigger refuse_ga before insert on area for each row execute function refuse_ga()');
    const file = await workbook([row('Chợ Gạo', 'Phố Hiến'), row('Ga', 'Hoàn Long')]);
    const refused = await send(file);
    expect([refused.status, await count('area'), await count('area_event')]).toEqual([500, 0, 0]);
    await db.knex.raw('drop trigger refuse_ga on area');
    await db.knex.raw('drop function refuse_ga');
    expect((await send(file)).body.pending).toHaveLength(2);
  });

  it('refuses what is no list, no workbook and no upload', async () => {
    expect((await send(await workbook([['Chợ']], ['A', 'B']))).body.error).toMatchObject({
      code: 'unprocessable',
      details: { reason: 'columns' },
    });
    expect((await send(await workbook([row('Chợ', 'Nơi nào')]))).body.error).toMatchObject({
      code: 'unprocessable',
      details: { reason: 'no_rows' },
    });
    expect((await send(Buffer.from('%PDF-1.7'))).body.error.code).toBe('unprocessable');
    expect((await send(Buffer.alloc(0))).body.error.code).toBe('unprocessable');
    expect((await send(await workbook([row('Chợ', 'Phố Hiến')]), { year: 1900 })).status).toBe(400);
    expect((await send(await workbook([row('Chợ', 'Phố Hiến')]), { year: 2026, more: 1 })).status).toBe(400);
    expect((await planner.send('POST', '/api/area-lists', {})).status).toBe(400);
    expect(await count('area')).toBe(0);
  });

  it('reads a long list in a thread of its own, so that others are answered meanwhile', async () => {
    const content = await workbook(
      Array.from({ length: 3000 }, (_, i) =>
        row(`Địa bàn số ${i + 1}`, 'Phố Hiến', '1', [`${i}/QĐ-UBND`, '15/01/2026']),
      ),
    );
    const order: string[] = [];
    const begun = new Promise<void>((done) => process.once('worker', () => done()));
    const sent = send(content, { year: 2026, commit: false }).finally(() => order.push('list'));
    await begun;
    expect((await planner.get('/api/session')).status).toBe(200);
    order.push('other');
    const { status, body } = await sent;
    expect([status, body.rows.length]).toEqual([200, 3000]);
    expect(order).toEqual(['other', 'list']);
  });

  it('refuses files that were made to break it, with the reason, and answers on', async () => {
    const part = (name: string, text: string) => ({ name, data: Buffer.from(text) });
    const bomb = zipArchive([part('xl/workbook.xml', '<workbook/>'), { name: 'a', data: Buffer.alloc(40_000_000) }]);
    const names: [string, Buffer, number, string][] = [
      ['bomb', bomb, 413, 'too_large'],
      ['damaged', (await workbook([row('Chợ', 'Phố Hiến')])).subarray(0, 3000), 422, 'unprocessable'],
      ['not_a_workbook', zipArchive([part('a.txt', 'a')]), 422, 'unprocessable'],
      ['binary', Buffer.from([0, 1, 2, 0, 255, 0]), 422, 'unprocessable'],
      ['html', Buffer.from('<!doctype html><html><body>x</body></html>'), 422, 'unprocessable'],
    ];
    for (const [reason, content, status, code] of names) {
      const answer = await send(content);
      expect(answer, reason).toMatchObject({ status, body: { error: { code, details: { reason } } } });
    }
    expect((await planner.get('/api/areas')).status).toBe(200);
    expect((await send(await workbook([row('Chợ', 'Phố Hiến')]))).status).toBe(200);
    expect(readdirSync(join(db.stagingDir, 'area-lists'))).toEqual([]);
  });

  it('takes three files of an account at a time', async () => {
    const content = await workbook([row('Chợ', 'Phố Hiến')]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(content, { year: 2026, commit: false })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length + refused.length).toBe(6);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(3);
    expect(refused.every(({ body }) => body.error.code === 'too_many_requests')).toBe(true);
    expect((await send(content, { year: 2026, commit: false })).status).toBe(200);
  });

  it('reaches no further than the account does', async () => {
    const stranger = await app.as('planner', { province: '99' });
    expect((await send(await workbook([row('Chợ', 'Phố Hiến')]), undefined, stranger)).status).toBe(422);
    expect(
      (await send(await workbook([row('Chợ', 'Phố Hiến')]), undefined, await app.as('commune', { commune: '10001' })))
        .status,
    ).toBe(403);
    expect(await count('area')).toBe(0);
  });

  it('reads its own template, whose example is no area', async () => {
    const answer = await planner.fetch('/api/area-lists/template.xlsx');
    const template = Buffer.from(await answer.arrayBuffer());
    expect(await listWorkbookFaults(template)).toEqual([]);
    expect((await send(template)).body.error).toMatchObject({ code: 'unprocessable', details: { reason: 'no_rows' } });
    const out = new PassThrough();
    const [bytes] = await Promise.all([buffer(out), writeListTemplate(out)]);
    const book = new exceljs.Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    book.worksheets[0].addRow(['Chợ Gạo', '', '10001', '4', '', '', 'xã', 'Quanh chợ']);
    const { body } = await send(Buffer.from(await book.xlsx.writeBuffer()));
    expect(body.rows).toEqual([
      expect.objectContaining({ name: 'Chợ Gạo', level: 'commune', types: [4], description: 'Quanh chợ' }),
    ]);
  });
});
