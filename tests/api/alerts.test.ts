import { MONTH_ALARM_ALPHA, monthAlarm } from '@diemnong/analysis';
import {
  type Alert,
  type AlertStory,
  type AlertsResponse,
  decideAlert,
  type ErrorResponse,
  getAlert,
  listAlerts,
} from '@diemnong/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { scopeOf, systemScope } from '../../server/src/access/scope.ts';
import { watchAlerts } from '../../server/src/features/alerts/alert-watch.ts';
import { tellAlert } from '../../server/src/features/alerts/alerts-handlers.ts';
import { refreshAlerts } from '../../server/src/features/alerts/refresh-alerts.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { deleteProvinces } from '../../server/src/features/boundaries/boundaries-queries.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { COMMUNES, fillSmallProvince, mulberry32 } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

/** Six years up to December 2024, a calm count of each group and commune; the clock stands at 20 January 2025. */
const MONTHS = Array.from(
  { length: 72 },
  (_, i) => `${2019 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
const LAST_MONTHS = ['2024-10-01', '2024-11-01', '2024-12-01'];
const BATCH = '00000000-0000-4000-8000-000000000001';
/** A crime wave in one commune. */
const RISE = { commune: '10003', month: '2024-12', category: 'theft', count: 45 };
/** Reported from June 2024 on. */
const NEW_COMMUNE = '10005';
const SILENT = { commune: '10006', month: '2024-11' };

type Cell = { commune: string; month: string; category: string; count: number };

function calmCells(): Cell[] {
  const random = mulberry32(20_250_120);
  const poisson = (mean: number) => {
    let [count, left] = [-1, 1];
    for (const floor = Math.exp(-mean); left > floor; count++) left *= random();
    return count;
  };
  return COMMUNES.flatMap((commune) =>
    MONTHS.flatMap((month) => {
      const season = 1 + 0.3 * Math.sin((Number(month.slice(5)) / 12) * 2 * Math.PI);
      const theft = poisson(8 * season);
      const isRise = commune === RISE.commune && month === RISE.month;
      return [
        { commune, month, category: 'theft', count: isRise ? RISE.count : theft },
        { commune, month, category: 'drug_use', count: poisson(4) },
      ];
    }),
  );
}

describeOnBothDatabases('/api/alerts', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
    db = await open();
    await fillSmallProvince(db);
    await db.knex('incident').delete();
    await db.knex('report_month').delete();
    await insertRecords(calmCells());
    const reported = COMMUNES.flatMap((commune) => MONTHS.map((month) => ({ commune, month }))).filter(
      ({ commune, month }) =>
        !(commune === NEW_COMMUNE && month < '2024-06') && !(commune === SILENT.commune && month === SILENT.month),
    );
    for (const { commune, month } of reported) await report(commune, month);
    app = await startTestApp(createTestContext(db));
    await raise();
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2025-01-20T08:00:00+07:00') });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await db.knex('alert').delete();
    await db.knex('alert_run').delete();
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  async function insertRecords(cells: Cell[], reference = 'R'): Promise<void> {
    await db.knex.raw(
      `insert into incident (province_code, office, reference, batch_id, category, occurred_from, state, precision, commune_code)
       select '33', 'CAT', concat_ws('-', :reference::text, commune, month, category, n), :batch, category,
              (month || '-01')::timestamp at time zone 'Asia/Ho_Chi_Minh' + n * interval '7 hours', 'received', 'commune', commune
       from jsonb_to_recordset(:cells::jsonb) as cell (commune text, month text, category text, count int)
       cross join generate_series(0, count - 1) as n`,
      { cells: JSON.stringify(cells), batch: BATCH, reference },
    );
  }
  async function report(commune: string, month: string): Promise<void> {
    const place = { province_code: '33', commune_code: commune, month: `${month}-01` };
    await db.knex('report_month').insert({ ...place, batch_id: BATCH });
  }
  async function raise(): Promise<void> {
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    app.context.version.invalidate();
    await catchUp();
  }
  /** A busy machine may be told the last known version: wait for the one that was committed. */
  async function catchUp(): Promise<void> {
    const wanted = await versionNow();
    while ((await app.context.version.current()) !== wanted) app.context.version.invalidate();
  }
  /** Take the crime wave out of the records, as a corrected file does; `undo` puts it back. */
  async function correctRise(): Promise<() => Promise<void>> {
    const wave = { commune_code: RISE.commune, category: RISE.category };
    const rows = await db
      .knex('incident')
      .where(wave)
      .where('reference', 'like', `R-${RISE.commune}-${RISE.month}%`)
      .orderBy('reference')
      .limit(RISE.count - 8);
    await db
      .knex('incident')
      .whereIn(
        'reference',
        rows.map(({ reference }) => reference),
      )
      .delete();
    await raise();
    return async () => {
      await db.knex('incident').insert(rows);
      await raise();
    };
  }

  const refresh = () => refreshAlerts(app.context);
  const list = async (visitor: TestVisitor = app, query = '') =>
    (await visitor.get<AlertsResponse>(`/api/alerts${query}`, listAlerts)).body;
  const decide = (id: string, body: unknown, visitor: TestVisitor = app) =>
    visitor.send<Alert & Partial<ErrorResponse>>('PATCH', `/api/alerts/${id}`, body);
  const stored = () => db.knex('alert').select().orderBy('id');
  const versionNow = async () => Number((await db.knex('data_version').first('version')).version);
  const entries = () =>
    db
      .knex('audit_event')
      .where('action', 'like', 'alert.%')
      .select('action', 'username', 'address', 'target', 'before', 'after')
      .orderBy('sequence');
  /** Months of one commune from its first report to December 2024, by plain SQL; null = not reported. */
  const seriesOf = async (commune: string, categories: string[] | null): Promise<(number | null)[]> => {
    const { rows } = await db.knex.raw<{ rows: { count: number | null }[] }>(
      `select case when exists (select from report_month where commune_code = :commune and month = first_day::date)
                   then (select count(*)::int from incident
                         where commune_code = :commune
                           and date_trunc('month', occurred_from at time zone 'Asia/Ho_Chi_Minh') = first_day
                           and (:categories::text[] is null or category = any (:categories::text[]))) end as count
       from generate_series((select min(month) from report_month where commune_code = :commune)::timestamp,
                            timestamp '2024-12-01', interval '1 month') as months (first_day)
       order by first_day`,
      { commune, categories },
    );
    return rows.map(({ count }) => count);
  };

  it('are a note for each series above its threshold, with numbers that plain SQL and the rule give again', async () => {
    const [version, logged] = [await versionNow(), (await entries()).length];
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
    const { alerts, checked, dataVersion, rule } = await list();
    const [all, property] = [
      await seriesOf(RISE.commune, null),
      await seriesOf(RISE.commune, ['property', 'theft', 'robbery', 'fraud']),
    ];
    expect(alerts.length).toBe(2);
    for (const [category, series] of [
      [null, all],
      ['property', property],
    ] as const) {
      const alarm = monthAlarm(series, 71);
      expect(alerts.find((alert) => alert.category === category)).toMatchObject({
        commune: { code: '10003', name: 'Xã 3' },
        month: '2024-12-01',
        count: series[71],
        expected: alarm?.expected,
        upper: alarm?.upper,
        p: alarm?.p,
        rule: alarm?.rule,
        dataVersion: version,
        state: 'open',
        decidedAt: null,
        decidedBy: null,
        reason: null,
      });
      // What any rule must say of them: the same season of other years is far below the threshold, the rise above.
      const decembers = [59, 47, 35, 23, 11].map((at) => series[at] ?? 0);
      expect(Math.max(...decembers)).toBeLessThan(alarm?.upper ?? 0);
      expect(alarm?.upper).toBeLessThan(RISE.count);
      expect(alarm?.expected).toBeGreaterThanOrEqual(Math.min(...decembers));
      expect(alarm?.expected).toBeLessThanOrEqual(Math.max(...decembers));
    }
    expect(property[71]).toBe(RISE.count);

    // 6 communes × (all and 3 groups) × 3 months, without the silent month; the new commune is too short for all of its own.
    expect(checked).toEqual({
      months: LAST_MONTHS,
      series: 6 * 4 * 3 - 4,
      tooShort: 4 * 3,
      expectedFalse: expect.closeTo((6 * 4 * 3 - 4 - 4 * 3) * MONTH_ALARM_ALPHA, 10),
    });
    expect([dataVersion, rule]).toEqual([version, expect.stringMatching(/./)]);
    expect(await versionNow()).toBe(version);
    const opened = (await entries()).slice(logged);
    expect(opened).toMatchObject([
      {
        action: 'alert.opened',
        username: null,
        address: 'server',
        target: 'alert',
        after: { dataVersion: version, count: 2 },
      },
    ]);
    const named = alerts.map(({ id, category }) => `${id} 10003 2024-12-01 ${category ?? ''}`.trim());
    expect(opened[0].after.alerts.toSorted()).toEqual(named.toSorted());
  });

  it('are not opened twice: not by another look, not by two processes at once', async () => {
    const logged = (await entries()).length;
    const other = createTestContext(db);
    const answers = await Promise.all([refresh(), refreshAlerts(other), refresh(), refreshAlerts(other)]);
    expect(answers.filter((answer) => answer !== undefined)).toEqual([{ opened: 2, withdrawn: 0 }]);
    const before = await stored();
    expect(before.length).toBe(2);
    expect(await refresh()).toBeUndefined();
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect(await stored()).toEqual(before);
    expect((await entries()).length).toBe(logged + 1);
    expect((await verifyLog(db, { anchors: 'none' })).fault).toBeNull();
  });

  it('are withdrawn when corrected data no longer bear them out, and open again when the correction is undone', async () => {
    await refresh();
    const ids = (await stored()).map(({ id }) => id);
    const undo = await correctRise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 2 });
    for (const alert of (await list()).alerts) {
      expect(alert).toMatchObject({ state: 'withdrawn', decidedBy: null, count: expect.any(Number) });
      expect(alert.reason).toContain('Số liệu đã được sửa');
      expect(alert.count).toBeGreaterThanOrEqual(RISE.count); // as it stood
    }
    expect((await entries()).at(-1)).toMatchObject({
      action: 'alert.withdrawn',
      address: 'server',
      after: { count: 2 },
    });
    expect(await decide(ids[0], { decision: 'confirmed', reason: 'Có thật' })).toMatchObject({ status: 409 });
    await undo();
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
    expect(await stored()).toMatchObject(ids.map((id) => ({ id, state: 'open', decided_at: null, reason: null })));
  });

  it('wait for the report of the month: what is not reported is neither high nor low', async () => {
    await refresh();
    await db.knex('report_month').where({ commune_code: RISE.commune, month: '2024-12-01' }).delete();
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 2 });
    expect((await list()).alerts[0]?.reason).toContain('không còn được báo cáo');
    const { checked } = await list();
    expect(checked.series).toBe(6 * 4 * 3 - 8);
    await report(RISE.commune, '2024-12');
    await raise();
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
  });

  it('of months before the last three stay, and still follow corrections', async () => {
    await refresh();
    const before = await stored();
    // Three months on: nobody has looked at December since.
    for (const month of ['2025-01', '2025-02', '2025-03']) await report('10001', month);
    await raise();
    vi.setSystemTime(Date.parse('2025-04-20T08:00:00+07:00'));
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect((await list()).checked.months).toEqual(['2025-01-01', '2025-02-01', '2025-03-01']);
    expect(await stored()).toEqual(before);
    const undo = await correctRise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 2 });
    await db.knex('report_month').where('month', '>', '2024-12-31').delete();
    await undo();
  });

  it('are looked at again when the calendar month has changed, on the same data', async () => {
    vi.setSystemTime(Date.parse('2024-12-20T08:00:00+07:00'));
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 }); // December is not over
    expect((await list()).checked.months).toEqual(['2024-09-01', '2024-10-01', '2024-11-01']);
    expect(await refresh()).toBeUndefined();
    vi.setSystemTime(Date.parse('2025-01-01T00:00:00+07:00'));
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
  });

  it('are decided by a person with a reason, once, and then nothing changes them', async () => {
    await refresh();
    const version = await versionNow();
    const [first, second] = (await list()).alerts;
    const planner = await app.as('planner', { username: 'tham.muu' });
    const personal = await decide(first.id, { decision: 'confirmed', reason: 'Do người có SĐT 0912345678' }, planner);
    expect(personal).toMatchObject({ status: 422, body: { error: { code: 'person_data' } } });
    const answer = await decide(first.id, { decision: 'confirmed', reason: '  Nhóm trộm xe máy ở chợ  ' }, planner);
    expect(answer).toMatchObject({
      status: 200,
      body: { id: first.id, state: 'confirmed', decidedBy: 'tham.muu', reason: 'Nhóm trộm xe máy ở chợ' },
    });
    decideAlert.response.parse(answer.body);
    expect((await entries()).at(-1)).toMatchObject({
      action: 'alert.decided',
      username: 'tham.muu',
      target: `alert/${first.id}`,
      before: { state: 'open', reason: null },
      after: { state: 'confirmed', reason: 'Nhóm trộm xe máy ở chợ', commune: '10003', month: '2024-12-01' },
    });
    expect(await versionNow()).toBe(version);
    const logged = (await entries()).length;
    const again = await decide(first.id, { decision: 'dismissed', reason: 'Nhầm lẫn' });
    expect(again).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'not_open', state: 'confirmed' } } },
    });
    for (const body of [
      { decision: 'open', reason: 'xyz' },
      { decision: 'dismissed' },
      { decision: 'dismissed', reason: ' x ' },
    ])
      expect((await decide(second.id, body)).status).toBe(400);
    expect((await decide(BATCH, { decision: 'dismissed', reason: 'Không có' })).status).toBe(404);
    expect((await entries()).length).toBe(logged);

    const undo = await correctRise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 1 });
    expect((await list()).alerts.map(({ state }) => state).sort()).toEqual(['confirmed', 'withdrawn']);
    await undo();
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    expect((await list(app, '?state=confirmed')).alerts).toEqual([answer.body]);
    expect((await list(app, '?state=open')).alerts.length).toBe(1);
    expect((await app.get('/api/alerts?state=closed')).status).toBe(400);
  });

  it('are decided once when two people decide at the same moment', async () => {
    await refresh();
    const [{ id }] = await stored();
    const logged = (await entries()).length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        decide(id, { decision: i % 2 === 0 ? 'confirmed' : 'dismissed', reason: `Lần ${i}` }),
      ),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...new Array(7).fill(409)]);
    expect((await entries()).length).toBe(logged + 1);
  });

  it('are seen by the commune they speak of and by its province, and decided above the commune only', async () => {
    await refresh();
    const own = await app.as('commune', { commune: '10003', office: 'CAX3' });
    const other = await app.as('commune', { commune: '10002', office: 'CAX2' });
    const viewer = await app.as('viewer');
    const elsewhere = await app.as('province', { province: '34' });
    const { alerts } = await list();
    const id = alerts[0].id;
    expect((await list(own)).alerts).toEqual(alerts);
    expect((await list(own)).checked).toMatchObject({ months: LAST_MONTHS, series: 12, tooShort: 0 });
    for (const visitor of [other, elsewhere]) {
      expect((await list(visitor)).alerts).toEqual([]);
      expect((await visitor.get(`/api/alerts/${id}`)).status).toBe(404);
    }
    expect((await list(elsewhere)).checked).toEqual({ months: [], series: 0, tooShort: 0, expectedFalse: 0 });
    for (const path of ['/api/alerts', `/api/alerts/${id}`]) expect((await viewer.get(path)).status).toBe(403);
    const body = { decision: 'dismissed', reason: 'Không phải' };
    for (const visitor of [own, viewer]) expect((await decide(id, body, visitor)).status).toBe(403);
    expect((await decide(id, body, elsewhere)).status).toBe(404);
    expect((await list()).alerts).toEqual(alerts);
    expect((await decide(id, body, await app.as('province', { province: '33' }))).status).toBe(200);
  });

  it('tell the months that caused them, as plain SQL counts them, the same to all who may ask', async () => {
    await db.knex('report_month').where({ commune_code: RISE.commune, month: '2022-03-01' }).delete();
    await raise();
    await refresh();
    const alert = (await list()).alerts.find(({ category }) => category === 'property')!;
    const { body } = await app.get<AlertStory>(`/api/alerts/${alert.id}`, getAlert);
    const series = await seriesOf(RISE.commune, ['property', 'theft', 'robbery', 'fraud']);
    expect(body.alert).toEqual(alert);
    expect(body.series.map(({ count }) => count)).toEqual(series.slice(-60));
    expect(body.series.filter(({ count }) => count === null).length).toBe(1);
    expect(body.series.at(-1)).toMatchObject({
      from: '2024-12-01',
      to: '2025-01-01',
      count: alert.count,
      expected: alert.expected,
      upper: alert.upper,
    });
    body.series.forEach(({ expected, upper }, i) => {
      const alarm = series[12 + i] === null ? null : monthAlarm(series, 12 + i);
      expect([expected, upper]).toEqual([alarm?.expected ?? null, alarm?.upper ?? null]);
    });
    expect(body.series.filter(({ upper }) => upper === null).length).toBeGreaterThan(0);

    const memory = createTestContext(db).snapshots;
    const sql = createTestContext(db, { enabled: false }).snapshots;
    for (const scope of [
      systemScope,
      scopeOf({ id: null, role: 'province', provinceCode: '33', communeCode: null }),
      scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: RISE.commune }),
    ])
      for (const store of [memory, sql])
        expect(await store.read(scope, (source) => tellAlert(source, alert.id))).toEqual(body);
    await report(RISE.commune, '2022-03');
    await raise();
  });

  it('are all there or none: a refresh that fails half way has left nothing, and the next one does the work', async () => {
    await db.knex.raw(`alter table audit_event add constraint no_more check (action <> 'alert.opened') not valid`);
    await expect(refresh()).rejects.toThrow('no_more');
    expect([await stored(), await db.knex('alert_run')]).toEqual([[], []]);
    await db.knex.raw('alter table audit_event drop constraint no_more');
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
  });

  it('are not written by a look at older data than the last', async () => {
    await refresh();
    await db.knex('alert').delete();
    await db.knex('alert_run').update({ data_version: (await versionNow()) + 5 });
    expect(await refresh()).toBeUndefined();
    expect(await stored()).toEqual([]);
  });

  it('of a commune that is no longer in the boundary set are not shown', async () => {
    await refresh();
    const rename = (from: string, to: string) =>
      db.knex.raw(
        `alter table commune_cell drop constraint commune_cell_boundary_set_id_commune_code_fkey;
         update commune set code = '${to}' where boundary_set_id = '2025-07' and code = '${from}';
         update commune_cell set commune_code = '${to}' where boundary_set_id = '2025-07' and commune_code = '${from}';
         alter table commune_cell add constraint commune_cell_boundary_set_id_commune_code_fkey
           foreign key (boundary_set_id, commune_code) references commune (boundary_set_id, code) on delete cascade`,
      );
    await rename(RISE.commune, '10093');
    await raise();
    expect((await list()).alerts).toEqual([]);
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 2 });
    expect((await stored()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    await rename('10093', RISE.commune);
    await raise();
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 });
  });

  it('are kept up by the watch: at the start, after every change of the data, and not after it was stopped', async () => {
    const context = createTestContext(db);
    const open = async () => (await list(app, '?state=open')).alerts.length;
    const watch = watchAlerts(context, 20);
    await vi.waitFor(async () => expect(await open()).toBe(2), { timeout: 20_000 });
    const undo = await correctRise();
    await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 20_000 });
    const atRest = await db.knex('alert_run').first();
    await vi.waitFor(async () => expect(Number(atRest.data_version)).toBe(await versionNow()));
    await watch.stop();
    await undo();
    await new Promise((next) => setTimeout(next, 200));
    expect(await open()).toBe(0);
    expect(await refresh()).toEqual({ opened: 2, withdrawn: 0 }); // there was something to see
  });

  it('the watch tries again after a failure', async () => {
    await db.knex.raw(`alter table audit_event add constraint no_more check (action <> 'alert.opened') not valid`);
    const context = createTestContext(db);
    const warned = vi.spyOn(context.log, 'warn');
    const watch = watchAlerts(context, 20);
    await vi.waitFor(() => expect(warned).toHaveBeenCalled(), { timeout: 20_000 });
    expect(await stored()).toEqual([]);
    await db.knex.raw('alter table audit_event drop constraint no_more');
    await vi.waitFor(async () => expect((await stored()).length).toBe(2), { timeout: 20_000 });
    await watch.stop();
  });

  it('go with their province, as what it reported and confirmed does', async () => {
    await refresh();
    const place = { province_code: '33', commune_code: '10001', month: '2025-01-01' };
    await db.knex('report_confirmation').insert({ ...place, username: 'x' });
    expect((await stored()).length).toBe(2);
    await db.transaction(systemScope, (transaction) => deleteProvinces(transaction, ['33']));
    for (const table of ['alert', 'alert_run', 'report_confirmation']) expect(await db.knex(table)).toEqual([]);
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect((await list()).checked.series).toBe(0);
  });
});
