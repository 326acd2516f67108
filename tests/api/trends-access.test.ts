import {
  getChanges,
  getCommuneRanking,
  getConcentration,
  getCumulative,
  getGroupTable,
  getHourWeekday,
  getSeason,
  getTrends,
  type TrendsResponse,
} from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

const window = 'from=2022-01-01&to=2025-01-01';
const statistics = [
  { endpoint: getCumulative, query: 'year=2023' },
  { endpoint: getSeason, query: window },
  { endpoint: getGroupTable, query: `${window}&by=quarter` },
  { endpoint: getCommuneRanking, query: window },
  { endpoint: getChanges, query: window },
  { endpoint: getHourWeekday, query: window },
  { endpoint: getConcentration, query: `${window}&res=8` },
];

describeOnBothDatabases('who sees trends', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  it('gives a commune what an administrator is told of that commune, and of no other', async () => {
    for (const code of ['10003', '10002', '10006']) {
      const commune = await app.as('commune', { commune: code });
      for (const { endpoint, query } of [
        { endpoint: getTrends, query: `${window}&by=week&align=lunar` },
        ...statistics,
      ]) {
        const own = await commune.get<object>(`${endpoint.path}?${query}`, endpoint);
        const told = await app.get<object>(`${endpoint.path}?${query}&communes=${code}`, endpoint);
        expect([endpoint.path, own.status]).toEqual([endpoint.path, 200]);
        expect(own.body).toEqual(told.body);
      }
    }
    const commune = await app.as('commune', { commune: '10003' });
    for (const { endpoint, query } of statistics)
      expect((await commune.get(`${endpoint.path}?${query}&communes=10002`)).status).toBe(400);
  });

  it('gives a viewer counts per month of the year before, compared with nothing, and no statistic', async () => {
    const viewer = await app.as('viewer');
    for (const { endpoint, query } of statistics)
      expect((await viewer.get(`${endpoint.path}?${query}`)).status).toBe(403);
    const { status, body } = await viewer.get<TrendsResponse>(
      `${getTrends.path}?from=2023-01-01&to=2024-01-01&by=month`,
      getTrends,
    );
    expect(status).toBe(200);
    expect(body.periods[1]).toMatchObject({
      previousFrom: '2022-02-01',
      previousTo: '2022-03-01',
      comparedCount: null,
      comparedPrevious: null,
      ratio: null,
      changePercent: null,
    });
    const refused = await viewer.get<{ error: { code: string; details: { reason: string } } }>(
      `${getTrends.path}?from=2023-01-01&to=2024-01-01&by=month&align=lunar`,
    );
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({ code: 'forbidden', details: { reason: 'shared_view' } });
  });

  it('answers zeros from a database without a record or a boundary', async () => {
    const empty = await open();
    const emptyApp = await startTestApp(createTestContext(empty));
    const ask = async (index: number) => {
      const { endpoint, query } = statistics[index];
      const { status, body } = await emptyApp.get<Record<string, unknown>>(`${endpoint.path}?${query}`, endpoint);
      expect([endpoint.path, status]).toEqual([endpoint.path, 200]);
      return body;
    };
    expect(await ask(0)).toMatchObject({ current: 0, previous: 0, state: 'no-data', until: '2023-01-01' });
    const season = await ask(1);
    expect(season).toMatchObject({ n: 0, years: [2022, 2023, 2024] });
    expect((season.months as { index: number | null }[]).map(({ index }) => index)).toEqual(new Array(12).fill(null));
    const { rows } = (await ask(2)) as { rows: { total: number; ratio: null }[] };
    expect(rows.every(({ total, ratio }) => total === 0 && ratio === null)).toBe(true);
    expect(await ask(3)).toMatchObject({
      n: 0,
      overall: null,
      tau: null,
      communes: [],
      limits: [],
      leftOut: [],
    });
    expect(await ask(4)).toMatchObject({ n: 0, usable: 0, segments: [], changes: [], trend: null });
    expect(await ask(5)).toMatchObject({ n: 0, exact: 0, spread: 0, leftOut: 0 });
    expect(await ask(6)).toMatchObject({ n: 0, gridCells: 0, half: null, gini: null });
    const trends = await emptyApp.get<TrendsResponse>(`${getTrends.path}?${window}&by=month&align=lunar`, getTrends);
    expect(trends.body.periods.every(({ count, ratio }) => count === 0 && ratio === null)).toBe(true);
    await emptyApp.close();
    await empty.close();
  });

  it('answers the same without a snapshot, to everybody', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    const filters = ['', '&categories=drugs,theft', '&communes=10001,10004'];
    for (const role of ['province', 'commune'] as const) {
      const [memory, sql] = [await app.as(role, { commune: '10001' }), await sqlApp.as(role, { commune: '10001' })];
      for (const { endpoint, query } of [
        { endpoint: getTrends, query: `${window}&by=month&align=lunar` },
        ...statistics,
      ])
        for (const filter of role === 'commune' ? filters.slice(0, 2) : filters) {
          const path = `${endpoint.path}?${query}${filter}`;
          const fast = await memory.get<object>(path);
          expect([path, fast.status]).toEqual([path, 200]);
          expect([path, (await sql.get<object>(path)).body]).toEqual([path, fast.body]);
        }
    }
    await sqlApp.close();
  });

  it('refuses codes that do not exist and windows that are none', async () => {
    for (const { endpoint, query } of statistics)
      expect((await app.get(`${endpoint.path}?${query}&categories=piracy`)).status).toBe(400);
    for (const { endpoint } of statistics.slice(1))
      expect((await app.get(`${endpoint.path}?from=2024-01-01&to=2024-01-01&res=8`)).status).toBe(400);
  });
});
