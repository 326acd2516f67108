import { getTrends, type ResponseOf } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import type { NothingHidden } from '../support/nothing-hidden.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { isIn, localDay, reportedOn, tets } from './trends-support.ts';

type Trends = NothingHidden<ResponseOf<typeof getTrends>>;

describeOnBothDatabases('/api/trends', (open) => {
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

  const fetchTrends = async (query: string) => (await app.get<Trends>(`/api/trends?${query}`, getTrends)).body;
  const countRows = async (from: string, to: string, condition = 'true'): Promise<number> => {
    const { rows } = await db.knex.raw(
      `select count(*)::int as n from incident where ${isIn(from, to)} and ${condition}`,
    );
    return rows[0].n;
  };
  /** Calendar arithmetic of PostgreSQL, which cuts 29 February to the 28th too. */
  const yearEarlier = async (day: string): Promise<string> => {
    const { rows } = await db.knex.raw(`select (date '${day}' - interval '1 year')::date::text as day`);
    return rows[0].day;
  };

  it.each(['month', 'quarter', 'year', 'week', 'reporting'])(
    'counts every period by %s, cut at the window, with the same dates a year earlier',
    async (by) => {
      const answer = await fetchTrends(`by=${by}&from=2023-02-10&to=2024-03-05`);
      expect(answer.periods[0]?.from).toBe('2023-02-10');
      expect(answer.periods.at(-1)?.to).toBe('2024-03-05');
      for (const [i, period] of answer.periods.entries()) {
        if (i > 0) expect(period.from).toBe(answer.periods[i - 1]?.to);
        expect(period.count).toBe(await countRows(period.from, period.to));
        const [from, to] = [await yearEarlier(period.from), await yearEarlier(period.to)];
        expect(period).toMatchObject({ previousFrom: from, previousTo: to, previousYear: await countRows(from, to) });
      }
      expect(answer.total).toBe(await countRows('2023-02-10', '2024-03-05'));
      expect(answer.periods.reduce((sum, { count }) => sum + count, 0)).toBe(answer.total);
    },
  );

  it.each(['month', 'quarter', 'year', 'week', 'reporting'])(
    'compares by %s what was reported in both years, commune by commune and month by month',
    async (by) => {
      const answer = await fetchTrends(`by=${by}&from=2023-02-10&to=2024-03-05`);
      for (const { from, to, previousFrom, previousTo, ...period } of answer.periods) {
        const compared = await countRows(
          from,
          to,
          `${reportedOn(localDay)} and ${reportedOn(`${localDay} - interval '1 year'`)}`,
        );
        const previous = await countRows(
          previousFrom,
          previousTo,
          `${reportedOn(localDay)} and ${reportedOn(`${localDay} + interval '1 year'`)}`,
        );
        expect({ from, ...period }).toMatchObject({ from, comparedCount: compared, comparedPrevious: previous });
        expect(period.comparedMonths).toBeLessThan(period.communeMonths); // 10006 never reported
        if (previous >= 20) expect(period.changePercent).toBeCloseTo(100 * (compared / previous - 1), 9);
        else expect(period.changePercent).toBeNull();
        if (previous > 0 && compared > 0) expect(period.ratio?.value).toBeCloseTo(compared / previous, 9);
      }
      expect(answer.periods.some(({ changePercent }) => changePercent !== null)).toBe(true);
    },
  );

  it('compares nothing where nobody reported in both years, and keeps the counts', async () => {
    const { periods } = await fetchTrends('by=month&from=2022-06-01&to=2022-09-01');
    for (const period of periods) {
      expect(period).toMatchObject({ comparedCount: 0, comparedPrevious: 0, ratio: null, changePercent: null });
      expect(period.count).toBeGreaterThan(0);
      expect(period.previousYear).toBeGreaterThan(0);
    }
  });

  it.each(['month', 'quarter', 'week', 'reporting'])(
    'compares by %s periods near Tết with the days at the same distance from last Tết',
    async (by) => {
      const answer = await fetchTrends(`by=${by}&from=2023-01-01&to=2025-01-01&align=lunar`);
      const calendar = await fetchTrends(`by=${by}&from=2023-01-01&to=2025-01-01`);
      const dayOf = (day: string) => Date.parse(day) / 86_400_000;
      let moved = 0;
      for (const [i, period] of answer.periods.entries()) {
        const [from, to] = [dayOf(period.from), dayOf(period.to)];
        const year = [2023, 2024, 2025].find(
          (year) => from <= dayOf(tets[year]) + 14 && to - 1 >= dayOf(tets[year]) - 14,
        );
        if (year === undefined) {
          expect(period).toEqual(calendar.periods[i]);
          continue;
        }
        moved++;
        const shift = dayOf(tets[year]) - dayOf(tets[year - 1]);
        expect(dayOf(period.previousFrom)).toBe(from - shift);
        expect(dayOf(period.previousTo)).toBe(to - shift);
        expect(period.count).toBe(calendar.periods[i]?.count);
        expect(period.previousYear).toBe(await countRows(period.previousFrom, period.previousTo));
        const both = `${reportedOn(localDay)} and ${reportedOn(`${localDay} - ${shift}`)}`;
        expect(period.comparedCount).toBe(await countRows(period.from, period.to, both));
        expect(period.comparedPrevious).toBe(
          await countRows(
            period.previousFrom,
            period.previousTo,
            `${reportedOn(localDay)} and ${reportedOn(`${localDay} + ${shift}`)}`,
          ),
        );
      }
      expect(moved).toBeGreaterThan(1);
      expect(answer.periods.length).toBeGreaterThan(moved);
    },
  );

  it('does not move years, and moves nothing before Tết is reckoned', async () => {
    const lunar = async (query: string) => (await fetchTrends(`${query}&align=lunar`)).periods;
    expect(await lunar('by=year&from=2022-01-01&to=2025-01-01')).toEqual(
      (await fetchTrends('by=year&from=2022-01-01&to=2025-01-01')).periods,
    );
    expect((await lunar('by=month&from=1960-01-01&to=1960-04-01')).map(({ previousFrom }) => previousFrom)).toEqual([
      '1959-01-01',
      '1959-02-01',
      '1959-03-01',
    ]);
  });

  it('takes 28 February for 29 February a year on', async () => {
    const { periods } = await fetchTrends('by=week&from=2024-02-26&to=2024-03-04');
    expect(periods).toMatchObject([{ previousFrom: '2023-02-26', previousTo: '2023-03-04' }]);
    const [leap] = (await fetchTrends('by=month&from=2024-02-29&to=2024-03-01')).periods;
    expect(leap).toMatchObject({ previousFrom: '2023-02-28', previousTo: '2023-03-01' });
    const [gone] = (await fetchTrends('by=month&from=2024-02-28&to=2024-02-29')).periods;
    expect(gone).toMatchObject({
      previousFrom: '2023-02-28',
      previousTo: '2023-02-28',
      comparedMonths: 0,
      ratio: null,
    });
  });

  it('runs weeks across the new year', async () => {
    const { periods } = await fetchTrends('by=week&from=2024-12-23&to=2025-01-06');
    expect(periods.map(({ from, to }) => [from, to])).toEqual([
      ['2024-12-23', '2024-12-30'],
      ['2024-12-30', '2025-01-06'],
    ]);
    expect(periods[1]?.count).toBe(await countRows('2024-12-30', '2025-01-06'));
  });

  it('lists periods without a record', async () => {
    const answer = await fetchTrends('by=month&from=2030-01-01&to=2031-01-01');
    expect(answer.periods).toHaveLength(12);
    expect(answer.periods.every(({ count }) => count === 0)).toBe(true);
  });

  it('applies every filter, and counts unknown hours in the window alone', async () => {
    const answer = await fetchTrends(
      'by=quarter&from=2023-01-01&to=2024-01-01&categories=drugs&communes=10003&hours=3',
    );
    const filters = `category in ('drugs', 'drug_use', 'drug_trade') and commune_code = '10003'`;
    const known = `(occurred_to is null or occurred_to <= occurred_from + interval '1 hour')`;
    const hour = `extract(hour from occurred_from at time zone 'Asia/Ho_Chi_Minh') = 3`;
    expect(answer.total).toBe(await countRows('2023-01-01', '2024-01-01', `${filters} and ${known} and ${hour}`));
    expect(answer.timeUnknown).toBe(await countRows('2023-01-01', '2024-01-01', `${filters} and not ${known}`));
    expect(answer.timeUnknown).toBeGreaterThan(0);
  });

  it('tells how many communes have not reported a month of the period', async () => {
    const months = (await fetchTrends('by=month&from=2022-01-01&to=2022-04-01')).periods;
    // January and every third month after it: two communes are silent beside 10006, which never reported.
    expect(months.map(({ unreportedCommunes }) => unreportedCommunes)).toEqual([3, 1, 1]);
    expect(months.every(({ reported }) => !reported)).toBe(true);
    const some = (await fetchTrends('by=month&from=2022-01-01&to=2022-04-01&communes=10001,10002')).periods;
    expect(some.map(({ reported }) => reported)).toEqual([false, true, true]);
    const [week] = (await fetchTrends('by=week&from=2022-03-28&to=2022-04-04&communes=10002')).periods;
    expect(week).toMatchObject({ reported: false, unreportedCommunes: 1 }); // it touches April
  });

  it('answers the same without a snapshot', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    const path = '/api/trends?by=week&from=2022-03-03&to=2024-11-11&weekdays=2,3&communes=10001,10004';
    expect((await sqlApp.get(path)).body).toEqual((await app.get(path)).body);
    await sqlApp.close();
  });

  it('begins reporting periods on the day the setting says, on the 15th without one', async () => {
    const starts = async () =>
      (await fetchTrends('by=reporting&from=2022-12-20&to=2023-03-20')).periods.map(({ from }) => from);
    expect(await starts()).toEqual(['2022-12-20', '2023-01-15', '2023-02-15', '2023-03-15']);
    await db.knex.transaction(async (transaction) => {
      await transaction('setting').insert({ key: 'reporting_cutoff_day', value: '31' });
      await raiseDataVersion(transaction);
    });
    app.context.version.invalidate();
    expect(await starts()).toEqual(['2022-12-20', '2022-12-31', '2023-01-31', '2023-02-28']);
  });
});
