import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cellOf, wgs84ToVn2000 } from '@diemnong/analysis';
import type { ErrorResponse, getImportPreview, ImportBatch, listImports, ResponseOf } from '@diemnong/contracts';
import exceljs from 'exceljs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { listWorkbookFaults } from '../support/workbook-parts.ts';
import { fillThreeCommunes, importDesk, officeFile } from './imports-support.ts';

const october = [
  'HS-1;Trộm cắp xe máy;31/10/2025 14:30;106,0512;20,6465;',
  'HS-2;Cướp giật tài sản;30/10/2025;;;Phường Hồng Châu',
  'HS-3;Đánh bạc;29/10/2025 03:00;106,15;20,75;Tân Tiến',
];

describeOnBothDatabases('/api/imports', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let desk: ReturnType<typeof importDesk>;
  beforeAll(async () => {
    db = await open();
    app = await startTestApp(createTestContext(db));
    desk = importDesk(app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  afterEach(async () => {
    await db.knex.raw('truncate incident, incident_replaced, import_batch, import_row_error, report_month, office');
    app.context.version.invalidate();
  });
  const stagingFolders = () => {
    const root = join(db.stagingDir, 'imports');
    return existsSync(root) ? readdirSync(root) : [];
  };
  const references = async () => (await db.knex('incident').orderBy('reference').pluck('reference')) as string[];
  const version = async () => Number((await db.knex('data_version').first('version'))?.version);

  it('asks for boundaries before incidents', async () => {
    const batch = await desk.import(officeFile(october));
    expect(batch).toMatchObject({ state: 'refused', error: { code: 'no_boundaries' } });
    expect(batch.error?.message).toContain('Chưa có ranh giới');
    await fillThreeCommunes(db);
  });

  it('reads, shows and commits a file: every row in its commune and cells', async () => {
    const before = await version();
    const review = await desk.import(officeFile(october));
    expect(review).toMatchObject({ state: 'review', rows: 3, accepted: 3, rejected: 0, inCells: 2, communeOnly: 1 });
    expect(review.period).toEqual({ from: '2025-10-29', to: '2025-11-01' });
    expect(review.reading).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ';', crs: 'EPSG:4326' });
    expect(await references()).toEqual([]);

    const { status, body } = await desk.post(review.id, 'commit');
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'committed', accepted: 3, dataVersion: before + 1 });
    const { rows } = await db.knex.raw(
      `select reference, category, precision, commune_code, to_char(occurred_from at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "from",
              to_char(occurred_to at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "to",
              to_hex(cell) as c10, to_hex(cell_9) as c9, to_hex(cell_8) as c8, to_hex(cell_7) as c7, st_x(geom) as lng, st_y(geom) as lat
       from incident order by reference`,
    );
    const cells = (lng: number, lat: number) => ({
      c10: cellOf(lng, lat, 10),
      c9: cellOf(lng, lat, 9),
      c8: cellOf(lng, lat, 8),
      c7: cellOf(lng, lat, 7),
      lng,
      lat,
    });
    const nowhere = { c10: null, c9: null, c8: null, c7: null, lng: null, lat: null };
    expect(rows).toEqual([
      {
        reference: 'HS-1',
        category: 'theft_motorbike',
        precision: 'point',
        commune_code: '90001',
        from: '2025-10-31 07:30',
        to: null,
        ...cells(106.0512, 20.6465),
      },
      {
        reference: 'HS-2',
        category: 'snatching',
        precision: 'commune',
        commune_code: '90002',
        from: '2025-10-29 17:00',
        to: '2025-10-30 17:00',
        ...nowhere,
      },
      {
        reference: 'HS-3',
        category: expect.stringContaining('gambl'),
        precision: 'point',
        commune_code: '90003',
        from: '2025-10-28 20:00',
        to: null,
        ...cells(106.15, 20.75),
      },
    ]);
    // Three communes in the file: all communes of the set reported October.
    expect(await db.knex('report_month').where({ batch_id: review.id }).count({ n: '*' }).first()).toEqual({ n: 3 });
    expect(stagingFolders()).not.toContain(review.id);
    const again = await desk.post(review.id, 'commit');
    expect(again).toMatchObject({ status: 200, body: { state: 'committed', accepted: 3 } });
    expect(await version()).toBe(before + 1);
  });

  it('reports only the commune in which all rows lie', async () => {
    await desk.import(
      officeFile(['A-1;Cướp giật tài sản;02/09/2025;106,05;20,65;', 'A-2;Cướp giật tài sản;02/10/2025;106,05;20,66;']),
      { commit: true },
    );
    const months = await db
      .knex('report_month')
      .select({ commune: 'commune_code' }, db.knex.raw('month::text'))
      .orderBy('month');
    expect(months).toEqual([
      { commune: '90001', month: '2025-09-01' },
      { commune: '90001', month: '2025-10-01' },
    ]);
  });

  it('rejects each wrong row with its own reason and keeps the rest', async () => {
    const batch = await desk.import(
      officeFile([
        ...october,
        'X-1;Đánh bạc;32/10/2025;106,05;20,65;',
        'X-2;Đánh bạc;30/10/2025 10:00;106,05;177,1;',
        'X-3;Đánh bạc;30/10/2025 10:00;0;0;',
        'X-4;Đánh bạc;30/10/2025 10:00;106,05;20,55;',
        'X-5;Đánh bạc;30/10/2025 10:00;;;Xã Không Có',
        'X-6;Đánh bạc;30/10/2025 10:00;;;',
        'HS-1;Đánh bạc;30/10/2025 10:00;106,05;20,65;',
      ]),
    );
    expect(batch).toMatchObject({ rows: 10, accepted: 3, rejected: 7 });
    expect(Object.fromEntries(batch.rejections.map(({ code, sampleRows }) => [code, sampleRows]))).toEqual({
      impossible_date: [5],
      impossible_coordinates: [6, 7],
      outside: [8],
      commune_unknown: [9],
      no_place: [10],
      repeated_reference: [11],
    });
    const { body } = await desk.ask<ResponseOf<typeof getImportPreview>>(`/${batch.id}/preview`);
    const outside = body.rejectedRows.find(({ code }) => code === 'outside');
    // 0.05° of latitude south of Xã An Hoà: 5,560 m.
    expect(outside).toMatchObject({ row: 8, heading: 'Kinh độ', got: '106,05' });
    expect(outside?.message).toMatch(/cách Xã An Hoà 5,6 km/);
    expect(body.accepted).toHaveLength(2);
    expect(body.rejected).toEqual([
      [106.05, 20.55],
      [106.05, 20.65],
    ]);
    expect(batch.warnings.find(({ code }) => code === 'null_island')?.rows).toBe(1);
  });

  it('sends the rejected rows back as a workbook that can be corrected and imported', async () => {
    const flawed = officeFile([
      ...october,
      '=1+2;Đánh bạc;32/10/2025;106,05;20,65;',
      'X-4;Đánh bạc;30/10/2025 10:00;109,05;20,65;',
    ]);
    const first = await desk.import(flawed, { commit: true });
    expect(first).toMatchObject({ state: 'committed', accepted: 3, rejected: 2 });
    const response = await app.fetch(`/api/imports/${first.id}/errors.xlsx`);
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''thang10-loi.xlsx");
    const workbook = new exceljs.Workbook();
    const bytes = await response.arrayBuffer();
    expect(await listWorkbookFaults(new Uint8Array(bytes))).toEqual([]);
    await workbook.xlsx.load(bytes);
    expect(workbook.worksheets.map(({ state }) => state)).toEqual(['visible']);
    expect(workbook.creator ?? '').toBe('');
    const sheet = workbook.worksheets[0];
    const text = (row: number, column: number) => sheet.getRow(row).getCell(column).text;
    expect(Array.from({ length: 8 }, (_, at) => text(1, at + 1))).toEqual([
      'Số hồ sơ',
      'Loại vụ việc',
      'Thời điểm xảy ra',
      'Kinh độ',
      'Vĩ độ',
      'Xã, phường',
      'Lý do từ chối',
      'Dòng trong tệp gốc',
    ]);
    expect(sheet.getRow(2).getCell(1).value).toBe("'=1+2"); // text, whatever opens it
    expect(text(2, 3)).toMatch(/^32\/10\/2025 ⟵ .*32\/10\/2025/);
    expect(sheet.getRow(2).getCell(3).fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(text(3, 4)).toMatch(/^109,05 ⟵ Toạ độ nằm ngoài/);
    expect(text(3, 8)).toBe('6');

    sheet.getRow(2).getCell(3).value = '30/10/2025';
    sheet.getRow(3).getCell(4).value = '106,12';
    const corrected = await desk.import(
      new Uint8Array(await workbook.xlsx.writeBuffer()),
      { commit: true },
      'thang10-loi.xlsx',
    );
    expect(corrected).toMatchObject({ state: 'committed', accepted: 2, rejected: 0, diff: null });
    expect(await references()).toEqual(['=1+2', 'HS-1', 'HS-2', 'HS-3', 'X-4']);
  });

  it('refuses the same file again, whoever sends it at the same time', async () => {
    const file = officeFile(october);
    const people = await Promise.all(Array.from({ length: 10 }, () => app.as('province')));
    const sent = await Promise.all(people.map((one) => importDesk(one).send(file, { commit: true })));
    const batches = await Promise.all(sent.map(({ body }) => desk.rest(body.id)));
    const committed = batches.filter(({ state }) => state === 'committed');
    expect(committed).toHaveLength(1);
    for (const batch of batches) {
      if (batch.id === committed[0]?.id) continue;
      expect(batch).toMatchObject({
        state: 'refused',
        error: { code: 'same_file', details: { batch: committed[0]?.id } },
      });
    }
    expect(await references()).toEqual(['HS-1', 'HS-2', 'HS-3']);
    // Another office may send the very same bytes: the references are its own.
    expect(await desk.import(file, { office: 'CAX02', commit: true })).toMatchObject({
      state: 'committed',
      accepted: 3,
    });
  });

  it('lets one of two reviewed batches of the same file win', async () => {
    const file = officeFile(october);
    const [a, b] = [await desk.import(file), await desk.import(file)];
    const answers = await Promise.all([desk.post(a.id, 'commit'), desk.post(b.id, 'commit')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(({ body }) => body.state).sort()).toEqual(['committed', 'refused']);
    expect(await references()).toHaveLength(3);
  });

  it('replaces a batch by its correction, tells the difference first, and undoes it', async () => {
    const first = await desk.import(officeFile([...october, 'HS-4;Đánh bạc;28/10/2025 03:00;106,05;20,65;']), {
      commit: true,
    });
    const correction = await desk.import(
      officeFile([
        october[0],
        'HS-2;Cướp giật tài sản;30/10/2025;;;An Hoà',
        october[2],
        'HS-5;Đánh bạc;27/10/2025 03:00;106,05;20,65;',
      ]),
      {},
      'thang10-sua.csv',
    );
    expect(correction.state).toBe('review');
    expect(correction.diff).toEqual({
      replaces: first.id,
      replacedFileName: 'thang10.csv',
      added: 1,
      removed: 1,
      changed: 1,
      same: 2,
    });
    await desk.post(correction.id, 'commit');
    expect(await references()).toEqual(['HS-1', 'HS-2', 'HS-3', 'HS-5']);
    expect((await desk.describe(first.id)).replacedBy).toBe(correction.id);

    const tooEarly = await desk.post<ErrorResponse>(first.id, 'undo');
    expect(tooEarly).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', details: { replacedBy: correction.id } } },
    });

    const before = await version();
    expect(await desk.post(correction.id, 'undo')).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect(await references()).toEqual(['HS-1', 'HS-2', 'HS-3', 'HS-4']);
    expect(await db.knex('incident').where({ reference: 'HS-2' }).first('commune_code')).toEqual({
      commune_code: '90002',
    });
    expect(await db.knex('report_month').distinct().pluck('batch_id')).toEqual([first.id]);
    expect(await desk.post(correction.id, 'undo')).toMatchObject({ status: 200, body: { state: 'undone' } });
    expect(await version()).toBe(before + 1);

    await desk.post(first.id, 'undo');
    expect(await references()).toEqual([]);
    expect(await db.knex('report_month').select()).toEqual([]);
    // After it is undone the very same file may come again.
    expect(await desk.import(officeFile(october), { commit: true })).toMatchObject({ state: 'committed' });
  });

  it('rejects references that another batch holds, when the file corrects none', async () => {
    await desk.import(officeFile(october), { commit: true });
    const more = Array.from({ length: 5 }, (_, at) => `HS-${10 + at};Đánh bạc;0${at + 1}/11/2025 10:00;106,05;20,65;`);
    const batch = await desk.import(officeFile([october[0], ...more]), {}, 'thang11.csv');
    expect(batch).toMatchObject({ state: 'review', accepted: 5, rejected: 1, diff: null });
    expect(batch.rejections).toMatchObject([{ code: 'taken_reference', rows: 1, sampleRows: [2] }]);
    const wanted = await desk.import(officeFile(october.map((row) => row.replace('14:30', '15:30'))), {
      replaces: 'none',
    });
    expect(wanted).toMatchObject({ state: 'refused', accepted: 0, rejected: 3, error: { code: 'nothing_accepted' } });
  });

  it('recognises rows without reference numbers by their content', async () => {
    const heading = 'Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ';
    const rows = [
      'Đánh bạc;01/10/2025 10:00;106,05;20,65',
      'Đánh bạc;01/10/2025 10:00;106,05;20,65',
      'Đánh bạc;02/10/2025 10:00;106,05;20,65',
    ];
    const first = await desk.import(officeFile(rows, heading), { commit: true });
    expect(first.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['missing_reference', 'repeated_rows']),
    );
    const longer = await desk.import(officeFile([...rows, 'Đánh bạc;03/10/2025 10:00;106,05;20,65'], heading));
    expect(longer.diff).toMatchObject({ replaces: first.id, added: 1, removed: 0, changed: 0, same: 3 });
  });

  it('keeps nothing of a file with data on persons', async () => {
    const people = Array.from(
      { length: 30 },
      (_, at) => `HS-${at};Đánh bạc;0${1 + (at % 9)}/10/2025;106,05;20,65;0${912345678 + 7919 * at}`,
    );
    for (const heading of [
      'Số hồ sơ;Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ;Số điện thoại',
      'Số hồ sơ;Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ;Ghi chú',
    ]) {
      const batch = await desk.import(officeFile(people, heading));
      expect(batch).toMatchObject({
        state: 'refused',
        error: { code: 'person_data' },
        reading: null,
        mapping: null,
        accepted: 0,
      });
      expect((batch.error?.details as { heading: string } | undefined)?.heading).toBe(heading.split(';').at(-1));
      expect(stagingFolders()).not.toContain(batch.id);
      const stored = await db.knex('import_batch').where({ id: batch.id }).first('summary', 'preview');
      expect(JSON.stringify(stored)).not.toContain('912345678');
    }
    expect(await references()).toEqual([]);
  });

  it('finds VN-2000 by fit to the boundaries, swapped axes included, and takes a declared system as it is', async () => {
    const points = Array.from({ length: 40 }, (_, at) => [106.005 + 0.0045 * at, 20.61 + 0.0045 * at] as const);
    const grid = points.map(([lng, lat], at) => {
      const [easting, northing] = wgs84ToVn2000(lng, lat, { centralMeridianDeg: 105.5 });
      return { easting: easting.toFixed(3), northing: northing.toFixed(3), reference: `V-${at}` };
    });
    const rows = grid.map(
      ({ easting, northing, reference }) => `${reference};Đánh bạc;01/10/2025 10:00;${easting};${northing}`,
    );
    const named = 'Số hồ sơ;Loại vụ việc;Thời điểm xảy ra;Kinh độ;Vĩ độ';
    const found = await desk.import(officeFile(rows, named), { commit: true });
    expect(found).toMatchObject({ state: 'committed', accepted: 40, reading: { crs: 'vn2000:105.5', crsShare: 1 } });
    expect(found.warnings.map(({ code }) => code)).toContain('crs_found');
    const [{ lng, lat }] = await db
      .knex('incident')
      .where({ reference: 'V-10' })
      .select(db.knex.raw('st_x(geom) as lng, st_y(geom) as lat'));
    expect(lng).toBeCloseTo(points[10][0], 7);
    expect(lat).toBeCloseTo(points[10][1], 7);

    const turned = grid.map(
      ({ easting, northing, reference }) => `${reference};Đánh bạc;02/10/2025 10:00;${northing};${easting}`,
    );
    const swapped = await desk.import(officeFile(turned, named), { office: 'CAX03' });
    expect(swapped).toMatchObject({ accepted: 40 });
    expect(swapped.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['crs_found', 'swapped_axes']));

    const declared = await desk.import(officeFile(rows, named), { office: 'CAX04', crs: 'vn2000:105.5' });
    expect(declared).toMatchObject({ accepted: 40, reading: { crs: 'vn2000:105.5' } });
    expect(declared.warnings.map(({ code }) => code)).not.toContain('crs_found');
    expect((await desk.send('x', { crs: 'EPSG:1' })).status).toBe(400);
  });

  it('reads a refused file again with the columns that a person pointed out, and remembers them for the office', async () => {
    const heading = 'Mã;Cột B;Cột C;Kinh độ;Vĩ độ';
    const rows = ['M-1;Đánh bạc;01/10/2025 10:00;106,05;20,65'];
    const lost = await desk.import(officeFile(rows, heading));
    expect(lost).toMatchObject({ state: 'refused', error: { code: 'missing_columns' } });
    const mapping = {
      columns: { reference: 'Mã', category: 'Cột B', occurredFrom: 'Cột C', lng: 'Kinh độ', lat: 'Vĩ độ' },
      categories: { 'Đánh bạc': 'robbery' },
    };
    expect((await desk.post(lost.id, 'remap', { mapping })).status).toBe(202);
    expect(await desk.rest(lost.id)).toMatchObject({
      state: 'review',
      accepted: 1,
      mapping: { columns: { category: 'Cột B' } },
    });
    await desk.post(lost.id, 'commit');
    expect(await db.knex('incident').first('category')).toEqual({ category: 'robbery' });
    const next = await desk.import(officeFile(['M-2;Đánh bạc;02/10/2025 10:00;106,05;20,65'], heading), {
      commit: true,
    });
    expect(next).toMatchObject({ state: 'committed', accepted: 1 });
    expect(await db.knex('incident').where({ reference: 'M-2' }).first('category')).toEqual({ category: 'robbery' });
  });

  it('warns of what looks wrong and lets a person decide', async () => {
    const pile = Array.from(
      { length: 60 },
      (_, at) => `P-${at};Trộm vặt lạ;0${1 + (at % 9)}/10/2025 1${at % 10}:00;106,02;20,62;`,
    );
    const centre = Array.from({ length: 6 }, (_, at) => `C-${at};Đánh bạc;1${at}/10/2025 10:00;106,15;20,65;`);
    const others = [
      'D-1;Đánh bạc;01/01/1990 10:00;106,03;20,63;',
      'D-2;Đánh bạc;01/01/2090 10:00;106,03;20,64;',
      'D-3;Đánh bạc;01/10/2025 10:00;106,03;20,65;Xã Tân Tiến',
      'D-4;Đánh bạc;01/10/2025 10:00;106,03;20,65;Xã Tân Tiến',
      'D-5;Đánh bạc;01/10/2025;106,04;20,65;',
    ];
    const batch = await desk.import(officeFile([...pile, ...centre, ...others]));
    expect(batch).toMatchObject({ accepted: 71, rejected: 0 });
    const told = Object.fromEntries(batch.warnings.map(({ code, rows, at, values }) => [code, { rows, at, values }]));
    expect(told).toMatchObject({
      pile_up: { rows: 60, at: [106.02, 20.62] },
      centroid: { rows: 6 },
      unknown_categories: { rows: 60, values: { 'Trộm vặt lạ': 60 } },
      old_date: { rows: 1 },
      future_date: { rows: 1 },
      commune_mismatch: { rows: 2 },
      repeated_rows: { rows: 1 },
      time_missing: { rows: 1 },
    });
  });

  it('warns of months that hold much more or less than the office is used to', async () => {
    const month = (number: string, rows: number) =>
      Array.from(
        { length: rows },
        (_, at) =>
          `T${number}-${at};Đánh bạc;${10 + (at % 18)}/${number}/2025 10:${10 + (at % 50)};106,0${1 + (at % 9)};20,65;`,
      );
    await desk.import(officeFile([...month('01', 40), ...month('02', 42), ...month('03', 38)]), { commit: true });
    const batch = await desk.import(officeFile([...month('04', 5), ...month('05', 120), ...month('06', 41)]));
    expect(batch.warnings.filter(({ code }) => /usual/.test(code)).map(({ code, rows }) => [code, rows])).toEqual([
      ['less_than_usual', 5],
      ['more_than_usual', 120],
    ]);
  });

  it('follows a batch by events until it rests, and lists it first', async () => {
    const { body } = await desk.send(officeFile(october), { commit: true });
    const events = await (await app.fetch(`/api/imports/${body.id}/events`)).text();
    const views = [...events.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json) as ImportBatch);
    expect(views.at(-1)).toMatchObject({ id: body.id, state: 'committed', accepted: 3 });
    expect(views.some(({ state }) => state === 'review')).toBe(false);
    const { body: list } = await desk.ask<ResponseOf<typeof listImports>>('');
    expect(list.imports.map(({ id }) => id)).toEqual([body.id]);
  });

  it('drops what was not committed and nothing else', async () => {
    const review = await desk.import(officeFile(october));
    expect(stagingFolders()).toContain(review.id);
    expect(await desk.ask(`/${review.id}`, { method: 'DELETE' })).toEqual({ status: 200, body: { id: review.id } });
    expect((await desk.ask(`/${review.id}`)).status).toBe(404);
    expect(stagingFolders()).not.toContain(review.id);
    const committed = await desk.import(officeFile(october), { commit: true });
    expect((await desk.ask(`/${committed.id}`, { method: 'DELETE' })).status).toBe(409);
    expect((await desk.post(committed.id, 'remap', {})).status).toBe(409);
    expect(await references()).toHaveLength(3);
  });

  it('takes the parts of an upload in any order', async () => {
    const form = new FormData();
    form.append('file', new Blob([officeFile(october)]), 'thang-10.csv');
    form.append('options', JSON.stringify({ office: 'CAX01', commit: true }));
    const { status, body } = await desk.ask<{ id: string }>('', { method: 'POST', body: form });
    expect(status).toBe(202);
    expect((await desk.rest(body.id)).state).toBe('committed');
  });

  it('answers malformed requests with what was expected', async () => {
    const before = stagingFolders();
    const form = new FormData();
    form.append('options', JSON.stringify({ office: 'CAX01' }));
    form.append('tep', new Blob(['x']), 'a.csv');
    const wrongName = await desk.ask<ErrorResponse>('', { method: 'POST', body: form });
    expect(wrongName).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } });
    expect(wrongName.body.error.message).toContain('Expected one part "file"; got "tep"');
    const noOffice = await desk.send('x', { office: '' });
    expect(noOffice.status).toBe(400);
    const noForm = await desk.ask('', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect(noForm.status).toBe(400);
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect((await desk.post(unknown, 'commit')).status).toBe(404);
    expect((await desk.post(unknown, 'undo')).status).toBe(404);
    expect((await app.fetch(`/api/imports/${unknown}/errors.xlsx`)).status).toBe(404);
    expect((await app.fetch(`/api/imports/${unknown}/events`)).status).toBe(404);
    expect(stagingFolders()).toEqual(before);
  });
});
