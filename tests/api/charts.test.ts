import { type ChartKind, chartKinds, getTrends, type TrendsResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince, RANGE } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { centreOfCommune, diskAt, insertArea, insertStep } from './area-world.ts';
import { isIn } from './trends-support.ts';

const window = `from=${RANGE.from}&to=${RANGE.to}`;
/** What each kind asks besides the window. */
const queries: Record<Exclude<ChartKind, 'area-series'>, string> = {
  periods: `${window}&by=month`,
  cumulative: 'year=2023',
  season: window,
  tet: window,
  groups: `${window}&by=quarter`,
  funnel: `${window}&per=area`,
  ranking: `${window}&per=area`,
  changes: window,
  'hour-weekday': window,
  concentration: `${window}&res=8`,
  'concentration-history': `${window}&res=8`,
  targets: 'year=2023',
  'target-history': 'year=2023',
  survival: 'year=2024',
};

describeOnBothDatabases('/api/charts', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  /** An area of commune 10001 that succeeded in 2023; and one of 10002 that was listed beside it. */
  let area: string;
  let other: string;
  const queryOf = (kind: ChartKind) => (kind === 'area-series' ? `area=${area}` : queries[kind]);
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    await db.knex('category').whereIn('code', ['theft', 'robbery']).update({ area_type: 1 });
    area = await insertArea(db, {
      name: 'Chợ Đồng Hải',
      commune: '10001',
      cells: diskAt(centreOfCommune('10001'), 12),
      steps: [
        ['proposed', '2023-01-05'],
        ['listed', '2023-02-01'],
        ['transforming', '2023-04-10'],
        ['assessed_success', '2023-11-20'],
      ],
    });
    other = await insertArea(db, {
      commune: '10002',
      cells: [],
      steps: [
        ['proposed', '2023-01-05'],
        ['listed', '2023-02-01'],
      ],
    });
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const draw = async (path: string, visitor: Pick<TestApp, 'fetch'> = app) => {
    const answer = await visitor.fetch(`/api/charts/${path}`);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it.each(chartKinds)(
    'draws %s as well-formed SVG that says its period, its data version and the guardrail',
    async (kind) => {
      const { status, headers, text } = await draw(`${kind}.svg?${queryOf(kind)}&width=900&height=400`);
      expect(status, text).toBe(200);
      expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-disposition')).toBe(`inline; filename="diem-nong-${kind}.svg"`);
      expect(unclosedTags(text)).toEqual([]);
      expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="940"/);
      expect(text).toContain('<svg width="900" height="400"');
      expect(text).toContain('role="img"');
      expect(text).toMatch(/phiên dữ liệu \d/);
      expect(text).toContain('không dự báo');
      expect(text).not.toMatch(/NaN|undefined|Infinity|\{\{/);
      expect(text).not.toMatch(/<script|onclick|href=/);
    },
  );

  it('draws one bar per period, as high as the counts of the endpoint tell', async () => {
    const { body } = await app.get<TrendsResponse>(`/api/trends?${queries.periods}`, getTrends);
    const { text } = await draw(`periods.svg?${queries.periods}`);
    const bars = [...text.matchAll(/data-bar="(\d+)"[^>]*? height="([\d.]+)"/g)].map(([, count, height]) => ({
      count: Number(count),
      height: Number(height),
    }));
    expect(bars.map(({ count }) => count)).toEqual(body.periods.map(({ count }) => count));
    const highest = bars.reduce((a, b) => (b.count > a.count ? b : a));
    for (const { count, height } of bars) expect(height).toBeCloseTo((count / highest.count) * highest.height, 1);
    expect(text).toContain(`n = ${(body.total ?? 0).toLocaleString('vi-VN')}`);
  });

  it('says what it is filtered by in the language that was asked for', async () => {
    const query = `${queries.periods}&categories=property&communes=10001&weekdays=6,7`;
    const { text: vietnamese } = await draw(`periods.svg?${query}`);
    const { text: english } = await draw(`periods.svg?${query}&lang=en`);
    const { rows } = await db.knex.raw(
      `select c.name_vi, c.name_en, u.full_name from category c, commune u
       where c.code = 'property' and u.code = '10001' and u.boundary_set_id = '2025-07'`,
    );
    const [{ name_vi, name_en, full_name }] = rows;
    expect(vietnamese).toContain(`${name_vi} · ${full_name} · T7, CN · phiên dữ liệu`);
    expect(english).toContain(`${name_en} · ${full_name} · Sat, Sun · data version`);
    expect(english).not.toContain('phiên dữ liệu');
  });

  it('answers 304 until the data change, and another picture for another look', async () => {
    const path = `/api/charts/periods.svg?${queries.periods}`;
    const first = await app.fetch(path);
    const tag = first.headers.get('etag') ?? '';
    const again = () => app.fetch(path, { headers: { 'if-none-match': tag } });
    expect((await again()).status).toBe(304);
    expect(await (await app.fetch(`${path}&theme=dark`)).text()).not.toBe(await first.text());
    await db.knex.transaction((transaction) => raiseDataVersion(transaction));
    app.context.version.invalidate();
    expect((await again()).status).toBe(200);
  });

  it('shows a commune its own records alone', async () => {
    const commune = await app.as('commune', { commune: '10001' });
    const { text: all } = await draw(`periods.svg?${queries.periods}`);
    const { text: own } = await draw(`periods.svg?${queries.periods}`, commune);
    const { rows } = await db.knex.raw(
      `select count(*)::int as n from incident where commune_code = '10001' and ${isIn(RANGE.from, RANGE.to)}`,
    );
    expect(sumOfBars(own)).toBe(rows[0].n);
    expect(sumOfBars(own)).toBeLessThan(sumOfBars(all));
    expect((await draw(`periods.svg?${queries.periods}&communes=10002`, commune)).status).not.toBe(200);
  });

  it('draws the targets from the steps, and anew when a step is entered', async () => {
    const path = `targets.svg?${queries.targets}`;
    const { text, headers } = await draw(path);
    expect(text).toContain('1/2 địa bàn');
    expect(text).toContain('data-rate="0.5"');
    expect(text).toContain('01/01/2023 – 31/12/2023 · phiên dữ liệu');
    expect(text).not.toContain('mọi nhóm vụ việc');
    expect(headers.get('etag')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    await insertStep(db, other, '10002', 'transforming', '2023-03-01');
    await insertStep(db, other, '10002', 'assessed_success', '2023-10-01');
    expect((await draw(path)).text).toContain('2/2 địa bàn');
    expect((await draw(`survival.svg?${queries.survival}`)).text).toContain('data-line="survival"');
  });

  it('draws the records inside an area month by month, as plain SQL counts them', async () => {
    const { text } = await draw(`area-series.svg?area=${area}&width=900`);
    const { rows } = await db.knex.raw<{ rows: { month: string; n: number }[] }>(
      `select to_char(occurred_from at time zone 'Asia/Ho_Chi_Minh', 'MM/YYYY') as month, count(*)::int as n
       from incident
       join area on area.id = :area and incident.cell = any (area.cells)
       where category in ('theft', 'robbery')
       group by 1`,
      { area },
    );
    const counted = new Map(rows.map(({ month, n }) => [month, n]));
    const drawn = [...text.matchAll(/<title>tháng (\d\d\/\d{4}) \([^)]*\): (\d+) vụ<\/title>/g)];
    expect(drawn.length).toBeGreaterThan(24);
    for (const [, month = '', n] of drawn) expect(Number(n), month).toBe(counted.get(month) ?? 0);
    expect(drawn.reduce((sum, [, , n]) => sum + Number(n), 0)).toBeGreaterThan(10);
    expect(text).toContain('Chợ Đồng Hải');
    expect(text).toContain('chuyển hóa · 10/04/2023');
  });

  it('shows a commune no area but its own', async () => {
    const commune = await app.as('commune', { commune: '10001' });
    expect((await draw(`area-series.svg?area=${area}`, commune)).status).toBe(200);
    expect((await draw(`area-series.svg?area=${other}`, commune)).status).toBe(404);
    expect((await draw(`targets.svg?${queries.targets}`, commune)).text).toContain('1/1 địa bàn');
  });

  it('is not for viewers, nor for nobody', async () => {
    expect((await draw(`periods.svg?${queries.periods}`, await app.as('viewer'))).status).toBe(403);
    expect((await draw(`periods.svg?${queries.periods}`, app.nobody)).status).toBe(401);
  });

  it.each([
    ['an unknown kind', `forecast.svg?${window}`, 'params.kind'],
    ['a size beyond bounds', `season.svg?${window}&width=99999`, 'query.width'],
    ['a query that is not of the kind', 'cumulative.svg?year=1', 'query.year'],
    ['a missing window', 'season.svg', 'query.from'],
    ['a year that never was', 'targets.svg?year=1', 'query.year'],
    ['an area that is no id', 'area-series.svg?area=1', 'query.area'],
  ])('refuses %s and says where', async (_, path, where) => {
    const { status, text } = await draw(path);
    expect(status).toBe(400);
    expect(text).toContain(where);
  });
});

function sumOfBars(svg: string): number {
  return [...svg.matchAll(/data-bar="(\d+)"/g)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Tags left open or closed in the wrong order; [] for a well-formed text. */
function unclosedTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', rest = ''] of xml.matchAll(/<(\/?)([a-zA-Z]+)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return [name];
    } else if (!rest.endsWith('/')) open.push(name);
  }
  return open;
}
