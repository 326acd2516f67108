import { cellAndNeighbours, cellAreaKm2 } from '@diemnong/analysis';
import {
  type ErrorResponse,
  getHotspotStory,
  getHotspots,
  type HotspotStory,
  HotspotsQuery,
  type HotspotsResponse,
  type HotspotWarning,
} from '@diemnong/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Scope, scopeOf, systemScope } from '../../server/src/access/scope.ts';
import { countByCellMonth, listCrowdedPlaces } from '../../server/src/features/hotspots/hotspots-queries.ts';
import { measureHotspots } from '../../server/src/features/hotspots/measured-hotspots.ts';
import { readOwnedGrid } from '../../server/src/features/hotspots/owned-grid.ts';
import { toDayNumber } from '../../server/src/snapshot/local-days.ts';
import type { Selection } from '../../server/src/snapshot/selection.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { CATEGORIES, COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import {
  classifyByPattern,
  fillScoringTables,
  PLANTED,
  plantRecords,
  scoreInSql,
  slopeOf,
} from './hotspots-support.ts';

describeOnBothDatabases('/api/hotspots', (open, engine) => {
  let db: TestDatabase;
  let app: TestApp;
  let sqlApp: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    await plantRecords(db.knex);
    await fillScoringTables(db.knex);
    app = await startTestApp(createTestContext(db));
    sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
  });
  afterAll(async () => {
    await app?.close();
    await sqlApp?.close();
    await db?.close();
  });

  const three = 'from=2022-01-01&to=2025-01-01';
  const uneven = 'from=2022-05-10&to=2024-06-20';
  const fetchHotspots = async (query: string, visitor: TestVisitor = app) => {
    const answer = await visitor.get<HotspotsResponse>(`/api/hotspots?${query}`, getHotspots);
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(200);
    return answer.body;
  };
  const tellStory = async (cell: string, query: string, visitor: TestVisitor = app) =>
    visitor.get<HotspotStory>(`/api/hotspots/${cell}?${query}`, getHotspotStory);
  const warningOf = <Kind extends HotspotWarning['kind']>(
    { warnings }: { warnings: HotspotWarning[] },
    kind: Kind,
  ): Extract<HotspotWarning, { kind: Kind }> | undefined =>
    warnings.find((warning): warning is Extract<HotspotWarning, { kind: Kind }> => warning.kind === kind);
  async function countRows(condition: string): Promise<number> {
    const { rows } = await db.knex.raw(`select count(*)::int as n from incident where ${condition}`);
    return rows[0].n;
  }
  const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;

  it.each([
    [7, 'count', three],
    [8, 'count', three],
    [8, 'count', uneven],
    [8, 'perKm2', uneven],
    [8, 'per10k', uneven],
    [9, 'per10k', three],
  ] as const)('scores at resolution %i by %s in %s as plain SQL does', async (res, measure, window) => {
    const answer = await fetchHotspots(`res=${res}&measure=${measure}&${window}`);
    const [from, to] = [answer.from, answer.to];
    const expected = await scoreInSql(db.knex, { res, measure, from, to });
    expect(answer.cells).toEqual(expected.map(({ cell }) => cell));
    expect(answer.gridCells).toBe(expected.length);
    expect(answer.counts).toEqual(expected.map(({ count }) => count));
    expect(answer.counted).toBe(expected.reduce((sum, { count }) => sum + count, 0));
    expect(answer.counted).toBeGreaterThan(500);
    expect(answer.counted).toBeLessThan(answer.inCells);
    expect(answer.mean / expected[0].mean).toBeCloseTo(1, 5);
    const levelOf = ({ q, exactQ }: { q: number; exactQ: number }) =>
      [0.1, 0.05, 0.01].filter((level) => q <= level && exactQ <= level).length;
    for (const [i, score] of expected.entries()) {
      const { z, p, q, exactQ } = score;
      expect(answer.z[i]! - z).toBeCloseTo(0, 4);
      expect(answer.p[i]! / p).toBeCloseTo(1, 4);
      expect(answer.q[i]! / q).toBeCloseTo(1, 4);
      expect(answer.exactQ[i]! / exactQ).toBeCloseTo(1, 4);
      const level = levelOf(score);
      expect(answer.significance[i]).toBe(level === 0 ? 0 : Math.sign(z) * level);
    }
    const countOf = (accept: (row: (typeof expected)[number]) => boolean) => expected.filter(accept).length;
    const countAt = (sign: 1 | -1, level: number) =>
      countOf((score) => Math.sign(score.z) === sign && levelOf(score) === level);
    expect(answer.significant).toEqual({
      hot: { p90: countAt(1, 1), p95: countAt(1, 2), p99: countAt(1, 3) },
      cold: { p90: countAt(-1, 1), p95: countAt(-1, 2), p99: countAt(-1, 3) },
      withoutFdr: {
        hot: countOf(({ z, p }) => z > 0 && p <= 0.05),
        cold: countOf(({ z, p }) => z < 0 && p <= 0.05),
      },
    });
    if (res !== 7) expect(answer.significant.hot.p99).toBeGreaterThan(0);
  });

  it("measures clustering by Moran's I over the whole grid", async () => {
    const answer = await fetchHotspots(`res=8&${three}`);
    const { rows } = await db.knex.raw<{ rows: { i: number; expected: number }[] }>(
      `with ${scoreInSql.valued({ res: 8, measure: 'count', from: answer.from, to: answer.to })},
       mean as (select avg(value) as mean, count(*) as n, sum(value * value) - count(*) * avg(value) ^ 2 as squares from valued),
       links as (
         select sum((own.value - mean) * (near.value - mean)) as products, count(*) as n
         from test_neighbour join valued as own using (cell) join valued as near on near.cell = test_neighbour.near cross join mean
         where own.cell <> near.cell
       )
       select (mean.n::float8 / links.n) * products / squares as i, -1.0 / (mean.n - 1) as expected from mean, links`,
    );
    expect(answer.moran!.i).toBeCloseTo(rows[0].i, 5);
    expect(answer.moran!.expected).toBeCloseTo(rows[0].expected, 5);
    expect((answer.moran!.i - answer.moran!.expected) / answer.moran!.z).toBeGreaterThan(0);
    expect(answer.moran!.p).toBeLessThan(0.05);
  });

  it('counts every matching record once: in the statistic, in cells, or known to the commune only', async () => {
    const answer = await fetchHotspots(`res=9&${uneven}&categories=property&weekdays=1,2,3`);
    const hexes = await app.get<Record<string, number>>(
      `/api/hexes?res=9&${uneven}&categories=property&weekdays=1,2,3`,
    );
    const { total, inCells, communeOnly, timeUnknown } = answer;
    expect({ total, inCells, communeOnly, timeUnknown }).toEqual({
      total: hexes.body.total,
      inCells: hexes.body.inCells,
      communeOnly: hexes.body.communeOnly,
      timeUnknown: hexes.body.timeUnknown,
    });
    const whole = await fetchHotspots(`res=9&${uneven}`);
    const inWindow = `${localDay} >= '2022-05-10' and ${localDay} < '2024-06-20'`;
    expect(whole.total).toBe(await countRows(inWindow));
    expect(whole.counted).toBe(
      await countRows(`${inWindow} and exists (
        select from commune_cell join report_month on report_month.commune_code = commune_cell.commune_code
        where boundary_set_id = '2025-07' and is_owned and res = 9 and commune_cell.cell = incident.cell_9
          and month = date_trunc('month', ${localDay}))`),
    );
    expect(whole.counts.reduce((sum, count) => sum + count, 0)).toBe(whole.counted);
  });

  it('leaves out commune-months without a report, and the cells of a commune without any', async () => {
    const answer = await fetchHotspots(`res=8&${uneven}`);
    // May 2022 … June 2024: 26 months; 10006 has none, 10002 and 10004 miss every third.
    const unreported = warningOf(answer, 'unreported');
    const { rows } = await db.knex.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n
       from unnest(cast(? as text[])) as code
       cross join generate_series(date '2022-05-01', date '2024-06-01', interval '1 month') as first_day
       where not exists (select from report_month where commune_code = code and month = first_day::date)`,
      [COMMUNES],
    );
    expect(unreported).toEqual({ kind: 'unreported', communeMonths: rows[0].n, communes: ['10006'] });
    expect(rows[0].n).toBeGreaterThan(26);
    const { rows: owned } = await db.knex.raw<{ rows: { cell: string }[] }>(
      `select to_hex(cell) as cell from commune_cell
       where boundary_set_id = '2025-07' and res = 8 and is_owned and commune_code = '10006' order by cell`,
    );
    expect(owned.length).toBeGreaterThan(10);
    expect(answer.cells.filter((cell) => owned.some((own) => own.cell === cell))).toEqual([]);
    expect((await tellStory(owned[3].cell, uneven)).status).toBe(404);
    // Whole months only are steps; 10006 reports in none of them.
    expect(answer.steps.length).toBe(24);
    expect(answer.steps[0]).toMatchObject({ from: '2022-06-01', to: '2022-07-01' });
    expect(answer.steps.at(-1)).toMatchObject({ from: '2024-05-01', to: '2024-06-01' });
    expect(new Set(answer.steps.map((step) => step.unreportedCommunes))).toEqual(new Set([1, 3]));
  });

  it.each(['count', 'per10k'] as const)('labels cells by their reported months alone (%s)', async (measure) => {
    const answer = await fetchHotspots(`res=8&${three}&measure=${measure}`);
    const { rows: months } = await db.knex.raw<{ rows: { month: string }[] }>(
      `select month::date::text as month from generate_series(date '2022-01-01', date '2024-12-01', interval '1 month') as month`,
    );
    const series = new Map<string, { z: number; local: number; count: number; month: number }[]>();
    for (const [i, { month }] of months.entries()) {
      const [year, number] = month.split('-').map(Number);
      const to = `${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-01`;
      for (const row of await scoreInSql(db.knex, { res: 8, measure, from: month, to, scores: 'z' }))
        series.set(row.cell, [...(series.get(row.cell) ?? []), { ...row, month: i }]);
    }
    expect(months.length).toBe(36);
    const labels = answer.cells.map((cell) => classifyByPattern(series.get(cell)!.map(({ z }) => z)));
    expect(answer.label).toEqual(labels);

    expect(new Set(labels).size).toBeGreaterThan(2);
    expect(Object.values(answer.groups!).reduce((sum, { hot, cold }) => sum + hot + cold, 0)).toBe(
      labels.filter((label) => label !== 'none').length,
    );
    const { emerging } = answer.groups!;
    expect(emerging.hot).toBe(labels.filter((label) => label === 'new-hot' || label === 'consecutive-hot').length);

    for (const cell of [answer.cells[3], PLANTED.cell8, answer.cells.at(-4)!]) {
      const { body: story } = await tellStory(cell, `${three}&measure=${measure}`);
      const own = series.get(cell)!;
      const told = story.steps.flatMap((step, month) => (step.z === null ? [] : [{ ...step, month }]));
      expect(told.map(({ month, count }) => ({ month, count }))).toEqual(
        own.map(({ month, count }) => ({ month, count })),
      );
      expect(told.map(({ neighbourhood }) => neighbourhood)).toEqual(own.map(({ local }) => local));
      for (const [i, { z }] of told.entries()) expect(z! - own[i].z).toBeCloseTo(0, 8);
      expect(story.trend!.slope).toBeCloseTo(slopeOf(own.map(({ month, local }) => [month, local])), 10);
      const s = own.flatMap((a, i) => own.slice(i + 1).map((b) => Math.sign(b.z - a.z)));
      expect(story.trend!.s).toBe(s.reduce((sum, sign) => sum + sign, 0));
    }
  });

  it('tells a cell from the very numbers of the map', async () => {
    for (const query of [uneven, `${uneven}&measure=per10k&categories=property`, `${three}&measure=perKm2`]) {
      const answer = await fetchHotspots(`res=8&${query}`);
      const expectedRank = (i: number) => 1 + answer.z.filter((z) => z! > answer.z[i]!).length;
      for (const i of [0, 17, answer.cells.indexOf(PLANTED.cell8)]) {
        const { status, body: story } = await tellStory(answer.cells[i], query);
        expect(status).toBe(200);
        expect(story.count).toBe(answer.counts[i]);
        expect(story.z!).toBeCloseTo(answer.z[i]!, 4);
        expect(story.p! / answer.p[i]!).toBeCloseTo(1, 4);
        expect(story.q! / answer.q[i]!).toBeCloseTo(1, 4);
        expect((story.localSum - story.expectedSum) / story.spread).toBe(story.z);
        expect(story.expectedSum).toBe((story.neighbours.length + 1) * story.mean);
        expect(story.localSum).toBeCloseTo(
          story.value + story.neighbours.reduce((sum, { value }) => sum + value, 0),
          10,
        );
        for (const { cell, count } of story.neighbours) {
          expect(answer.counts[answer.cells.indexOf(cell)]).toBe(count);
          expect(cellAndNeighbours(answer.cells[i])).toContain(cell);
        }
        expect(story.neighbours.length).toBe(
          cellAndNeighbours(answer.cells[i]).filter((cell) => answer.cells.includes(cell)).length - 1,
        );
        expect(story.rank).toBe(expectedRank(i));
        expect([story.significance, story.label, story.group]).toEqual([
          answer.significance[i],
          answer.label[i],
          answer.group[i],
        ]);
        expect([story.gridCells, story.rule, story.warnings]).toEqual([answer.gridCells, answer.rule, answer.warnings]);
        expect(story.steps.length).toBe(answer.steps.length);
      }
    }
    expect((await tellStory(PLANTED.cell8, uneven)).body.commune).toEqual({ code: '10005', name: 'Xã 5' });
  });

  it('lists significant and labelled cells alone when asked to, of the same statistic', async () => {
    const all = await fetchHotspots(`res=8&${three}`);
    const some = await fetchHotspots(`res=8&${three}&only=significant`);
    const kept = all.cells.filter((_, i) => all.significance[i] !== 0 || all.group[i] !== null);
    expect(some.cells).toEqual(kept);
    expect(kept.length).toBeGreaterThan(3);
    expect(kept.length).toBeLessThan(all.cells.length);
    expect(some.z).toEqual(kept.map((cell) => all.z[all.cells.indexOf(cell)]));
    for (const field of [
      'gridCells',
      'counted',
      'mean',
      'moran',
      'significant',
      'groups',
      'warnings',
      'steps',
    ] as const)
      expect(some[field], field).toEqual(all[field]);
  });

  it('warns of too few records, too few months, raw counts, pile-ups and communes without people', async () => {
    const few = await fetchHotspots('res=9&from=2023-01-01&to=2023-02-01&categories=drug_use');
    const needed = Math.max(30, Math.ceil(few.gridCells / 7));
    expect(warningOf(few, 'few-incidents')).toEqual({ kind: 'few-incidents', counted: few.counted, needed });
    expect(needed).toBeGreaterThan(few.counted);
    expect(warningOf(few, 'few-steps')).toEqual({ kind: 'few-steps', steps: 1, needed: 12 });
    expect(few.groups).toBeNull();
    expect(new Set([...few.label, ...few.group])).toEqual(new Set([null]));
    const { body: story } = await tellStory(few.cells[0], 'from=2023-01-01&to=2023-02-01&categories=drug_use');
    expect([story.label, story.group, story.trend]).toEqual([null, null, null]);
    expect(few.warnings.map(({ kind }) => kind)).toContain('raw-counts');

    const many = await fetchHotspots(`res=8&${three}&measure=per10k`);
    expect(many.warnings.map(({ kind }) => kind)).toEqual(['unreported', 'no-population', 'pile-ups']);
    expect(warningOf(many, 'no-population')).toEqual({ kind: 'no-population', communes: ['10006'] });

    const { rows } = await db.knex.raw<{ rows: { lng: number; lat: number; cell: string; count: number }[] }>(
      `select ST_X(geom) as lng, ST_Y(geom) as lat, to_hex(cell_8) as cell, count(*)::int as count
       from incident where ${localDay} >= '2022-01-01' and ${localDay} < '2025-01-01' and cell is not null
       group by 1, 2, 3 having count(*) > greatest(10, least(50, 0.1 * ${many.inCells}), 0.005 * ${many.inCells})`,
    );
    expect(rows.length).toBe(1);
    expect(rows[0]).toMatchObject({ lng: PLANTED.pile.lng, lat: PLANTED.pile.lat });
    expect(warningOf(many, 'pile-ups')).toEqual({ kind: 'pile-ups', records: rows[0].count, places: rows });
    const without = await fetchHotspots(`res=8&${three}&categories=fraud`);
    expect(warningOf(without, 'pile-ups')).toBeUndefined();
  });

  it('says "chưa đủ kỳ" of twelve months of which one was not reported by anybody, and labels them once it is', async () => {
    const { steps, groups } = await fetchHotspots('res=8&from=2024-02-01&to=2025-02-01');
    expect(steps.length).toBe(12);
    expect(steps.at(-1)).toEqual({ from: '2025-01-01', to: '2025-02-01', unreportedCommunes: 6 });
    expect(groups).toBeNull();
    expect((await fetchHotspots('res=8&from=2024-01-01&to=2025-02-01')).groups).not.toBeNull();
  });

  it('scores a filter of communes over their own cells, as their own account is told', async () => {
    const filtered = await fetchHotspots(`res=9&${uneven}&communes=10002`);
    const account = await app.as('commune', { commune: '10002' });
    const own = await fetchHotspots(`res=9&${uneven}`, account);
    expect(filtered).toEqual(own);
    const { rows } = await db.knex.raw<{ rows: { cell: string }[] }>(
      `select to_hex(cell) as cell from commune_cell
       where boundary_set_id = '2025-07' and res = 9 and is_owned and commune_code = '10002' order by cell`,
    );
    expect(own.cells).toEqual(rows.map(({ cell }) => cell));
    const expected = await scoreInSql(db.knex, {
      res: 9,
      measure: 'count',
      from: '2022-05-10',
      to: '2024-06-20',
      commune: '10002',
    });
    expect(own.counts).toEqual(expected.map(({ count }) => count));
    for (const [i, { z }] of expected.entries()) expect(own.z[i]! - z).toBeCloseTo(0, 4);
    expect(own.counted).toBeGreaterThan(50);
    expect(warningOf(own, 'unreported')!.communes).toEqual([]);
    const whole = await fetchHotspots(`res=9&${uneven}`);
    expect(whole.gridCells).toBeGreaterThan(own.gridCells);
    const foreign = whole.cells.find((cell) => !own.cells.includes(cell))!;
    const hidden = await account.get<ErrorResponse>(`/api/hotspots/${foreign}?${uneven}`);
    const missing = await account.get<ErrorResponse>(`/api/hotspots/8965b56628fffff?${uneven}`);
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(hidden.body.error.message.replace(foreign, '')).toBe(
      missing.body.error.message.replace('8965b56628fffff', ''),
    );
    expect((await account.get(`/api/hotspots?res=9&${uneven}&communes=10001`)).status).toBe(400);
    const viewer = await app.as('viewer');
    expect((await viewer.get(`/api/hotspots?res=8&${uneven}`)).status).toBe(403);
    expect((await viewer.get(`/api/hotspots/${PLANTED.cell8}?${uneven}`)).status).toBe(403);
  });

  it('says why a cell is not in the grid', async () => {
    const reasonOf = async (cell: string, query: string) => {
      const { status, body } = await app.get<ErrorResponse>(`/api/hotspots/${cell}?${query}`);
      return `${status} ${body.error.code} ${body.error.message}`;
    };
    const { rows } = await db.knex.raw<{ rows: { cell: string }[] }>(
      `select to_hex(min(cell)) as cell from commune_cell where commune_code = '10006' and boundary_set_id = '2025-07' and res = 8 and is_owned`,
    );
    expect(await reasonOf('88415a2d1bfffff', three)).toMatch(
      /^404 not_found .*tâm ô không nằm trong xã nào.*no commune/,
    );
    expect(await reasonOf(rows[0].cell, three)).toMatch(/^404 .*10006 chưa báo cáo.*reported no month/);
    expect(await reasonOf(PLANTED.cell8, `${three}&communes=10001`)).toMatch(/^404 .*10005.*not among those asked for/);
    expect(await reasonOf('86415a2d7ffffff', three)).toMatch(/^400 invalid_input .*resolution 7, 8, 9 or 10/);
    await db.knex('report_month').insert({
      province_code: '33',
      commune_code: '10006',
      month: '2025-06-01',
      batch_id: '00000000-0000-4000-8000-000000000001',
    });
    const later = await startTestApp(createTestContext(db));
    const { body } = await later.get<ErrorResponse>(
      `/api/hotspots/${rows[0].cell}?from=2025-06-01&to=2025-07-01&measure=per10k`,
    );
    expect(body.error.message).toMatch(/10006 chưa có số dân.*no population/);
    await db.knex('report_month').where({ month: '2025-06-01' }).delete();
    await later.close();
  });

  it.each([
    [`res=8&from=2024-01-01&to=2024-01-01`, /not before/],
    [`res=8&from=2024-01-01&to=2023-01-01`, /not before/],
    [`res=8&from=1970-01-01&to=2020-01-02`, /50 years/],
    [`res=6&${three}`, /query\.res/],
    [`res=8&${three}&measure=perHead`, /query\.measure/],
    [`res=8&${three}&communes=20002`, /unknown code 20002/],
    [`res=10&${three}`, /Chưa có lưới ô cỡ 10; có cỡ: 7, 8, 9/],
  ])('refuses %s', async (query, message) => {
    const answer = await app.get<ErrorResponse>(`/api/hotspots?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('invalid_input');
    expect(answer.body.error.message).toMatch(message);
  });

  it('scores nothing where nothing was recorded: all cells are equal', async () => {
    const answer = await fetchHotspots(
      'res=8&from=2024-07-01&to=2024-08-01&categories=robbery&hours=3&weekdays=2&communes=10003',
    );
    expect([answer.counted, answer.mean, answer.moran]).toEqual([0, 0, null]);
    expect(new Set([...answer.z, ...answer.p, ...answer.q])).toEqual(new Set([null]));
    expect(answer.cells.length).toBeGreaterThan(10);
    const { body: story } = await tellStory(
      answer.cells[0],
      'from=2024-07-01&to=2024-08-01&categories=robbery&hours=3&weekdays=2&communes=10003',
    );
    expect([story.z, story.rank, story.spread, story.steps[0].z]).toEqual([null, null, 0, 0]);
    const early = await fetchHotspots('res=8&from=1990-01-01&to=1991-01-01');
    expect([early.gridCells, early.cells, early.mean]).toEqual([0, [], 0]);
    expect(warningOf(early, 'unreported')).toMatchObject({ communeMonths: 72, communes: COMMUNES });
  });

  it('answers 304 to who has the answer, and the same without a snapshot', async () => {
    for (const query of [
      `res=8&${uneven}&categories=drugs,theft&weekdays=5,6,7&measure=perKm2`,
      `res=9&${three}&hours=20,21,22&communes=10001,10002`,
      `res=7&${three}`,
    ]) {
      expect(await fetchHotspots(query, sqlApp)).toEqual(await fetchHotspots(query));
    }
    expect((await tellStory(PLANTED.cell8, uneven, sqlApp)).body).toEqual(
      (await tellStory(PLANTED.cell8, uneven)).body,
    );
    const first = await app.fetch(`/api/hotspots?res=8&${three}`);
    await first.arrayBuffer();
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await app.fetch(`/api/hotspots?res=8&${three}`, { headers })).status).toBe(304);
    expect((await app.fetch(`/api/hotspots?res=8&${uneven}`, { headers })).status).toBe(200);
  });

  it(`counts per cell and month from the snapshot as the SQL does (${engine})`, async () => {
    const some = <Item>(items: readonly Item[]) =>
      fc.option(fc.subarray([...items], { minLength: 1 }), { nil: undefined, freq: 1 });
    const first = toDayNumber('2021-05-01');
    const scopes = [
      systemScope,
      scopeOf({ id: null, role: 'province', provinceCode: '33', communeCode: null }),
      scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: '10002' }),
      scopeOf({ id: null, role: 'province', provinceCode: '99', communeCode: null }),
    ];
    const selections = fc
      .record<Selection>({
        fromDay: fc.integer({ min: first - 500, max: first + 1300 }),
        toDay: fc.nat({ max: 900 }),
        categories: some([...CATEGORIES, 'removed_code']),
        communes: some(COMMUNES),
        hours: some(Array.from({ length: 24 }, (_, hour) => hour)),
        weekdays: some([1, 2, 3, 4, 5, 6, 7]),
      })
      .map((given) => ({ ...given, toDay: given.fromDay + 1 + given.toDay }));
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        selections,
        fc.constantFrom(7 as const, 8 as const, 9 as const, 10 as const),
        fc.constantFrom(...scopes),
        async (selection, res, scope) => {
          const [fast, slow] = await Promise.all(
            [app, sqlApp].map(({ context }) =>
              context.snapshots.read(scope, async (source) => ({
                counts: await countByCellMonth(source, selection, res),
                crowded: await listCrowdedPlaces(source, selection, { res, most: 3 }),
              })),
            ),
          );
          expect(fast).toEqual(slow);
          seen += fast.counts.count.length + fast.crowded.length;
        },
      ),
      { numRuns: 40, seed: 5 },
    );
    expect(seen).toBeGreaterThan(1000);
  });

  it('answers with an empty grid before the first boundaries', async () => {
    const empty = await open();
    const emptyApp = await startTestApp(createTestContext(empty));
    const answer = await fetchHotspots('res=10&from=2023-01-01&to=2024-01-01', emptyApp);
    expect(answer).toMatchObject({ gridCells: 0, total: 0, counted: 0, moran: null, cells: [], z: [], label: [] });
    expect((await emptyApp.get('/api/hotspots/88415a2d1bfffff?from=2023-01-01&to=2024-01-01')).status).toBe(404);
    await emptyApp.close();
    await empty.close();
    const elsewhere = await app.as('planner', { province: '99' });
    expect(await fetchHotspots(`res=8&${three}`, elsewhere)).toMatchObject({ gridCells: 0, total: 0, cells: [] });
  });

  it('makes a statistic once for the map and its cells, and anew for another scope, question or data version', async () => {
    const { snapshots, version } = app.context;
    const asked = HotspotsQuery.parse({ res: 8, from: '2023-01-01', to: '2024-01-01' });
    const measure = (scope: Scope, question = asked) =>
      snapshots.read(scope, (source) => measureHotspots(snapshots, scope, source, question));
    const commune = scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: '10002' });
    const first = await measure(systemScope);
    expect(await measure(systemScope)).toBe(first);
    expect(await measure(commune)).not.toBe(first);
    expect(await measure(systemScope, { ...asked, hours: [3] })).not.toBe(first);
    expect(await measure(systemScope)).toBe(first);
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    version.invalidate();
    const later = await measure(systemScope);
    expect([later === first, later.dataVersion]).toEqual([false, first.dataVersion + 1]);
  });

  it('holds the full grid of a scope, and makes it once', async () => {
    const { snapshots } = app.context;
    const read = () => snapshots.read(systemScope, (source) => readOwnedGrid(source, 8));
    const grid = await read();
    expect(await read()).toBe(grid);
    const { rows } = await db.knex.raw<{ rows: { cell: string; code: string }[] }>(
      `select to_hex(cell) as cell, commune_code as code from commune_cell
       where boundary_set_id = '2025-07' and res = 8 and is_owned order by commune_cell.cell`,
    );
    expect(grid.grid.cells).toEqual(rows.map(({ cell }) => cell));
    expect(grid.communes).toEqual(rows.map(({ code }) => code));
    expect([...grid.areaKm2]).toEqual(rows.map(({ cell }) => cellAreaKm2(cell)));
    expect(rows.every(({ cell }, i) => grid.indexOf.get(cell) === i)).toBe(true);
    const own = await snapshots.read(
      scopeOf({ id: null, role: 'commune', provinceCode: '33', communeCode: '10002' }),
      (source) => readOwnedGrid(source, 8),
    );
    expect(own.grid.cells).toEqual(rows.filter(({ code }) => code === '10002').map(({ cell }) => cell));
    await db.knex('boundary_set').where({ id: '2025-07' }).update({ imported_at: db.knex.fn.now() });
    await db.knex('data_version').update({ version: db.knex.raw('version + 1') });
    app.context.version.invalidate();
    expect(await read()).not.toBe(grid);
  });
});
