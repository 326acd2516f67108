import { rateRatio } from '@diemnong/analysis';
import { getCommuneCounts, getCommunes, type ResponseOf } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import type { NothingHidden } from '../support/nothing-hidden.ts';
import { COMMUNES, fillSmallProvince, OLD_SET } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Counts = NothingHidden<ResponseOf<typeof getCommuneCounts>>;
type Communes = ResponseOf<typeof getCommunes>;

describeOnBothDatabases('/api/communes', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let sqlApp: TestApp;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
    sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
  });
  afterAll(async () => {
    await app?.close();
    await sqlApp?.close();
    await db?.close();
  });

  const fetchCounts = async (query: string) =>
    (await app.get<Counts>(`/api/communes/counts?${query}`, getCommuneCounts)).body;
  const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;

  it('lists the communes of the default set, or of the one asked for, by code', async () => {
    const { body } = await app.get<Communes>('/api/communes', getCommunes);
    expect(body.boundarySet).toBe('2025-07');
    expect(body.features.map(({ id }) => id)).toEqual(COMMUNES);
    expect(body.features[0]?.properties).toMatchObject({ fullName: 'Xã 1', kind: 'phường', population: 9000 });
    const { rows } = await db.knex.raw(
      `select area_m2, ST_X(label_point) as lng from commune where boundary_set_id = '2025-07' and code = '10001'`,
    );
    expect(body.features[0]?.properties.areaKm2).toBeCloseTo(rows[0].area_m2 / 1e6, 9);
    expect(body.features[0]?.properties.labelPoint[0]).toBe(rows[0].lng);
    const old = (await app.get<Communes>(`/api/communes?boundarySet=${OLD_SET}`, getCommunes)).body;
    expect(old.features.map(({ id }) => id)).toEqual(['10001', '20002', '20003', '20004']);
    expect((await app.get('/api/communes?boundarySet=1999')).status).toBe(400);
  });

  it('counts every commune, zeros included, with its density and the year before', async () => {
    const answer = await fetchCounts('from=2023-03-01&to=2024-03-01&categories=theft');
    const counted = async (from: string, to: string) => {
      const { rows } = await db.knex.raw(
        `select commune_code as code, count(*)::int as n, count(cell)::int as "inCells" from incident
         where ${localDay} >= '${from}' and ${localDay} < '${to}' and category = 'theft' group by commune_code`,
      );
      return new Map<string, { n: number; inCells: number }>(rows.map((row: { code: string }) => [row.code, row]));
    };
    const now = await counted('2023-03-01', '2024-03-01');
    const before = await counted('2022-03-01', '2023-03-01');
    expect(answer.communes.map(({ code }) => code)).toEqual(COMMUNES);
    for (const commune of answer.communes) {
      const expected = now.get(commune.code) ?? { n: 0, inCells: 0 };
      const previous = before.get(commune.code)?.n ?? 0;
      expect(commune).toMatchObject({ count: expected.n, inCells: expected.inCells, previous });
      expect(commune.communeOnly).toBe(commune.count - commune.inCells);
      expect(commune.changePercent).toBe(previous < 20 ? null : ((expected.n - previous) / previous) * 100);
      const { ratio, low, high, p } = rateRatio({ before: previous, after: expected.n });
      expect(commune.ratio).toEqual({ value: ratio, low, high, p });
    }
    expect(answer.unplaced).toBe(now.get('99999')?.n ?? 0);
    expect(answer.unplaced).toBeGreaterThan(0);
    const { rows } = await db.knex.raw(
      `select area_m2 from commune where boundary_set_id = '2025-07' and code = '10001'`,
    );
    const first = answer.communes[0];
    expect(first.perKm2).toBeCloseTo(first.count / (rows[0].area_m2 / 1e6), 9);
    expect(first.per10k).toBeCloseTo((first.count / 9000) * 10_000, 9);
    expect(answer.communes[5]?.per10k).toBeNull();
  });

  it('places points in another set as PostGIS does, borders to the lowest code, and counts the rest as unplaced', async () => {
    const answer = await fetchCounts(`from=2022-01-01&to=2025-01-01&boundarySet=${OLD_SET}`);
    const { rows } = await db.knex.raw(
      `select (select min(code) from commune where boundary_set_id = '${OLD_SET}' and ST_Intersects(commune.geom, incident.geom)) as code,
              count(*)::int as n
       from incident
       where ${localDay} >= '2022-01-01' and ${localDay} < '2025-01-01' and cell is not null
       group by 1`,
    );
    const expected = new Map(rows.map(({ code, n }: { code: string | null; n: number }) => [code, n]));
    for (const { code, count, communeOnly } of answer.communes) {
      expect([code, count]).toEqual([code, expected.get(code)]);
      expect(communeOnly).toBe(0);
    }
    expect(answer.unplaced).toBe(Number(expected.get(null)) + answer.communeOnly);
  });

  it.each(['', '&boundarySet=2009', '&categories=property&hours=8,9,10&weekdays=1,2'])(
    'keeps the sum of communes and unplaced equal to the total, and equal to the hexagons (%s)',
    async (filters) => {
      const answer = await fetchCounts(`from=2022-02-28&to=2024-02-29${filters}`);
      const sum = answer.communes.reduce((total, { count }) => total + count, 0);
      expect(sum + answer.unplaced).toBe(answer.total);
      expect(answer.inCells + answer.communeOnly).toBe(answer.total);
      const hexes = await app.get(`/api/hexes?res=8&from=2022-02-28&to=2024-02-29${filters}`);
      const { total, inCells, communeOnly, timeUnknown } = answer;
      expect(hexes.body).toMatchObject({ total, inCells, communeOnly, timeUnknown });
    },
  );

  it('tells months that were not reported, in the default set and in another', async () => {
    const { communes } = await fetchCounts('from=2022-01-15&to=2022-07-02');
    // Months that begin in the window: February to July; 10002 and 10004 left out April and July, 10006 everything.
    expect(communes.map(({ unreportedMonths }) => unreportedMonths)).toEqual([0, 2, 0, 2, 0, 6]);
    expect(communes.map(({ reported }) => reported)).toEqual([true, false, true, false, true, false]);
    const old = await fetchCounts('from=2022-01-15&to=2022-07-02&boundarySet=2009');
    // The first lies over 10001 and 10004, the last over 10003 and 10006: all of them must have reported.
    expect(old.communes[0]?.unreportedMonths).toBe(2);
    expect(old.communes[3]?.unreportedMonths).toBe(6);
    const noMonth = await fetchCounts('from=2022-01-15&to=2022-01-31');
    expect(noMonth.communes.every(({ reported }) => reported)).toBe(true);
  });

  it('answers the same without a snapshot', async () => {
    for (const path of [
      '/api/communes/counts?from=2022-03-01&to=2024-02-29&weekdays=1,2,3&categories=property',
      '/api/communes/counts?from=2022-03-01&to=2024-02-29&boundarySet=2009&communes=10002,10003',
      '/api/communes',
    ])
      expect((await sqlApp.get(path)).body).toEqual((await app.get(path)).body);
  });
});
