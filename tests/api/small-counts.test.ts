import { getCommuneCounts, getHexes, getMeta, getTrends, type ResponseOf } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { attackSmallCounts } from '../attack/small-counts.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince, OLD_SET } from '../support/small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type CommuneCounts = ResponseOf<typeof getCommuneCounts>;
type Trends = ResponseOf<typeof getTrends>;
type Hexes = ResponseOf<typeof getHexes>;

/** A hexagon of the small province, for its story. */
const cell = '88415aa251fffff';
const year = 'from=2023-01-01&to=2024-01-01';

/** What a viewer may ask. */
const allowed = [
  '/api/meta',
  `/api/communes/counts?${year}`,
  `/api/communes/counts?${year}&categories=drugs`,
  '/api/communes/counts?from=2021-01-01&to=2025-01-01',
  `/api/communes/10002?${year}`,
  `/api/hexes?res=8&${year}`,
  `/api/hexes/${cell}?${year}`,
  '/api/trends?by=month&from=2022-03-01&to=2024-06-01',
  '/api/trends?by=quarter&from=2022-02-01&to=2025-01-01&categories=property',
  '/api/trends?by=year&from=2021-01-01&to=2026-01-01',
];

/** What nothing is published of; each of them is answered to an administrator. */
const refused = [
  '/api/communes/counts?from=2023-01-01&to=2023-12-01',
  '/api/communes/counts?from=2023-02-01&to=2024-02-01',
  '/api/communes/counts?from=2024-01-01&to=2024-12-01',
  '/api/communes/counts?from=2024-01-01&to=2025-01-01',
  `/api/communes/counts?${year}&categories=theft`,
  `/api/communes/counts?${year}&hours=1`,
  `/api/communes/counts?${year}&weekdays=1,2`,
  `/api/communes/counts?${year}&communes=10001`,
  `/api/communes/counts?${year}&boundarySet=${OLD_SET}`,
  `/api/communes/10001?${year}&boundarySet=${OLD_SET}`,
  '/api/communes/10001?from=2023-05-01&to=2023-06-01',
  `/api/hexes?res=7&${year}`,
  `/api/hexes?res=9&${year}`,
  `/api/hexes?res=8&${year}&weight=severity`,
  `/api/hexes?res=8&${year}&categories=drugs`,
  '/api/hexes?res=8&from=2023-01-01&to=2023-07-01',
  `/api/hexes/${cell}?${year}&hours=3`,
  `/api/hexes/${cell}?from=2023-01-02&to=2024-01-01`,
  '/api/hexes/8a415aa25147fff?from=2023-01-01&to=2024-01-01',
  '/api/trends?by=week&from=2023-01-01&to=2024-01-01',
  '/api/trends?by=reporting&from=2023-01-01&to=2024-01-01',
  '/api/trends?by=month&from=2023-01-15&to=2024-01-01',
  '/api/trends?by=month&from=2023-01-01&to=2024-01-01&categories=theft',
  '/api/trends?by=month&from=2023-01-01&to=2024-01-01&communes=10001',
  '/api/trends?by=month&from=2024-12-01&to=2025-01-01',
];

describeOnBothDatabases('small counts', (open, engine) => {
  let db: TestDatabase;
  let app: TestApp;
  let sqlApp: TestApp;
  let viewer: TestVisitor;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
    sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    viewer = await app.as('viewer');
  });
  afterAll(async () => {
    await app?.close();
    await sqlApp?.close();
    await db?.close();
  });

  const textOf = async (visitor: TestVisitor, path: string) => {
    const answer = await visitor.fetch(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const localDay = `(occurred_from at time zone 'Asia/Ho_Chi_Minh')::date`;

  // What is published does not depend on the engine (the next test): trying everything on one of them is enough.
  it.runIf(engine === 'embedded')(
    'gives none away: by subtracting answers, by linear programs over all answers; hiding only what is small does',
    async () => {
      const report = await attackSmallCounts({ app, db }, { tries: 500, bounded: 15 });
      expect(report.examples).toEqual([]);
      expect(report.successes).toBe(0);
      for (const control of report.controls) expect(control.successes).toBeGreaterThan(5);
    },
  );

  it('publishes the same from memory as from SQL', async () => {
    const sqlViewer = await sqlApp.as('viewer');
    for (const path of allowed) expect(await textOf(sqlViewer, path)).toEqual(await textOf(viewer, path));
  });

  it('gives the same answer to every viewer, every time: there is no noise to average out', async () => {
    const other = await app.as('viewer');
    for (const path of allowed) {
      const first = await textOf(viewer, path);
      for (const again of [await textOf(viewer, path), await textOf(other, path)]) expect(again).toBe(first);
    }
  });

  it.each(refused)('refuses what is not published, with what can be asked: %s', async (path) => {
    const { status, body } = await viewer.get<{ error: { code: string; message: string; details: unknown } }>(path);
    expect(status).toBe(403);
    expect(body.error).toMatchObject({ code: 'forbidden', details: { reason: 'shared_view', allowed: { res: 8 } } });
    expect(body.error.message).toMatch(/^Tài khoản xem chung .+ \(An account for shared views .+\)$/);
    expect((await app.get(path)).status).toBe(200);
  });

  it('hides nothing from those who see the records', async () => {
    const { body } = await app.get<CommuneCounts>(`/api/communes/counts?${year}&categories=drugs`, getCommuneCounts);
    expect(body.hiddenUnder).toBeNull();
    expect(JSON.stringify(body.communes.map(({ count }) => count))).not.toContain('null');
    const { body: shared } = await viewer.get<CommuneCounts>(`/api/communes/counts?${year}`, getCommuneCounts);
    expect(shared.hiddenUnder).toBe(3);
  });

  it('publishes complete years, and of the running one the totals of its complete months', async () => {
    const { body: meta } = await viewer.get<ResponseOf<typeof getMeta>>('/api/meta', getMeta);
    const { rows } = await db.knex.raw(
      `select to_char(${localDay}, 'YYYY-MM-01') as month, count(*)::int as n, sum(count(*)) over ()::int as total
       from incident where ${localDay} < '2024-12-01' group by 1 order by 1`,
    );
    const range = { from: '2021-06-01', to: '2024-12-01' };
    expect(meta).toMatchObject({ range, incidentCount: rows[0].total, offices: [], hiddenUnder: 3 });
    const trendsOf = async (filter: string) => {
      const path = `/api/trends?by=month&from=2024-01-01&to=2025-02-01${filter}`;
      return (await viewer.get<Trends>(path, getTrends)).body.periods.map(({ from, count }) => [from, count]);
    };
    const months = rows.slice(-11).map(({ month, n }: { month: string; n: number }) => [month, n]);
    expect(await trendsOf('')).toEqual(months);
    expect(await trendsOf('&categories=property')).toEqual(months.map(([month]: [string]) => [month, null]));
    const { body } = await viewer.get<CommuneCounts>(
      '/api/communes/counts?from=2023-01-01&to=2025-01-01',
      getCommuneCounts,
    );
    expect(body).toMatchObject({ from: '2023-01-01', to: '2024-01-01' });
  });

  it('tells whoever kept yesterday’s answers nothing small about the records of the running year', async () => {
    const about = allowed.filter((path) => !path.includes('/meta') && !path.includes('/trends'));
    const answersTo = (visitor: TestVisitor, paths: readonly string[]) =>
      Promise.all(paths.map(async (path) => ({ ...JSON.parse(await textOf(visitor, path)), dataVersion: 0 })));
    const running = ['/api/communes/counts?from=2024-01-01&to=2024-12-01'];
    const before = await answersTo(viewer, about);
    const exactBefore = await answersTo(app, running);
    await db.knex.transaction(async (transaction) => {
      await transaction.raw(
        `insert into incident (province_code, office, reference, batch_id, category, occurred_from, state, precision, commune_code)
         select province_code, office, 'NEW-' || day, batch_id, category, timestamptz '2024-11-01 08:00+07' + day * interval '1 day',
                state, 'commune', '10003'
         from (select * from incident order by reference limit 1) as one
         cross join generate_series(1, 2) as day`,
      );
      await raiseDataVersion(transaction);
    });
    app.context.version.invalidate();
    expect(await answersTo(viewer, about)).toEqual(before);
    expect(await answersTo(app, running)).not.toEqual(exactBefore);
    await db.knex.transaction(async (transaction) => {
      await transaction('incident').whereLike('reference', 'NEW-%').del();
      await raiseDataVersion(transaction);
    });
    app.context.version.invalidate();
  });

  it('compares whole years where both counts are shown', async () => {
    const { body } = await viewer.get<CommuneCounts>(`/api/communes/counts?${year}`, getCommuneCounts);
    const { rows } = await db.knex.raw(
      `select count(*)::int as n from incident
       where ${localDay} >= '2022-01-01' and ${localDay} < '2023-01-01' and commune_code = '10001'`,
    );
    expect(body.communes[0].previous).toBe(rows[0].n);
    expect(body.communes[0].ratio).not.toBeNull();
    // The records of 2021 begin in June: 2022 has no full year before it.
    const early = await viewer.get<CommuneCounts>(
      '/api/communes/counts?from=2022-01-01&to=2023-01-01',
      getCommuneCounts,
    );
    expect(early.body.communes[0].ratio).toBeNull();
  });

  it('answers hexagons as JSON whatever is asked for, since bytes cannot say "hidden"', async () => {
    const path = `/api/hexes?res=8&${year}`;
    const answer = await viewer.fetch(path, {
      headers: { accept: 'application/octet-stream, application/json;q=0.5' },
    });
    expect(answer.headers.get('content-type')).toContain('application/json');
    const hexes = (await answer.json()) as Hexes;
    expect(hexes.cells.length).toBeGreaterThan(20);
    expect(Math.min(...hexes.counts)).toBeGreaterThanOrEqual(3);
  });

  it('tells a viewer of another province nothing of this one', async () => {
    const stranger = await app.as('viewer', { province: '01' });
    const { body: meta } = await stranger.get<ResponseOf<typeof getMeta>>('/api/meta', getMeta);
    expect(meta).toMatchObject({ range: null, incidentCount: 0, provinces: [] });
    const { body } = await stranger.get<CommuneCounts>(`/api/communes/counts?${year}`, getCommuneCounts);
    expect(body).toMatchObject({ total: 0, communes: [] });
  });

  it('hides more when the minimum is raised, at once', async () => {
    const smallest = async () => {
      const { body } = await viewer.get<Hexes>(`/api/hexes?res=8&${year}`, getHexes);
      return { under: body.hiddenUnder, count: Math.min(...body.counts), cells: body.cells.length };
    };
    const before = await smallest();
    expect((await app.send('PATCH', '/api/settings', { smallestCount: 6 })).status).toBe(200);
    const after = await smallest();
    expect(after.under).toBe(6);
    expect(after.count).toBeGreaterThanOrEqual(6);
    expect(after.cells).toBeLessThan(before.cells);
    await app.send('PATCH', '/api/settings', { smallestCount: 3 });
    expect(await smallest()).toEqual(before);
  });
});
