import { rateRatio } from '@diemnong/analysis';
import {
  type AreaAnswer,
  type AreaTask,
  type AreaTaskStory,
  type AreaTasksResponse,
  decideAreaTask,
  defaultAreaRules,
  type ErrorResponse,
  getAreaTask,
  listAreaTasks,
} from '@diemnong/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { watchAreaTasks } from '../../server/src/features/area-tasks/area-task-watch.ts';
import { refreshAreaTasks } from '../../server/src/features/area-tasks/refresh-area-tasks.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import {
  countByMonth,
  fillAreaWorld,
  insertArea,
  insertRecords,
  insertStep,
  PLACES,
  raiseVersion,
  THEFTS,
  toSqlCells,
} from './area-world.ts';

const NOW = Date.parse('2025-01-20T08:00:00+07:00');
/** Transformed in 2023: the baseline year is March 2022 to February 2023. */
const TRANSFORMED: Parameters<typeof insertArea>[1]['steps'] = [
  ['proposed', '2022-12-10'],
  ['listed', '2023-01-15'],
  ['transforming', '2023-03-10'],
  ['assessed_success', '2023-12-20'],
];

describeOnBothDatabases('/api/area-tasks', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  const ids = {} as Record<'back' | 'calm' | 'undrawn' | 'running', string>;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    db = await open();
    await fillAreaWorld(db);
    const watched: typeof TRANSFORMED = [...TRANSFORMED, ['removed', '2024-01-05'], ['watched', '2024-02-01']];
    ids.back = await insertArea(db, { name: 'Chợ cũ', commune: '10005', cells: PLACES.back, steps: watched });
    ids.calm = await insertArea(db, { commune: '10006', cells: PLACES.calm, steps: watched });
    ids.undrawn = await insertArea(db, { commune: '10006', cells: [], steps: TRANSFORMED });
    // Still being transformed: its many records are no relapse.
    ids.running = await insertArea(db, { commune: '10002', cells: PLACES.works, steps: TRANSFORMED.slice(0, 3) });
    app = await startTestApp(createTestContext(db));
  });
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await db.knex('area_task').delete();
    await db.knex('area_watch_run').delete();
    await db.knex('area_rules').delete();
    const extra = await db.knex('area_event').where('type', 'in', ['relapsed', 'closed', 'withdrawn']).select('id');
    await db
      .knex('area_approval')
      .whereIn(
        'event_id',
        extra.map(({ id }) => id),
      )
      .delete();
    await db
      .knex('area_event')
      .whereIn(
        'id',
        extra.map(({ id }) => id),
      )
      .delete();
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const refresh = (context = app.context) => refreshAreaTasks(context);
  const list = async (query = '', visitor: TestVisitor = app): Promise<AreaTasksResponse> =>
    (await visitor.get<AreaTasksResponse>(`/api/area-tasks${query}`, listAreaTasks)).body;
  const decide = (id: string, body: unknown, visitor: TestVisitor = app) =>
    visitor.send<AreaTask & Partial<ErrorResponse>>('PATCH', `/api/area-tasks/${id}`, body);
  const stored = () => db.knex('area_task').select().orderBy('window_from');
  const raise = async () => {
    await raiseVersion(db);
    const wanted = Number((await db.knex('data_version').first('version')).version);
    while ((await app.context.version.current()) !== wanted) app.context.version.invalidate();
  };
  const entries = () =>
    db
      .knex('audit_event')
      .where('action', 'like', 'area%')
      .select('action', 'username', 'address', 'target', 'before', 'after')
      .orderBy('sequence');
  const countIn = async (months: string[]) => {
    const counts = await countByMonth(db, { cells: PLACES.back, categories: THEFTS });
    return months.reduce((sum, month) => sum + (counts.get(month) ?? 0), 0);
  };
  const reporting = (month: string) => ({ province_code: '33', commune_code: '10005', month: `${month}-01` });
  const report = (month: string) =>
    db.knex('report_month').insert({ ...reporting(month), batch_id: '00000000-0000-4000-8000-000000000001' });
  const unreport = (month: string) => db.knex('report_month').where(reporting(month)).delete();
  const setRules = (rules: Partial<typeof defaultAreaRules>) =>
    db.knex('area_rules').insert({
      province_code: '33',
      year: 2024,
      rules: JSON.stringify({ ...defaultAreaRules, ...rules }),
      username: 'x',
    });
  /** Take most of the last months' records away, as a corrected file does; `undo` puts them back. */
  const correct = async (): Promise<() => Promise<void>> => {
    // In the database: a cell is no whole number of JavaScript.
    await db.knex.raw(
      `create table gone as
       select incident.* from incident
       where commune_code = '10005' and occurred_from >= '2024-10-01' and right(reference, 1) not in ('0', '5')`,
    );
    await db.knex.raw('delete from incident using gone where incident.reference = gone.reference');
    await raise();
    return async () => {
      await db.knex.raw('insert into incident select * from gone; drop table gone');
      await raise();
    };
  };

  it('are opened for the area whose records came back, with numbers that plain SQL gives again', async () => {
    const [steps, logged] = [await db.knex('area_event').count(), (await entries()).length];
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    const { tasks, checked } = await list();
    const [count, baselineCount] = [
      await countIn(['2024-10', '2024-11', '2024-12']),
      await countIn(['2022-10', '2022-11', '2022-12']),
    ];
    const exact = rateRatio({ before: baselineCount, after: count, exposureBefore: 92, exposureAfter: 92 });
    expect(tasks).toMatchObject([
      {
        area: { id: ids.back, name: 'Chợ cũ', commune: { code: '10005', name: 'Xã 5' } },
        state: 'open',
        window: { from: '2024-10-01', to: '2025-01-01', count, days: 92 },
        baseline: { from: '2022-03-01', to: '2023-03-01', count: baselineCount, days: 92 },
        ratio: exact.ratio,
        low: exact.low,
        high: exact.high,
        decidedAt: null,
        eventId: null,
      },
    ]);
    expect(count).toBeGreaterThanOrEqual(0.75 * baselineCount);
    // The calm one was compared and is not back; the one without a place could not be.
    expect(checked).toEqual({ areas: 2, notComparable: 1 });
    // No status was touched.
    expect(await db.knex('area_event').count()).toEqual(steps);
    expect((await entries()).slice(logged)).toMatchObject([
      { action: 'area_task.opened', username: null, address: 'server', target: 'area_task', after: { count: 1 } },
    ]);
  });

  it('tell a commune its own records alone of an area that lies in another one too', async () => {
    await refresh();
    const whole = (await list()).tasks.find(({ area }) => area.id === ids.back)!;
    const area = db.knex('area').where({ id: ids.back });
    await area.clone().update({ commune_codes: ['10004', '10005'] });
    const inside = db.knex('incident').whereIn('cell', toSqlCells(PLACES.back));
    await inside.clone().whereRaw('right(reference, 1) < ?', ['4']).update({ commune_code: '10004' });
    await raise();
    const own = await app.as('commune', { commune: '10005' });
    const [task] = (await list('', own)).tasks;
    const months = ['2024-10', '2024-11', '2024-12'];
    const counts = await countByMonth(db, { cells: PLACES.back, categories: THEFTS, commune: '10005' });
    const count = months.reduce((sum, month) => sum + (counts.get(month) ?? 0), 0);
    expect([task.hiddenByScope, task.window]).toEqual([true, { ...whole.window, count }]);
    expect(count).toBeLessThan(whole.window.count);
    expect(task.ratio).toBeCloseTo(count / task.window.days / (task.baseline.count / task.baseline.days), 10);
    const { body } = await own.get<AreaTaskStory>(`/api/area-tasks/${task.id}`, getAreaTask);
    expect(body.task).toEqual(task);
    expect(
      body.months.filter(({ phase }) => phase === 'window').reduce((sum, month) => sum + (month.count ?? 0), 0),
    ).toBe(count);
    const [same] = (await list()).tasks;
    expect([same.hiddenByScope, same.window]).toEqual([false, whole.window]);
    await area.clone().update({ commune_codes: ['10005'] });
    await inside.clone().update({ commune_code: '10005' });
    await raise();
  });

  it('are opened once, by however many processes', async () => {
    const other = createTestContext(db);
    const answers = await Promise.all([refresh(), refresh(other), refresh(), refresh(other)]);
    expect(answers.filter((answer) => answer !== undefined)).toEqual([{ opened: 1, withdrawn: 0 }]);
    const before = await stored();
    expect(await refresh()).toBeUndefined();
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect(await stored()).toEqual(before);
    expect((await verifyLog(db, { anchors: 'none' })).fault).toBeNull();
  });

  it('tell the months that caused them, the baseline beside each', async () => {
    await refresh();
    const [task] = (await list()).tasks;
    const { body } = await app.get<AreaTaskStory>(`/api/area-tasks/${task.id}`, getAreaTask);
    expect(body.months[0].from).toBe('2022-03-01');
    expect(body.months.at(-1)?.from).toBe('2024-12-01');
    const counts = await countByMonth(db, { cells: PLACES.back, categories: THEFTS });
    for (const { from, count, baseline, phase } of body.months) {
      const month = from.slice(0, 7);
      expect(count).toBe(counts.get(month) ?? 0);
      const sameOfBaseline = `${month.slice(5) >= '03' ? '2022' : '2023'}-${month.slice(5)}`;
      expect(baseline).toBe(counts.get(sameOfBaseline) ?? 0);
      expect(phase).toBe(month < '2023-03' ? 'baseline' : month >= '2024-10' ? 'window' : 'between');
    }
    const own = await app.as('commune', { commune: '10005' });
    expect((await own.get<AreaTaskStory>(`/api/area-tasks/${task.id}`, getAreaTask)).body.months).toEqual(body.months);
    const other = await app.as('commune', { commune: '10006' });
    expect((await other.get(`/api/area-tasks/${task.id}`)).status).toBe(404);
    expect((await list('', other)).tasks).toEqual([]);
    expect((await list('', other)).checked).toEqual({ areas: 1, notComparable: 1 });
    expect((await list(`?area=${ids.calm}`)).tasks).toEqual([]);
    expect((await list('?state=open')).tasks.length).toBe(1);
  });

  it('are withdrawn when corrected data take the cause away, and open again when the correction is undone', async () => {
    await refresh();
    const undo = await correct();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 1 });
    const [task] = (await list()).tasks;
    expect(task).toMatchObject({ state: 'withdrawn', decidedBy: null });
    expect(task.reason).toContain('Số liệu đã được sửa');
    expect((await entries()).at(-1)).toMatchObject({ action: 'area_task.withdrawn', address: 'server' });
    expect(await decide(task.id, { decision: 'dismissed', reason: 'Lễ hội' })).toMatchObject({ status: 409 });
    await undo();
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    expect(await stored()).toMatchObject([{ id: task.id, state: 'open', reason: null }]);
  });

  it('compare only months reported now and in the baseline year', async () => {
    await unreport('2024-11');
    await raise();
    await setRules({ relapseShare: 0.5 });
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    const [task] = (await list()).tasks;
    expect(task.window).toEqual({
      from: '2024-09-01',
      to: '2025-01-01',
      count: await countIn(['2024-09', '2024-10', '2024-12']),
      days: 30 + 31 + 31,
    });
    expect(task.baseline.count).toBe(await countIn(['2022-09', '2022-10', '2022-12']));
    // Nothing reported any more: not enough to compare, and no cause.
    for (const month of ['2024-09', '2024-10', '2024-12']) await unreport(month);
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 1 });
    expect((await list()).tasks[0].reason).toContain('không còn đủ báo cáo');
    for (const month of ['2024-09', '2024-10', '2024-11', '2024-12']) await report(month);
    await raise();
  });

  it('follow the rules of the province: months and share', async () => {
    await setRules({ relapseShare: 3 });
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    await db.knex('area_rules').update({
      rules: JSON.stringify({ ...defaultAreaRules, relapseMonths: 1 }),
      changed_at: db.knex.raw(`changed_at + interval '1 second'`),
    });
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    expect((await list()).tasks[0]).toMatchObject({ window: { from: '2024-12-01', to: '2025-01-01', days: 31 } });
    expect((await list()).tasks[0].rule).toContain('1 months');
  });

  it('are dismissed with a reason, then not asked again, but a later window may be', async () => {
    await refresh();
    const [task] = (await list()).tasks;
    const planner = await app.as('planner', { username: 'tham.muu' });
    const commune = await app.as('commune', { commune: '10005' });
    expect((await decide(task.id, { decision: 'dismissed', reason: 'Lễ hội' }, commune)).status).toBe(403);
    const personal = await decide(task.id, { decision: 'dismissed', reason: 'SĐT 0912345678' }, planner);
    expect(personal).toMatchObject({ status: 422, body: { error: { code: 'person_data' } } });
    const dated = await decide(task.id, { decision: 'dismissed', reason: 'Lễ hội', on: '2024-12-31' }, planner);
    expect(dated.status).toBe(400);
    const answer = await decide(task.id, { decision: 'dismissed', reason: ' Lễ hội đầu xuân ' }, planner);
    expect(answer).toMatchObject({
      status: 200,
      body: { state: 'dismissed', decidedBy: 'tham.muu', reason: 'Lễ hội đầu xuân', eventId: null },
    });
    decideAreaTask.response.parse(answer.body);
    expect((await entries()).at(-1)).toMatchObject({
      action: 'area_task.decided',
      username: 'tham.muu',
      target: `area_task/${task.id}`,
      before: { state: 'open' },
      after: { state: 'dismissed', reason: 'Lễ hội đầu xuân', area: ids.back },
    });
    expect((await decide(task.id, { decision: 'confirmed', reason: 'Có thật' }, planner)).status).toBe(409);
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    // A month on.
    vi.setSystemTime(Date.parse('2025-02-20T08:00:00+07:00'));
    const [lng, lat] = [106.06, 20.66]; // centre of 10005
    const references = await insertRecords(
      db,
      Array.from({ length: 12 }, () => ({ lng, lat, commune: '10005', day: '2025-01-09', category: 'theft' })),
    );
    await report('2025-01');
    await raise();
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    expect((await list('?state=open')).tasks).toMatchObject([{ window: { from: '2024-11-01', to: '2025-02-01' } }]);
    expect((await list('?state=dismissed')).tasks.length).toBe(1);
    await unreport('2025-01');
    await db.knex('incident').whereIn('reference', references).delete();
    vi.setSystemTime(NOW);
    await raise();
  });

  it('one is asked about an area at a time', async () => {
    await refresh();
    await setRules({ relapseMonths: 2 });
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect((await stored()).length).toBe(1);
  });

  it('confirming enters the relapse, which waits for a second person; the status stays until then', async () => {
    await refresh();
    const [task] = (await list()).tasks;
    const planner = await app.as('planner', { username: 'tham.muu.2' });
    const answer = await decide(task.id, { decision: 'confirmed', reason: 'Trộm xe trở lại quanh chợ' }, planner);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const event = await db.knex('area_event').where({ area_id: ids.back, type: 'relapsed' }).first();
    expect(answer.body).toMatchObject({ state: 'confirmed', eventId: event.id });
    const { rows } = await db.knex.raw('select on_date::text as day, reason from area_event where id = ?', [event.id]);
    expect(rows).toEqual([{ day: '2024-12-31', reason: 'Trộm xe trở lại quanh chợ' }]);
    expect(event).toMatchObject({ needs_approval: true, account_id: planner.accountId });
    expect(await db.knex('area_step').where({ area_id: ids.back, type: 'relapsed' })).toEqual([]);
    const logged = (await entries()).slice(-2);
    expect(logged.map(({ action }) => action)).toEqual(['area.event_entered', 'area_task.decided']);
    // It waits: nothing more is asked, and the area is still under watch.
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect((await list()).checked.areas).toBe(2);
    const approve = (visitor: TestVisitor) =>
      visitor.send('POST', `/api/areas/${ids.back}/events/${event.id}/approve`, { decision: 'approved' });
    expect((await approve(planner)).status).toBeGreaterThanOrEqual(400);
    expect((await approve(await app.as('province', { username: 'lanh.dao' }))).status).toBe(200);
    expect((await db.knex('area_step').where({ area_id: ids.back, type: 'relapsed' })).length).toBe(1);
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 });
    expect((await list()).checked.areas).toBe(1);
  });

  it('a relapse taken back before anybody agreed lets the next months be asked about again', async () => {
    await refresh();
    const [task] = (await list()).tasks;
    const planner = await app.as('planner', { username: 'tham.muu.3' });
    const { eventId } = (await decide(task.id, { decision: 'confirmed', reason: 'Trộm xe trở lại' }, planner)).body;
    // A month on.
    vi.setSystemTime(Date.parse('2025-02-20T08:00:00+07:00'));
    const [lng, lat] = [106.06, 20.66]; // centre of 10005
    const january = await insertRecords(
      db,
      Array.from({ length: 12 }, () => ({ lng, lat, commune: '10005', day: '2025-01-09', category: 'theft' })),
    );
    await report('2025-01');
    await raise();
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 0 }); // control: while it waits nothing is asked
    const back = { type: 'withdrawn', on: '2025-02-20', reason: 'Nhập nhầm', supersedes: eventId };
    const struck = await planner.send<AreaAnswer>('POST', `/api/areas/${ids.back}/events`, back);
    expect([struck.status, struck.body.area.status]).toEqual([201, 'watched']);
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 });
    await unreport('2025-01');
    await db.knex('incident').whereIn('reference', january).delete();
    vi.setSystemTime(NOW);
    await raise();
  });

  it('a confirmation that is not legal changes nothing', async () => {
    await refresh();
    const [task] = (await list()).tasks;
    await insertStep(db, ids.back, '10005', 'closed', '2024-12-30');
    const [steps, logged] = [await db.knex('area_event').count(), (await entries()).length];
    const refused = await decide(task.id, { decision: 'confirmed', reason: 'Có thật', on: '2024-12-31' });
    expect(refused.status, JSON.stringify(refused.body)).toBe(409);
    expect(await stored()).toMatchObject([{ state: 'open', event_id: null }]);
    expect([await db.knex('area_event').count(), (await entries()).length]).toEqual([steps, logged]);
    // Closed: no longer under watch, so there is nothing to ask.
    expect(await refresh()).toEqual({ opened: 0, withdrawn: 1 });
    expect((await list()).tasks[0].reason).toContain('không còn trong diện theo dõi');
  });

  it('are kept up by the watch: at the start, after a change of the data or of the steps, and not after it was stopped', async () => {
    const context = createTestContext(db);
    const open = async () => (await list('?state=open')).tasks.length;
    const watch = watchAreaTasks(context, 20);
    await vi.waitFor(async () => expect(await open()).toBe(1), { timeout: 20_000 });
    const undo = await correct();
    await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 20_000 });
    await undo();
    await vi.waitFor(async () => expect(await open()).toBe(1), { timeout: 20_000 });
    await insertStep(db, ids.back, '10005', 'closed', '2024-12-30');
    await vi.waitFor(async () => expect(await open()).toBe(0), { timeout: 20_000 });
    await watch.stop();
    await db.knex('area_event').where({ type: 'closed' }).delete();
    await new Promise((next) => setTimeout(next, 200));
    expect(await open()).toBe(0);
    expect(await refresh()).toEqual({ opened: 1, withdrawn: 0 }); // there was something to see
  });
});
