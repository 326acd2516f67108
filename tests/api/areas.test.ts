import { cellOf, centreOf } from '@diemnong/analysis';
import {
  type AreaRulesResponse,
  type AreaShapesResponse,
  type AreasResponse,
  defaultAreaRules,
  type ErrorResponse,
  getAreaRules,
  listAreaShapes,
  listAreas,
} from '@diemnong/contracts';
import { gridDisk } from 'h3-js';
import { expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { deleteProvinces } from '../../server/src/features/boundaries/boundaries-queries.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import {
  type Answer,
  approve,
  enter,
  mark,
  needed,
  newest,
  openAreasStage,
  polygonPlace,
  quarter,
  read,
  rectangle,
  take,
} from './areas-support.ts';

describeOnBothDatabases('marking areas', (open) => {
  const stage = openAreasStage(open);
  const post = (body: Record<string, unknown>) =>
    stage.planner.send<Answer['body']>('POST', '/api/areas', { name: 'Chợ Gạo', types: [1], place: quarter, ...body });
  const patch = (id: string, body: Record<string, unknown>) =>
    stage.planner.send<Answer['body']>('PATCH', `/api/areas/${id}`, { reason: 'Theo khảo sát', ...body });
  const refusal = async (body: Record<string, unknown>) => {
    const { status, body: answer } = await post(body);
    return { status, code: answer.error?.code, message: answer.error?.message };
  };
  const entries = (target: string) => stage.db.knex('audit_event').where({ target }).orderBy('sequence');

  it('keeps a drawn polygon with its communes, its area and the cells whose centre lies in it, as proposed', async () => {
    const answer = await post({
      name: 'Chợ Gạo',
      types: [4, 1, 1],
      description: 'Quanh chợ.',
      place: polygonPlace(rectangle(0.5, 0.5, 1.25, 1)),
      proposedOn: '2024-03-01',
    });
    expect(answer.status).toBe(201);
    const { area } = answer.body;
    expect(area).toMatchObject({
      name: 'Chợ Gạo',
      commune: { code: '10001', name: 'Xã 1' },
      communes: ['10001', '10002'],
      types: [1, 4],
      level: 'province',
      origin: 'drawn',
      status: 'proposed',
      since: '2024-03-01',
      revision: 1,
      pending: 0,
      legal: ['listed', 'rejected'],
    });
    const { rows } = await stage.db.knex.raw(
      `select ST_Area(ST_MakeEnvelope(106.02, 20.62, 106.05, 20.64, 4326)::geography) / 1e6 as km2`,
    );
    expect(area.areaKm2).toBeCloseTo(rows[0].km2, 9);
    const inside = (cell: string) => {
      const [lng, lat] = centreOf(cell);
      return lng >= 106.02 && lng <= 106.05 && lat >= 20.62 && lat <= 20.64;
    };
    const around = gridDisk(cellOf(106.035, 20.63, 10), 40);
    expect(around.some((cell) => !inside(cell))).toBe(true);
    expect(area.cells).toEqual(around.filter(inside).sort());
    expect(area.events).toHaveLength(1);
    expect(area.events[0]).toMatchObject({
      type: 'proposed',
      on: '2024-03-01',
      approval: 'not_needed',
      inForce: true,
      enteredBy: 'quyhoach',
    });
    const [entry] = await entries(`area/${area.id}`);
    expect(entry).toMatchObject({ action: 'area.created', username: 'quyhoach' });
    expect(entry.after).toMatchObject({
      communeCode: '10001',
      cells: area.cells.length,
      proposedOn: '2024-03-01',
    });
  });

  it('takes a commune whole, hexagons of one resolution, or only the name of a commune', async () => {
    const commune = (await post({ place: { communeCode: '10003' } })).body.area;
    const { rows } = await stage.db.knex.raw(
      `select area_m2 / 1e6 as km2 from commune where code = '10003' and boundary_set_id = '2025-07'`,
    );
    expect(commune).toMatchObject({ origin: 'commune', communes: ['10003'], areaKm2: rows[0].km2 });
    expect(commune.cells.length).toBeGreaterThan(1000);
    const ring = gridDisk(cellOf(106.02, 20.62, 9), 1);
    const hexagons = (await post({ place: { cells: ring } })).body.area;
    expect(hexagons.origin).toBe('cells');
    expect(hexagons.geometry?.coordinates).toHaveLength(1);
    // Seven cells of resolution 9 hold 49 of resolution 10 as far as centres go, give or take those on the outline.
    expect(hexagons.cells.length).toBeGreaterThan(45);
    expect(hexagons.cells.length).toBeLessThan(53);
    const fine = gridDisk(cellOf(106.02, 20.62, 10), 2).sort();
    expect((await post({ place: { cells: fine } })).body.area.cells).toEqual(fine);
    expect((await post({ place: { undrawnIn: '10004' } })).body.area).toMatchObject({
      origin: 'list',
      geometry: null,
      areaKm2: null,
      cells: [],
      commune: { code: '10004' },
    });
    expect(await refusal({ place: { communeCode: '20002' } })).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(await refusal({ place: { cells: [ring[0], fine[0]] } })).toMatchObject({ status: 400 });
    expect(await refusal({ place: { cells: ['8a4144d90bfffff'.replace('8a', '85')] } })).toMatchObject({ status: 400 });
  });

  it('owns of a whole commune the cells that the commune owns, and no cell twice', async () => {
    const cells = [];
    for (const code of ['10001', '10002', '10004', '10005'])
      cells.push(...(await post({ place: { communeCode: code } })).body.area.cells);
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBeGreaterThan(4000);
  });

  it('mends a small crossing, and refuses one that leaves open what was meant', async () => {
    const at = (x: number, y: number) => [106 + x * 0.04, 20.6 + y * 0.04];
    const looped = [
      at(0.1, 0.1),
      at(0.9, 0.1),
      at(0.9, 0.5),
      at(0.88, 0.52),
      at(0.9, 0.52),
      at(0.88, 0.5),
      at(0.1, 0.5),
    ];
    const mended = await post({ place: polygonPlace([looped]) });
    expect(mended.status).toBe(201);
    const { rows } = await stage.db.knex.raw('select ST_IsValid(geom) as valid from area where id = ?', [
      mended.body.area.id,
    ]);
    expect(rows[0].valid).toBe(true);
    const bowtie = [at(0.1, 0.1), at(0.9, 0.9), at(0.9, 0.1), at(0.1, 0.9), at(0.1, 0.1)];
    expect(await refusal({ place: polygonPlace([bowtie]) })).toMatchObject({
      status: 422,
      code: 'unprocessable',
      message: expect.stringContaining('tự cắt'),
    });
    const twice = [...rectangle(0.1, 0.1, 0.5, 0.5)[0], ...rectangle(0.1, 0.1, 0.5, 0.5)[0]];
    expect((await refusal({ place: polygonPlace([twice]) })).status).toBe(422);
  });

  it('joins parts that overlap, and keeps a hole', async () => {
    const parts = (await post({ place: polygonPlace(rectangle(0.1, 0.1, 0.5, 0.5), rectangle(0.3, 0.3, 0.7, 0.7)) }))
      .body.area;
    expect(parts.geometry?.coordinates).toHaveLength(1);
    const [outer] = rectangle(0, 0, 1, 1);
    const [inner] = rectangle(0.4, 0.4, 0.6, 0.6);
    const holed = (await post({ place: polygonPlace([outer, inner]) })).body.area;
    expect(holed.geometry?.coordinates[0]).toHaveLength(2);
    const whole = (await post({ place: polygonPlace([outer]) })).body.area;
    expect(holed.areaKm2! / whole.areaKm2!).toBeCloseTo(0.96, 3);
    expect(holed.cells).not.toContain(cellOf(106.02, 20.62, 10));
  });

  it('refuses what has no area, is too large, lies outside, or is no position', async () => {
    const line = [
      [106, 20.6],
      [106.01, 20.6],
      [106.02, 20.6],
    ];
    expect(await refusal({ place: polygonPlace([line]) })).toMatchObject({
      status: 422,
      message: expect.stringContaining('diện tích'),
    });
    expect(await refusal({ place: polygonPlace() })).toMatchObject({ status: 422 });
    expect(await refusal({ place: polygonPlace(rectangle(-10, -10, 10, 10)) })).toMatchObject({
      status: 422,
      message: expect.stringMatching(/\d+ km², tối đa 500 km²/),
    });
    const world = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]; // biome-ignore format: one ring
    expect(await refusal({ place: polygonPlace([world]) })).toMatchObject({
      status: 422,
      message: expect.stringContaining('360 độ'),
    });
    expect(await refusal({ place: polygonPlace(rectangle(5, 5, 5.1, 5.1)) })).toMatchObject({
      status: 422,
      message: expect.stringContaining('ngoài mọi xã'),
    });
    expect(
      await refusal({
        place: polygonPlace([
          [
            [20.6, 106],
            [20.7, 106],
            [20.7, 106.1],
          ],
        ]),
      }),
    ).toMatchObject({ status: 400, message: expect.stringContaining('[20.6, 106]') });
    expect(
      await refusal({
        place: polygonPlace([
          [
            [106, 20.6],
            [106.01, 20.6],
          ],
        ]),
      }),
    ).toMatchObject({ status: 400 });
    expect(await refusal({ place: { communeCode: '10001', cells: [] } })).toMatchObject({ status: 400 });
  });

  it('clips to the communes of the province', async () => {
    const { area } = (await post({ place: polygonPlace(rectangle(-0.5, 0.2, 0.5, 0.8)) })).body;
    const west = Math.min(...area.geometry!.coordinates.flat(2).map(([lng]) => lng));
    expect(west).toBeCloseTo(106, 9);
    expect(area.communes).toEqual(['10001']);
  });

  it('lays corners on the border of a commune within the distance asked for, and no others', async () => {
    // 0.0001° of longitude are some 10 m here; the border of 10001 and 10002 runs at 106.04.
    const ring = [
      [106.02, 20.61],
      [106.0401, 20.61],
      [106.0398, 20.62],
      [106.02, 20.62],
      [106.02, 20.61],
    ];
    const place = (snapM: number) => ({ polygon: { type: 'MultiPolygon', coordinates: [[ring]] }, snapM });
    const loose = (await post({ place: place(0) })).body.area;
    expect(loose.communes).toEqual(['10001', '10002']);
    const snapped = (await post({ place: place(50) })).body.area;
    expect(snapped.communes).toEqual(['10001']);
    const lngs = snapped.geometry!.coordinates.flat(2).map(([lng]) => lng);
    expect(new Set(lngs)).toEqual(new Set([106.02, 106.04]));
    const little = (await post({ place: place(15) })).body.area;
    expect(new Set(little.geometry!.coordinates.flat(2).map(([lng]) => lng))).toEqual(
      new Set([106.02, 106.04, 106.0398]),
    );
  });

  it('follows the bends of a border between two corners laid on it', async () => {
    // The corner where four communes meet lies 20 m beside a straight side.
    const ring = [
      [106.03, 20.6399],
      [106.0402, 20.6401],
      [106.05, 20.6399],
      [106.05, 20.63],
      [106.03, 20.63],
      [106.03, 20.6399],
    ];
    const place = { polygon: { type: 'MultiPolygon', coordinates: [[ring]] }, snapM: 60 };
    const { area } = (await post({ place })).body;
    expect(area.communes).toEqual(['10001', '10002']);
    expect(area.geometry!.coordinates.flat(2)).toContainEqual([106.04, 20.64]);
  });

  it('numbers areas within the province, also when two are marked at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => post({ name: `Cùng lúc ${i}`, place: { undrawnIn: '10005' } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    const numbers = answers.map(({ body }) => body.area.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 8 }, (_, i) => numbers[0] + i));
  });

  it('takes no data of persons and no day to come', async () => {
    expect(await refusal({ name: 'Chợ, liên hệ 0912345678' })).toMatchObject({ status: 422, code: 'person_data' });
    expect(await refusal({ description: 'CCCD 034085001234' })).toMatchObject({ status: 422, code: 'person_data' });
    expect(await refusal({ proposedOn: '2999-01-01' })).toMatchObject({ status: 400 });
    expect(await refusal({ types: [] })).toMatchObject({ status: 400 });
    const kept = await stage.db.knex('area').where('name', 'like', '%0912345678%');
    expect(kept).toEqual([]);
  });

  it('keeps every state of an area, and tells what changed', async () => {
    const id = await mark(stage.planner, { name: 'Bến xe', description: 'Bến', types: [1] });
    expect((await patch(id, { revision: 1, name: 'Bến xe khách', types: [1, 2] })).status).toBe(200);
    const moved = await patch(id, {
      revision: 2,
      place: polygonPlace(rectangle(1.2, 0.2, 1.6, 0.6)),
      reason: 'Vẽ lại',
    });
    expect(moved.body.area).toMatchObject({ revision: 3, name: 'Bến xe khách', commune: { code: '10002' } });
    expect((await patch(id, { revision: 3, name: 'Bến xe khách' })).body.area.revision).toBe(3); // nothing changed
    const area = await read(stage.planner, id);
    expect(
      area.revisions.map(({ revision, reason, changed, name, by }) => [revision, reason, changed, name, by]),
    ).toEqual([
      [1, '', ['created'], 'Bến xe', 'quyhoach'],
      [2, 'Theo khảo sát', ['name', 'types'], 'Bến xe khách', 'quyhoach'],
      [3, 'Vẽ lại', ['place'], 'Bến xe khách', 'quyhoach'],
    ]);
    const kept = await stage.db
      .knex('area_revision')
      .where({ area_id: id })
      .orderBy('revision')
      .select('commune_code', 'types');
    expect(kept.map(({ commune_code }) => commune_code)).toEqual(['10001', '10001', '10002']);
    expect((await entries(`area/${id}`)).map(({ action }) => action)).toEqual([
      'area.created',
      'area.changed',
      'area.changed',
    ]);
  });

  it('refuses an edit of what somebody else changed meanwhile', async () => {
    const id = await mark(stage.planner);
    const edits = await Promise.all(['A', 'B', 'C'].map((name) => patch(id, { revision: 1, name: `Chợ ${name}` })));
    expect(edits.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(edits.find(({ status }) => status === 409)?.body.error?.details).toEqual({
      reason: 'revision',
      revision: 2,
    });
    expect((await patch(id, { revision: 2, description: 'Gọi 0912 345 678' })).body.error?.code).toBe('person_data');
    expect((await patch(id, { revision: 2, name: 'Chợ', reason: '' })).status).toBe(400);
    expect((await patch('00000000-0000-4000-8000-00000000dead', { revision: 1 })).status).toBe(404);
    expect((await read(stage.planner, id)).revision).toBe(2);
  });

  it('moves the steps of an area into the commune it comes to lie in', async () => {
    const id = await mark(stage.planner);
    await take(stage, id, 'listed:2023-02-01:2023');
    await patch(id, { revision: 1, place: { communeCode: '10006' } });
    const { rows } = await stage.db.knex.raw(
      `select distinct commune_code as code from area_event where area_id = :id
       union select commune_code from area_approval where event_id in (select id from area_event where area_id = :id)`,
      { id },
    );
    expect(rows).toEqual([{ code: '10006' }]);
    const commune = await stage.app.as('commune', { commune: '10006' });
    expect(await read(commune, id)).toMatchObject({ status: 'listed', listedYears: [2023] });
  });

  it('gives the rules of the newest year that has any, and the defaults before', async () => {
    const get = async (year: number) =>
      (await stage.planner.get<AreaRulesResponse>(`/api/areas/rules?year=${year}`, getAreaRules)).body;
    expect(await get(2024)).toEqual({ province: '33', year: 2024, setFor: null, rules: defaultAreaRules });
    const rules = { ...defaultAreaRules, watchMonths: 12, lateAfter: '02-29' };
    const set = (body: unknown) =>
      stage.app.send<AreaRulesResponse & Partial<ErrorResponse>>('POST', '/api/areas/rules', body);
    expect((await set({ year: 2023, rules })).status).toBe(200);
    expect(await get(2022)).toEqual({ province: '33', year: 2022, setFor: null, rules: defaultAreaRules });
    expect(await get(2025)).toEqual({ province: '33', year: 2025, setFor: 2023, rules });
    expect((await set({ year: 2023, rules: { ...rules, watchMonths: 18 } })).body.rules.watchMonths).toBe(18);
    for (const wrong of [
      { lateAfter: '02-30' },
      { lateAfter: '13-01' },
      { conditions: [...rules.conditions, rules.conditions[0]] },
      { watchMonths: 0 },
      { transformationTarget: 60 },
    ])
      expect((await set({ year: 2024, rules: { ...rules, ...wrong } })).status, JSON.stringify(wrong)).toBe(400);
    const named = [{ id: 'x', nameVi: 'Gọi 0912345678', nameEn: 'Call', atLeast: null }];
    expect((await set({ year: 2024, rules: { ...rules, conditions: named } })).body.error?.code).toBe('person_data');
    const log = await entries('area-rules/33/2023');
    expect(log.map(({ action }) => action)).toEqual(['area.rules_changed', 'area.rules_changed']);
    expect(log[1].before.rules.watchMonths).toBe(12);
  });
});

describeOnBothDatabases('the board', (open) => {
  const stage = openAreasStage(open);
  const list = async (query = '') => (await stage.planner.get<AreasResponse>(`/api/areas${query}`, listAreas)).body;
  const ids = {} as Record<string, string>;

  it('counts areas by status as plain SQL does, on any day', async () => {
    ids.market = await mark(stage.planner, { name: 'Chợ Gạo', types: [1, 4] });
    ids.station = await mark(stage.planner, {
      name: 'Bến xe phía Đông',
      types: [2],
      place: { communeCode: '10002' },
      level: 'commune',
    });
    ids.street = await mark(stage.planner, { name: 'Đường Trần Hưng Đạo', types: [3], place: { undrawnIn: '10003' } });
    ids.river = await mark(stage.planner, {
      name: 'Bãi sông',
      types: [1],
      place: polygonPlace(rectangle(0.9, 0.2, 1.8, 0.6)),
    });
    await take(
      stage,
      ids.market,
      'listed:2023-02-01:2023 transforming:2023-03-01 assessed_not_yet:2023-12-01 carried_over:2024-01-05:2024',
    );
    await take(
      stage,
      ids.station,
      'listed:2023-02-01:2023 transforming:2023-03-01 assessed_success:2023-11-01 removed:2023-12-15 watched:2023-12-15',
    );
    await take(stage, ids.street, 'rejected:2023-05-01');
    await enter(stage.planner, ids.river, { type: 'listed', on: '2024-03-01', year: 2024 }); // waits
    for (const asOf of ['2023-01-09', '2023-01-10', '2023-02-28', '2023-11-30', '2023-12-31', '2024-06-30']) {
      const { rows } = await stage.db.knex.raw(
        `select id, (select case e.type when 'carried_over' then 'listed' else e.type end from area_event e
                     where e.area_id = area.id and e.on_date <= :asOf::date
                       and (e.type not in ('listed', 'carried_over', 'assessed_success', 'assessed_not_yet', 'removed', 'relapsed')
                            or exists (select 1 from area_approval p where p.event_id = e.id and p.decision = 'approved'))
                     order by e.on_date desc, e.sequence desc limit 1) as status
         from area`,
        { asOf },
      );
      const counted = new Map<string, string>(
        rows.flatMap((row: { id: string; status: string | null }) =>
          row.status === null ? [] : [[row.id, row.status]],
        ),
      );
      const answer = await list(`?asOf=${asOf}`);
      expect(new Map(answer.areas.map(({ id, status }) => [id, status])), asOf).toEqual(counted);
      expect(answer.total).toBe(counted.size);
      expect(Object.fromEntries(answer.statuses.map(({ status, count }) => [status, count]))).toEqual(
        Object.fromEntries(
          [...Map.groupBy(counted.values(), (status) => status)].map(([status, all]) => [status, all.length]),
        ),
      );
    }
  });

  it('tells of each area what the board shows, in the order of the life cycle', async () => {
    const answer = await list();
    expect(answer.areas.map(({ id }) => id)).toEqual([ids.river, ids.market, ids.station, ids.street]);
    expect(answer.years).toEqual([2024, 2023]);
    expect(answer.areas[0]).toMatchObject({
      status: 'proposed',
      pending: 1,
      tasks: 0,
      listedYears: [],
      communes: ['10001', '10002'],
    });
    expect(answer.areas[1]).toMatchObject({
      status: 'listed',
      since: '2024-01-05',
      listedYears: [2023, 2024],
      pending: 0,
      commune: { code: '10001', name: 'Xã 1' },
    });
    expect((await list('?asOf=2023-06-30')).years).toEqual([2023]);
  });

  it('selects by year, type, commune, level, status and name', async () => {
    const found = async (query: string) =>
      (await list(query)).areas
        .map(({ id }) => Object.keys(ids).find((name) => ids[name] === id))
        .sort((a, b) => (String(a) < String(b) ? -1 : 1));
    expect(await found('?year=2024')).toEqual(['market']);
    expect(await found('?year=2023')).toEqual(['market', 'station']);
    expect(await found('?year=2024&asOf=2023-12-31')).toEqual([]);
    expect(await found('?types=4')).toEqual(['market']);
    expect(await found('?types=2,3')).toEqual(['station', 'street']);
    expect(await found('?communes=10002')).toEqual(['river', 'station']);
    expect(await found('?level=commune')).toEqual(['station']);
    expect(await found('?status=watched')).toEqual(['station']);
    expect(await found('?text=ben%20XE')).toEqual(['station']);
    expect(await found(`?text=${encodeURIComponent('đường')}`)).toEqual(['street']);
    expect(await found('?text=duong')).toEqual(['street']);
    expect(await found('?text=khong%20co')).toEqual([]);
    const filtered = await list('?status=watched&limit=1');
    expect(filtered.total).toBe(1);
    expect(filtered.statuses.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    const limited = await list('?limit=2');
    expect([limited.areas.length, limited.total]).toEqual([2, 4]);
    expect((await stage.planner.get('/api/areas?types=5')).status).toBe(400);
    expect((await stage.planner.get('/api/areas?asOf=today')).status).toBe(400);
  });

  it('gives the same selection as shapes, and counts those that are not drawn', async () => {
    const { body } = await stage.planner.get<AreaShapesResponse>('/api/areas/shapes', listAreaShapes);
    expect(body.undrawn).toBe(1);
    expect(body.features.map(({ properties }) => properties.id)).toEqual([ids.river, ids.market, ids.station]);
    expect(body.features[1]).toMatchObject({ properties: { status: 'listed', types: [1, 4], commune: '10001' } });
    expect(body.features[1]?.geometry.coordinates.flat(2)).toContainEqual([106.004, 20.604]);
    const earlier = await stage.planner.get<AreaShapesResponse>(
      '/api/areas/shapes?asOf=2023-11-15&year=2023',
      listAreaShapes,
    );
    expect(earlier.body.features.map(({ properties }) => properties.status)).toEqual([
      'transforming',
      'assessed_success',
    ]);
  });

  it('says where a watch ends: after the months of the rules, from the day it left the list', async () => {
    expect(await read(stage.planner, ids.station)).toMatchObject({ status: 'watched', watchUntil: '2025-12-15' });
    expect((await read(stage.planner, ids.station, '2023-12-01')).watchUntil).toBeNull();
  });

  it('goes with its province when that is replaced, history and all', async () => {
    await take(stage, ids.market, 'transforming:2024-02-01');
    const answer = await enter(stage.planner, ids.market, {
      type: 'assessed_success',
      on: '2024-05-01',
      ...needed('assessed_success'),
    });
    await approve(stage.second, ids.market, newest(answer).id);
    const tables = ['area', 'area_revision', 'area_event', 'area_approval'];
    for (const table of tables) expect((await stage.db.knex(table)).length, table).toBeGreaterThan(0);
    await stage.app.send('POST', '/api/areas/rules', { year: 2024, rules: defaultAreaRules });
    await stage.db.transaction(systemScope, (transaction) => deleteProvinces(transaction, ['33']));
    for (const table of [...tables, 'area_rules']) expect(await stage.db.knex(table), table).toEqual([]);
  });
});
