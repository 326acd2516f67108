import {
  type CommuneRankingResponse,
  type ConcentrationResponse,
  getCommuneRanking,
  getConcentration,
  getHourWeekday,
  type HourWeekdayResponse,
} from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { askBoth, isIn, localDay } from './trends-support.ts';

describeOnBothDatabases('/api/trends of places and hours', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let ask: ReturnType<typeof askBoth>;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    // Intervals of several days, of just a week, and of more; one from minute to minute, to the microsecond.
    for (const [reference, ended] of [
      ['VV-1', `occurred_from + interval '3 days 5 hours'`],
      ['VV-8', `occurred_from + interval '7 days'`],
      ['VV-15', `occurred_from + interval '7 days 1 microsecond'`],
      ['VV-22', `occurred_from + interval '90 days'`],
      ['VV-29', `occurred_from + interval '61 minutes 7.000123 seconds'`],
    ])
      await db.knex.raw(`update incident set occurred_to = ${ended} where reference = '${reference}'`);
    app = await startTestApp(createTestContext(db));
    ask = askBoth(db, () => app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  const whole = 'from=2021-06-01&to=2025-01-01';

  it.each([whole, 'from=2023-01-15&to=2024-02-29&categories=drugs&communes=10001,10004'])(
    'spreads intervals over the hours of the week, %s',
    async (query) => {
      const answer = await ask.fetchAnswer<HourWeekdayResponse>(getHourWeekday, query);
      const window =
        query === whole
          ? isIn('2021-06-01', '2025-01-01')
          : `${isIn('2023-01-15', '2024-02-29')} and category in ('drugs', 'drug_use', 'drug_trade') and commune_code in ('10001', '10004')`;
      const exact = `(occurred_to is null or occurred_to - occurred_from <= interval '1 hour')`;
      const rows = await ask.list<{ weekday: number; hour: number; exact: number; weight: number }>(
        `with touched as (
           select date_trunc('hour', occurred_from) as hour, 1 as exact, 1.0::float8 as weight from incident where ${window} and ${exact}
           union all
           select hour, 0,
                  extract(epoch from least(hour + interval '1 hour', occurred_to) - greatest(hour, occurred_from))::float8
                  / extract(epoch from occurred_to - occurred_from)::float8
           from incident
           cross join generate_series(date_trunc('hour', occurred_from), occurred_to, interval '1 hour') as hour
           where ${window} and not ${exact} and occurred_to - occurred_from <= interval '7 days'
         )
         select extract(isodow from hour at time zone 'Asia/Ho_Chi_Minh')::int as weekday,
                extract(hour from hour at time zone 'Asia/Ho_Chi_Minh')::int as hour,
                sum(exact)::int as exact,
                sum(weight)::float8 as weight
         from touched
         group by 1, 2`,
      );
      const seen = new Map(rows.map(({ weekday, hour, ...row }) => [`${weekday} ${hour}`, row]));
      for (let weekday = 1; weekday <= 7; weekday++)
        for (let hour = 0; hour < 24; hour++) {
          const row = seen.get(`${weekday} ${hour}`) ?? { exact: 0, weight: 0 };
          expect(answer.exactMatrix[weekday - 1][hour]).toBe(row.exact);
          expect(answer.matrix[weekday - 1][hour]).toBeCloseTo(row.weight, 9);
        }
      const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
      expect(sum(answer.matrix.flat())).toBeCloseTo(answer.n, 6);
      expect(sum(answer.hours)).toBeCloseTo(answer.n, 6);
      expect(sum(answer.weekdays)).toBeCloseTo(answer.n, 6);
      expect(sum(answer.exactMatrix.flat())).toBe(answer.exact);
      expect(answer.exact).toBe(await ask.count(`${window} and ${exact}`));
      expect(answer.leftOut).toBe(await ask.count(`${window} and occurred_to - occurred_from > interval '7 days'`));
      expect(answer.n).toBe((await ask.count(window)) - answer.leftOut);
      expect(answer.n).toBe(answer.exact + answer.spread);
      if (query === whole) expect(answer.leftOut).toBe(2);
    },
  );

  it('ranks communes by the months they reported, and tells who is left out', async () => {
    const answer = await ask.fetchAnswer<CommuneRankingResponse>(
      getCommuneRanking,
      'from=2022-03-10&to=2024-03-05&categories=property,drugs',
    );
    const counted = `${isIn('2022-03-10', '2024-03-05')} and category not in ('unclassified', 'removed_code')`;
    const rows = await ask.list<{ code: string; count: number; days: number; population: number; silent: number }>(
      `with day as (
         select d::date as day, date_trunc('month', d)::date as month
         from generate_series(date '2022-03-10', date '2024-03-04', interval '1 day') as d
       )
       select code, population,
              (select count(*) from incident
               where commune_code = code and ${counted}
                 and exists (select 1 from report_month r where r.commune_code = code and r.month = date_trunc('month', ${localDay}))
              )::int as count,
              (select count(*) from day where exists (select 1 from report_month r where r.commune_code = code and r.month = day.month))::int as days,
              (select count(distinct month) from day where not exists (select 1 from report_month r where r.commune_code = code and r.month = day.month))::int as silent
       from commune
       where boundary_set_id = '2025-07' and code <> '10006'
       order by code`,
    );
    expect(answer.communes.map(({ code }) => code).sort()).toEqual(rows.map(({ code }) => code));
    const exposureOf = (row: (typeof rows)[number]) => (row.population / 10_000) * (row.days / 365.25);
    const all = rows.reduce((sum, row) => sum + row.count, 0);
    const overall = all / rows.reduce((sum, row) => sum + exposureOf(row), 0);
    expect(answer.n).toBe(all);
    expect(answer.overall).toBeCloseTo(overall, 9);
    for (const row of rows) {
      const commune = answer.communes.find(({ code }) => code === row.code)!;
      const exposure = exposureOf(row);
      expect(commune).toMatchObject({ count: row.count, unreportedMonths: row.silent });
      expect(commune.exposure).toBeCloseTo(exposure, 9);
      expect(commune.rate).toBeCloseTo(row.count / exposure, 9);
      expect(commune.expected).toBeCloseTo(overall * exposure, 9);
      // Shrunk towards the province's rate, never beyond it.
      expect((commune.shrunk - commune.rate) * (commune.shrunk - overall)).toBeLessThanOrEqual(1e-12);
    }
    const shrunk = answer.communes.map((commune) => commune.shrunk);
    expect(shrunk).toEqual(shrunk.toSorted((a, b) => b - a));
    expect(answer.leftOut).toEqual([
      {
        code: '10006',
        name: 'Xã 6',
        reason: 'not-reported',
        count: await ask.count(`${counted} and commune_code = '10006'`),
      },
    ]);
    const exposures = answer.limits.map(({ exposure }) => exposure);
    expect(exposures).toEqual(exposures.toSorted((a, b) => a - b));
    for (const { low998, low95, high95, high998 } of answer.limits)
      expect([low998, low95, overall, high95, high998]).toEqual(
        [low998, low95, overall, high95, high998].toSorted((a, b) => a - b),
      );
  });

  it('leaves out a commune without a population by people, and ranks it by area', async () => {
    await db.knex('report_month').insert({
      province_code: '33',
      commune_code: '10006',
      month: '2022-05-01',
      batch_id: '00000000-0000-4000-8000-000000000001',
    });
    const own = await startTestApp(createTestContext(db));
    const query = 'from=2022-05-01&to=2022-06-01&communes=10005,10006';
    const byPeople = (await own.get<CommuneRankingResponse>(`${getCommuneRanking.path}?${query}`, getCommuneRanking))
      .body;
    expect(byPeople.leftOut).toMatchObject([{ code: '10006', reason: 'no-population' }]);
    expect(byPeople.communes.map(({ code }) => code)).toEqual(['10005']);
    const byArea = (
      await own.get<CommuneRankingResponse>(`${getCommuneRanking.path}?${query}&per=area`, getCommuneRanking)
    ).body;
    expect(byArea.leftOut).toEqual([]);
    const [{ km2 }] = await ask.list<{ km2: number }>(
      `select area_m2 / 1e6 as km2 from commune where boundary_set_id = '2025-07' and code = '10006'`,
    );
    expect(byArea.communes.find(({ code }) => code === '10006')).toMatchObject({
      count: await ask.count(`${isIn('2022-05-01', '2022-06-01')} and commune_code = '10006'`),
    });
    expect(byArea.communes.find(({ code }) => code === '10006')?.exposure).toBeCloseTo((km2 * 31) / 365.25, 6);
    await own.close();
    await db.knex('report_month').where({ commune_code: '10006' }).del();
  });

  it.each([
    [8, 'cell_8', 'from=2022-02-15&to=2024-06-01', 'true', '2022-02-15', '2024-06-01'],
    [
      9,
      'cell_9',
      'from=2022-01-01&to=2024-01-01&categories=drugs&hours=0,1,2,3,4,5,6,7,8,9,10,11',
      `category in ('drugs', 'drug_use', 'drug_trade')
      and (occurred_to is null or occurred_to - occurred_from <= interval '1 hour')
      and extract(hour from occurred_from at time zone 'Asia/Ho_Chi_Minh') < 12`,
      '2022-01-01',
      '2024-01-01',
    ],
  ])('tells at resolution %i how few cells hold how much', async (res, column, query, only, from, to) => {
    const answer = await ask.fetchAnswer<ConcentrationResponse>(getConcentration, `${query}&res=${res}`);
    expect(answer.leftOut).toEqual(['10006']);
    const measure = async (first: string, end: string) => {
      const [{ cells, n, held, half }] = await ask.list<{
        cells: number;
        n: number;
        held: Record<string, number>;
        half: number;
      }>(
        `with owned as (
           select commune_cell.cell, count(incident.reference)::int as records
           from commune_cell
           left join incident on incident.${column} = commune_cell.cell and ${isIn(first, end)} and ${only}
           where boundary_set_id = '2025-07' and res = ${res} and is_owned and commune_cell.commune_code <> '10006'
           group by commune_cell.cell
         ),
         ranked as (
           select records,
                  row_number() over (order by records desc, cell) as rank,
                  sum(records) over (order by records desc, cell) as held,
                  sum(records) over () as n,
                  count(*) over () as cells
           from owned
         )
         select max(cells)::int as cells, max(n)::int as n,
                jsonb_object_agg(rank, held) as held,
                (array_agg((rank - 1 + (n / 2.0 - (held - records)) / nullif(records, 0)) / cells order by rank)
                  filter (where held >= n / 2.0))[1]::float8 as half
         from ranked`,
      );
      const top = (share: number) => {
        const place = share * cells;
        const at = (k: number) => (k === 0 ? 0 : held[String(k)]);
        const k = Math.floor(place);
        return (at(k) + (place > k ? (place - k) * (at(k + 1) - at(k)) : 0)) / n;
      };
      return { cells, n, half, top };
    };
    const expected = await measure(from, to);
    expect(answer).toMatchObject({ gridCells: expected.cells, n: expected.n });
    expect(answer.n).toBeGreaterThan(30);
    expect(answer.outside).toBe((await ask.count(`${isIn(from, to)} and ${only}`)) - expected.n);
    expect(answer.outside).toBeGreaterThan(0);
    expect(answer.half).toBeCloseTo(expected.half, 9);
    expect(answer.top.map(({ cells }) => cells)).toEqual([0.01, 0.05, 0.1]);
    for (const { cells, records, chance } of answer.top) {
      expect(records).toBeCloseTo(expected.top(cells), 9);
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
    expect(answer.curve[0]).toEqual({ cells: 0, records: 0, chance: 0 });
    expect(answer.curve.at(-1)).toEqual({ cells: 1, records: 1, chance: 1 });
    for (const { cells, records } of answer.curve) expect(records).toBeCloseTo(expected.top(cells), 9);
    expect(answer.history[0]?.from).toBe(from);
    expect(answer.history.at(-1)?.to).toBe(to);
    for (const year of answer.history) {
      const own = await measure(year.from, year.to);
      expect(year.n).toBe(own.n);
      expect(year.top5).toBeCloseTo(own.top(0.05), 9);
      expect(year.half).toBeCloseTo(own.half, 9);
    }
  });

  it('tells nothing of cells while there is no record, and says which resolution is missing', async () => {
    const empty = await ask.fetchAnswer<ConcentrationResponse>(
      getConcentration,
      'from=2022-01-01&to=2022-01-02&categories=fraud&communes=10001&res=8',
    );
    expect(empty).toMatchObject({ n: 0, curve: [], top: [], half: null, gini: null });
    const refused = await app.get<{ error: { message: string } }>(`${getConcentration.path}?${whole}&res=10`);
    expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining('res 10')]);
  });
});
