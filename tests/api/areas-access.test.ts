import type { AreaRulesResponse, AreaShapesResponse, AreasResponse, PendingEventsResponse } from '@diemnong/contracts';
import { defaultAreaRules, getAreaRules } from '@diemnong/contracts';
import { beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases } from '../support/database.ts';
import type { TestVisitor } from '../support/test-app.ts';
import {
  type Answer,
  approve,
  enter,
  mark,
  newest,
  openAreasStage,
  polygonPlace,
  quarter,
  read,
  rectangle,
  take,
} from './areas-support.ts';

/** Commune of another province, east of the six: columns 3 to 4 of the grid. */
const ELSEWHERE = '79001';

describeOnBothDatabases('who sees and writes areas', (open) => {
  const stage = openAreasStage(open);
  let stranger: TestVisitor;
  let commune: TestVisitor;
  let otherCommune: TestVisitor;
  let viewer: TestVisitor;
  let id: string;
  let waiting: string;
  beforeAll(async () => {
    await stage.db.knex('province').insert({ code: '79', name_vi: 'TP. Hồ Chí Minh', name_en: 'Ho Chi Minh City' });
    await stage.db.knex.raw(
      `insert into commune (boundary_set_id, code, province_code, name, full_name, kind, area_m2, label_point, geom)
       select '2025-07', :code, '79', 'Xa', 'Xã Xa', 'xã', ST_Area(geom::geography), ST_Centroid(geom), geom
       from (select ST_Multi(ST_MakeEnvelope(106.12, 20.6, 106.16, 20.64, 4326)) as geom) as given`,
      { code: ELSEWHERE },
    );
    stranger = await stage.app.as('planner', { province: '79' });
    commune = await stage.app.as('commune', { province: '33', commune: '10001' });
    otherCommune = await stage.app.as('commune', { province: '33', commune: '10002' });
    viewer = await stage.app.as('viewer', { province: '33' });
    id = await mark(stage.planner, { place: polygonPlace(rectangle(0.5, 0.2, 1.3, 0.6)) }); // mostly in 10001
    await take(stage, id, 'listed:2023-02-01:2023 transforming:2023-03-01');
    waiting = newest(await enter(stage.planner, id, { type: 'carried_over', on: '2024-01-05', year: 2024 })).id;
  });
  const list = async (visitor: TestVisitor) => (await visitor.get<AreasResponse>('/api/areas')).body;
  const post = (visitor: TestVisitor, body: Record<string, unknown>) =>
    visitor.send<Answer['body']>('POST', '/api/areas', { name: 'Chợ', types: [1], place: quarter, ...body });

  it('shows an area to its province and to the commune that holds most of it, and to nobody else', async () => {
    for (const visitor of [stage.app, stage.planner, stage.second, commune]) {
      expect((await list(visitor)).areas.map((area) => area.id)).toEqual([id]);
      expect(await read(visitor, id)).toMatchObject({
        status: 'transforming',
        listedYears: [2023],
        events: [{}, {}, {}, {}],
      });
      const { body } = await visitor.get<AreaShapesResponse>('/api/areas/shapes');
      expect(body.features).toHaveLength(1);
    }
    for (const visitor of [stranger, otherCommune]) {
      expect(await list(visitor)).toMatchObject({ total: 0, statuses: [], years: [], areas: [] });
      expect((await visitor.get(`/api/areas/${id}`)).status).toBe(404);
      expect((await visitor.get<AreaShapesResponse>('/api/areas/shapes')).body).toMatchObject({
        features: [],
        undrawn: 0,
      });
      expect((await visitor.get<PendingEventsResponse>('/api/areas/pending')).body.events).toEqual([]);
    }
    for (const path of ['', '/shapes', '/pending', `/${id}`, '/rules?year=2024'])
      expect((await viewer.get(`/api/areas${path}`)).status, path).toBe(403);
  });

  it('lets a commune read what waits, and decide about nothing', async () => {
    const { events } = (await commune.get<PendingEventsResponse>('/api/areas/pending')).body;
    expect(events.map((event) => [event.id, event.canDecide])).toEqual([[waiting, false]]);
    const writes: [string, string, unknown][] = [
      ['POST', '/api/areas', { name: 'Chợ', types: [1], place: quarter }],
      ['PATCH', `/api/areas/${id}`, { revision: 1, reason: 'Theo khảo sát', name: 'Bến' }],
      ['POST', `/api/areas/${id}/events`, { type: 'reviewed', on: '2024-01-01' }],
      ['POST', `/api/areas/${id}/events/${waiting}/approve`, {}],
      ['POST', '/api/areas/pending/approve', { events: [waiting] }],
      ['POST', `/api/areas/${id}/split`, { on: '2024-01-01', reason: 'abc', parts: [] }],
      ['POST', '/api/areas/merge', { on: '2024-01-01', reason: 'abc', name: 'Chợ', areas: [id, waiting] }],
      ['POST', '/api/areas/rules', { year: 2024, rules: defaultAreaRules }],
    ];
    for (const [method, path, body] of writes)
      for (const visitor of [commune, viewer]) expect((await visitor.send(method, path, body)).status, path).toBe(403);
    expect((await read(stage.planner, id)).revision).toBe(1);
  });

  it('answers writes about an area of another province as about one that does not exist', async () => {
    const missing = '00000000-0000-4000-8000-00000000dead';
    const writes: ((id: string) => [string, string, unknown])[] = [
      (id) => ['PATCH', `/api/areas/${id}`, { revision: 1, reason: 'Theo khảo sát', name: 'Bến' }],
      (id) => ['POST', `/api/areas/${id}/events`, { type: 'reviewed', on: '2024-01-01' }],
      (id) => ['POST', `/api/areas/${id}/events/${waiting}/approve`, {}],
      (id) => [
        'POST',
        `/api/areas/${id}/split`,
        { on: '2024-01-01', reason: 'abc', parts: ['A1', 'B1'].map((name) => ({ name, place: quarter })) },
      ],
      (id) => ['POST', '/api/areas/merge', { on: '2024-01-01', reason: 'abc', name: 'Chợ', areas: [id, waiting] }],
    ];
    for (const write of writes) {
      const ask = async (area: string) => {
        const [method, path, body] = write(area);
        const answer = await stranger.send<Answer['body']>(method, path, body);
        return { status: answer.status, body: JSON.stringify(answer.body).replaceAll(area, '<id>') };
      };
      const hidden = await ask(id);
      expect(hidden.status, hidden.body).toBe(404);
      expect(hidden).toEqual(await ask(missing));
    }
    const bulk = await stranger.send<{ approved: string[]; left: { event: string; reason: string }[] }>(
      'POST',
      '/api/areas/pending/approve',
      { events: [waiting, missing] },
    );
    expect(bulk.body.approved).toEqual([]);
    expect(new Set(bulk.body.left.map(({ reason }) => reason)).size).toBe(1);
    expect(await stage.db.knex('area_approval').where({ event_id: waiting })).toEqual([]);
  });

  it('marks within the own province only; an administrator in the one that holds most of the place', async () => {
    expect((await post(stranger, { place: { communeCode: '10001' } })).status).toBe(400);
    expect((await post(stranger, { place: { undrawnIn: '10001' } })).status).toBe(400);
    expect((await post(stranger, {})).status).toBe(422);
    const across = polygonPlace(rectangle(2.2, 0.2, 3.4, 0.6));
    const own = (await post(stage.planner, { place: across })).body.area;
    expect(own.communes).toEqual(['10003']);
    const theirs = (await post(stranger, { place: across })).body.area;
    expect(theirs.communes).toEqual([ELSEWHERE]);
    expect(theirs.number).toBe(1); // numbers run within the province
    expect(theirs.areaKm2! * 2).toBeCloseTo(own.areaKm2!, 6);
    expect(own.cells.some((cell) => theirs.cells.includes(cell))).toBe(false);
    const chosen = (await post(stage.app, { place: across })).body.area;
    expect(chosen.communes).toEqual(['10003']);
    const moved = await stage.app.send<Answer['body']>('PATCH', `/api/areas/${theirs.id}`, {
      revision: 1,
      reason: 'Vẽ lại',
      place: quarter,
    });
    expect(moved.status).toBe(422); // an area stays in its province, whoever draws it
    expect((await read(stranger, theirs.id)).commune.code).toBe(ELSEWHERE);
  });

  it('joins no areas of two provinces, and shows only names within reach', async () => {
    const [near, far] = [
      await mark(stage.app, { place: { communeCode: '10004' } }),
      await mark(stage.app, { place: { communeCode: ELSEWHERE } }),
    ];
    const answer = await stage.app.send<Answer['body']>('POST', '/api/areas/merge', {
      on: '2024-01-01',
      reason: 'Liền nhau',
      name: 'Hai tỉnh',
      areas: [near, far],
    });
    expect([answer.status, answer.body.error?.details]).toMatchObject([409, { reason: 'unlike' }]);
  });

  it('keeps rules of each province apart', async () => {
    const rules = { ...defaultAreaRules, watchMonths: 12 };
    await stage.db
      .knex('area_rules')
      .insert({ province_code: '79', year: 2023, rules: JSON.stringify(rules), username: 'x' });
    const get = async (visitor: TestVisitor) =>
      (await visitor.get<AreaRulesResponse>('/api/areas/rules?year=2024')).body;
    expect((await get(stranger)).rules.watchMonths).toBe(12);
    for (const visitor of [stage.planner, commune]) expect((await get(visitor)).rules.watchMonths).toBe(24);
    expect((await stage.planner.send('POST', '/api/areas/rules', { year: 2024, rules })).status).toBe(403);
  });

  it('lets those who reach several provinces choose whose rules are shown and set, and nobody else', async () => {
    const rules = { ...defaultAreaRules, watchMonths: 36 };
    const ask = (visitor: TestVisitor, province?: string) =>
      visitor.get<AreaRulesResponse>(
        `/api/areas/rules?year=2025${province === undefined ? '' : `&province=${province}`}`,
        getAreaRules,
      );
    const set = (province: string | undefined, watchMonths: number) =>
      stage.app.send<AreaRulesResponse>('POST', '/api/areas/rules', {
        year: 2025,
        province,
        rules: { ...rules, watchMonths },
      });
    expect((await ask(stage.app, '79')).body).toMatchObject({ province: '79', setFor: 2023 });
    expect(await set('79', 36)).toMatchObject({ status: 200, body: { province: '79', setFor: 2025 } });
    expect((await ask(stage.app)).body).toMatchObject({ province: '33', setFor: null, rules: { watchMonths: 24 } });
    expect((await set(undefined, 18)).body).toMatchObject({ province: '33', setFor: 2025 });
    expect((await ask(stage.app, '79')).body.rules).toEqual(rules);
    expect((await ask(stranger)).body).toEqual((await ask(stage.app, '79')).body);
    expect((await ask(stranger, '79')).status).toBe(200);
    expect((await ask(stage.planner)).body).toMatchObject({ province: '33', rules: { watchMonths: 18 } });
    const { rows } = await stage.db.knex.raw(
      `select province_code as province, cast(rules ->> 'watchMonths' as integer) as months
       from area_rules
       where year = 2025
       order by province_code`,
    );
    expect(rows).toEqual([
      { province: '33', months: 18 },
      { province: '79', months: 36 },
    ]);

    for (const [visitor, province] of [
      [stage.planner, '79'],
      [commune, '79'],
      [stranger, '33'],
      [stage.app, '98'],
    ] as const)
      expect((await ask(visitor, province)).status).toBe(404);
    expect((await set('98', 6)).status).toBe(404);
    expect((await set('', 6)).status).toBe(400);
    const log = await stage.db.knex('audit_event').where({ action: 'area.rules_changed' }).orderBy('sequence');
    expect(log.map(({ target }) => target)).toEqual(['area-rules/79/2025', 'area-rules/33/2025']);
  });

  it('writes what each did into the log', async () => {
    await approve(stage.second, id, waiting);
    const log = await stage.db
      .knex('audit_event')
      .where({ target: `area/${id}` })
      .orderBy('sequence');
    expect(log.map(({ action, username }) => `${username} ${action}`)).toEqual([
      'quyhoach area.created',
      'quyhoach area.event_entered',
      'congan area.event_approved',
      'quyhoach area.event_entered',
      'quyhoach area.event_entered',
      'congan area.event_approved',
    ]);
  });
});
