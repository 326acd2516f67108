import {
  type ErrorResponse,
  getCommuneCounts,
  getReporting,
  type MonthState,
  type ReportingResponse,
  type ResponseOf,
} from '@diemnong/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Scope, scopeOf, systemScope } from '../../server/src/access/scope.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { tellReporting } from '../../server/src/features/reporting/reporting-handlers.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { fillThreeCommunes, importDesk, officeFile } from './imports-support.ts';

const scopes: Scope[] = [
  systemScope,
  scopeOf({ id: null, role: 'admin', provinceCode: null, communeCode: null }),
  scopeOf({ id: null, role: 'province', provinceCode: '33', communeCode: null }),
  scopeOf({ id: null, role: 'province', provinceCode: '34', communeCode: null }),
  scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: '10002' }),
  scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: '10006' }),
];

describeOnBothDatabases('/api/reporting', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
  });
  // The last records are of December 2024, the last reported month too.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-03-10T08:00:00+07:00') });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await db.knex('report_confirmation').delete();
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    app.context.version.invalidate();
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  /** A busy machine may be told the last known version: wait for the one that was committed. */
  async function catchUp(): Promise<void> {
    const wanted = await versionNow();
    while ((await app.context.version.current()) !== wanted) app.context.version.invalidate();
  }
  const matrix = async (from: string, to: string, visitor: TestVisitor = app) => {
    await catchUp();
    return (await visitor.get<ReportingResponse>(`/api/reporting?from=${from}&to=${to}`, getReporting)).body;
  };
  const say = (method: 'POST' | 'DELETE', commune: string, month: string, visitor: TestVisitor = app) =>
    visitor.send<{ state?: MonthState } & Partial<ErrorResponse>>(method, `/api/reporting/${commune}/${month}`);
  const stateOf = async (commune: string, month: string, visitor: TestVisitor = app) =>
    (await matrix(`${month}-01`, `${month}-02`, visitor)).communes.find(({ code }) => code === commune)?.states[0];
  const versionNow = async () => Number((await db.knex('data_version').first('version')).version);
  const entries = () =>
    db
      .knex('audit_event')
      .where('action', 'like', 'reporting.%')
      .select('action', 'username', 'target', 'before', 'after')
      .orderBy('sequence');

  it('tells what plain SQL counts, also of months that a commune confirmed', async () => {
    await db.knex('report_confirmation').insert(
      // A quiet month, one with records that a batch reports, and one with records that none does.
      [
        ['10006', '2025-01-01'],
        ['10001', '2024-05-01'],
        ['10006', '2024-06-01'],
        ['99999', '2024-06-01'],
      ].map(([commune_code, month]) => ({ province_code: '33', commune_code, month, username: 'x' })),
    );
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    app.context.version.invalidate();
    const answer = await matrix('2021-06-15', '2025-04-01');
    const { rows } = await db.knex.raw<{ rows: { code: string; month: string; count: number; state: MonthState }[] }>(
      `select commune.code, to_char(first_day, 'YYYY-MM-DD') as month, held.count,
              case when (batch.found or said.found) and held.count > 0 then 'reported'
                   when said.found then 'none'
                   when batch.found then 'reported'
                   when first_day < '2025-03-01' then 'missing'
                   else 'pending' end as state
       from commune
       cross join generate_series(timestamp '2021-06-01', '2025-03-01', interval '1 month') as months (first_day)
       cross join lateral (select count(*)::int as count from incident
                           where commune_code = commune.code
                             and to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') = to_char(first_day, 'YYYY-MM')) as held
       cross join lateral (select count(*) > 0 as found from report_month
                           where commune_code = commune.code and month = first_day::date) as batch
       cross join lateral (select count(*) > 0 as found from report_confirmation
                           where commune_code = commune.code and month = first_day::date) as said
       where boundary_set_id = '2025-07'
       order by commune.code, first_day`,
    );
    const told = answer.communes.flatMap(({ code, states, counts }) =>
      answer.months.map((month, i) => ({ code, month, count: counts[i], state: states[i] })),
    );
    expect(told).toEqual(rows);
    expect(told.length).toBe(6 * 46);
    for (const state of ['reported', 'none', 'missing', 'pending'] as const) {
      expect(answer.sums[state]).toBe(rows.filter((row) => row.state === state).length);
      expect(answer.sums[state]).toBeGreaterThan(0);
    }
    expect(answer.communes[0]?.name).toBe('Xã 1');
  });

  it('refuses windows that are empty, reversed, or longer than 20 years', async () => {
    for (const [from, to] of [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-01', '2024-01-01'],
      ['2004-01-01', '2024-01-02'],
      ['2024-13-01', '2025-01-01'],
    ])
      expect((await app.get(`/api/reporting?from=${from}&to=${to}`)).status).toBe(400);
    expect((await app.get('/api/reporting?from=2004-01-01&to=2024-01-01', getReporting)).status).toBe(200);
  });

  it('takes "no incident this month" from the commune, and statistics count the month from then on', async () => {
    const own = await app.as('commune', { commune: '10006', office: 'CAX6', username: 'xa6' });
    const unreported = async () => {
      await catchUp();
      const { body } = await app.get<ResponseOf<typeof getCommuneCounts>>(
        '/api/communes/counts?from=2025-01-01&to=2025-03-01',
        getCommuneCounts,
      );
      return body.communes.find(({ code }) => code === '10006')?.unreportedMonths;
    };
    const version = await versionNow();
    expect([await stateOf('10006', '2025-01', own), await unreported()]).toEqual(['missing', 2]);
    const logged = (await entries()).length;
    expect(await say('POST', '10006', '2025-01', own)).toMatchObject({ status: 200, body: { state: 'none' } });
    expect([await stateOf('10006', '2025-01', own), await unreported()]).toEqual(['none', 1]);
    expect(await versionNow()).toBe(version + 1);
    const wanted = { action: 'reporting.confirmed', username: 'xa6', target: 'reporting/10006/2025-01' };
    expect((await entries()).slice(logged)).toMatchObject([
      { ...wanted, before: null, after: { commune: 'Xã 6', month: '2025-01' } },
    ]);

    // Said again, by whomever, it changes nothing.
    for (const visitor of [own, app])
      expect((await say('POST', '10006', '2025-01', visitor)).body).toEqual({ state: 'none' });
    expect([await versionNow(), (await entries()).length]).toEqual([version + 1, logged + 1]);

    expect(await say('DELETE', '10006', '2025-01', own)).toMatchObject({ status: 200, body: { state: 'missing' } });
    expect([await stateOf('10006', '2025-01'), await unreported()]).toEqual(['missing', 2]);
    expect(await versionNow()).toBe(version + 2);
    const last = (await entries()).at(-1);
    expect(last).toMatchObject({ action: 'reporting.retracted', target: wanted.target, after: null });
    expect(last.before).toMatchObject({ commune: 'Xã 6', month: '2025-01', confirmedBy: 'xa6' });
    expect((await say('DELETE', '10006', '2025-01', own)).status).toBe(404);
    expect(await versionNow()).toBe(version + 2);
    expect((await verifyLog(db, { anchors: 'none' })).fault).toBeNull();
  });

  it('tells how many records stand against it, and waits for the end of the month', async () => {
    const { rows } = await db.knex.raw<{ rows: [{ count: number }] }>(
      `select count(*)::int as count from incident
       where commune_code = '10002' and to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') = '2024-02'`,
    );
    const refused = await say('POST', '10002', '2024-02');
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'has_records', count: rows[0].count } } },
    });
    expect(refused.body.error?.message).toContain(`Xã 2 có ${rows[0].count} vụ`);
    expect(rows[0].count).toBeGreaterThan(1);

    vi.setSystemTime(Date.parse('2025-02-28T23:59:59+07:00'));
    expect(await say('POST', '10002', '2025-02')).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'not_over' } } },
    });
    expect(await stateOf('10002', '2025-02')).toBe('pending');
    vi.setSystemTime(Date.parse('2025-03-01T00:00:00+07:00'));
    // The month ended: the answer that was kept for the same data is not given again.
    expect(await stateOf('10002', '2025-02')).toBe('missing');
    expect((await say('POST', '10002', '2025-02')).status).toBe(200);
  });

  it('counts a record of the month’s last and first moment, and none of its neighbours', async () => {
    const row = { ...(await db.knex('incident').first()), commune_code: '10005', precision: 'commune' };
    for (const name of ['cell', 'cell_9', 'cell_8', 'cell_7', 'geom', 'occurred_to']) row[name] = null;
    const at = async (moment: string) => {
      await db.knex('incident').insert({ ...row, reference: 'EDGE', occurred_from: moment });
      const { status } = await say('POST', '10005', '2025-02');
      await db.knex('incident').where({ reference: 'EDGE' }).delete();
      await db.knex('report_confirmation').delete();
      return status;
    };
    expect(await at('2025-02-01T00:00:00+07:00')).toBe(409);
    expect(await at('2025-02-28T23:59:59.999+07:00')).toBe(409);
    expect(await at('2025-01-31T23:59:59.999+07:00')).toBe(200);
    expect(await at('2025-03-01T00:00:00+07:00')).toBe(200);
  });

  it('listens to those who may say it, about the communes they reach', async () => {
    await db.knex('province').insert({ code: '34', name_vi: 'Khác', name_en: 'Other' }).onConflict().ignore();
    const own = await app.as('commune', { commune: '10001', office: 'CAX1' });
    const elsewhere = await app.as('province', { province: '34' });
    const province = await app.as('province', { province: '33' });
    const planner = await app.as('planner', { province: '33' });
    const viewer = await app.as('viewer', { province: '33' });
    const version = await versionNow();
    for (const visitor of [planner, viewer])
      for (const method of ['POST', 'DELETE'] as const)
        expect((await say(method, '10001', '2025-01', visitor)).status).toBe(403);
    expect((await viewer.get('/api/reporting?from=2024-01-01&to=2024-02-01')).status).toBe(403);
    expect((await say('POST', '10002', '2025-01', own)).status).toBe(404);
    expect((await say('POST', '10001', '2025-01', elsewhere)).status).toBe(404);
    expect((await say('POST', '20002', '2025-01')).status).toBe(404); // a commune of the old set
    for (const [commune, month] of [
      ['10001', '2025-13'],
      ['10001', '2025-1'],
      ['10001', '0000-01'],
      ['10001%00', '2025-01'],
    ])
      expect((await say('POST', commune ?? '', month ?? '')).status).toBe(400);
    expect(await versionNow()).toBe(version);
    for (const [commune, visitor] of [
      ['10001', own],
      ['10002', province],
      ['10003', app],
    ] as const)
      expect((await say('POST', commune, '2025-01', visitor)).status).toBe(200);
    expect((await matrix('2025-01-01', '2025-02-01', own)).communes).toMatchObject([{ code: '10001' }]);
    expect((await matrix('2025-01-01', '2025-02-01', elsewhere)).communes).toEqual([]);
    expect((await matrix('2025-01-01', '2025-02-01', planner)).sums).toEqual({
      reported: 0,
      none: 3,
      missing: 3,
      pending: 0,
    });
    expect((await say('DELETE', '10002', '2025-01', own)).status).toBe(404);
    expect(await stateOf('10002', '2025-01')).toBe('none');
  });

  it('is one change when twenty say it at once', async () => {
    const [version, logged] = [await versionNow(), (await entries()).length];
    const answers = await Promise.all(Array.from({ length: 20 }, () => say('POST', '10004', '2025-02')));
    expect(answers.map(({ status }) => status)).toEqual(new Array(20).fill(200));
    expect([await versionNow(), (await entries()).length]).toEqual([version + 1, logged + 1]);
  });

  it('counts from memory what it counts in SQL, whoever asks', async () => {
    await db.knex('report_confirmation').insert({
      province_code: '33',
      commune_code: '10006',
      month: '2025-01-01',
      username: 'x',
    });
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    const memory = createTestContext(db).snapshots;
    const sql = createTestContext(db, { enabled: false }).snapshots;
    for (const scope of scopes) {
      const tell = (store: typeof sql) =>
        store.read(scope, (source) => tellReporting(source, { from: '2023-11-01', to: '2025-04-01' }));
      expect(await tell(memory)).toEqual(await tell(sql));
    }
  });
});

describeOnBothDatabases('a confirmed month and imports', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillThreeCommunes(db);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  describe('an import that brings records of it', () => {
    const october = async () => {
      const { version } = await db.knex('data_version').first('version');
      while ((await app.context.version.current()) !== Number(version)) app.context.version.invalidate();
      const { body } = await app.get<ReportingResponse>('/api/reporting?from=2025-10-01&to=2025-11-01', getReporting);
      return body.communes.map(({ states, counts }) => `${states[0]} ${counts[0]}`);
    };
    const confirm = async (commune: string) => (await app.send('POST', `/api/reporting/${commune}/2025-10`)).status;

    it('wins, and gives way again when it is undone', async () => {
      const desk = importDesk(app);
      expect([await confirm('90001'), await confirm('90002')]).toEqual([200, 200]);
      expect(await october()).toEqual(['none 0', 'none 0', 'missing 0']);
      const batch = await desk.import(officeFile(['A-1;Cướp giật tài sản;02/10/2025;106,05;20,66;']), { commit: true });
      expect(batch.state).toBe('committed');
      expect(await october()).toEqual(['reported 1', 'none 0', 'missing 0']);
      expect(await confirm('90001')).toBe(409);
      expect((await desk.post(batch.id, 'undo')).status).toBe(200);
      expect(await october()).toEqual(['none 0', 'none 0', 'missing 0']);
    });
  });
});
