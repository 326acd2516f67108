import { type CumulativeResponse, getCumulative } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseDataVersion } from '../../server/src/database/data-version.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { askBoth, isIn, localDay, reportedOn } from './trends-support.ts';

describeOnBothDatabases('/api/trends/cumulative', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let ask: ReturnType<typeof askBoth>;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    // The records end within a month.
    await db.knex.raw(`delete from incident where occurred_from >= '2024-08-19T17:00:00Z'`);
    app = await startTestApp(createTestContext(db));
    ask = askBoth(db, () => app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  const fetchYear = (query: string) => ask.fetchAnswer<CumulativeResponse>(getCumulative, query);
  /** The same date a year earlier, by PostgreSQL. */
  const before = async (day: string) =>
    (await ask.list<{ day: string }>(`select (date '${day}' - interval '1 year')::date::text as day`))[0].day;

  it.each([
    ['year=2024', '2024-01-01', '2025-01-01', '01'],
    ['year=2024&by=reporting', '2023-12-15', '2024-12-15', '15'],
    ['year=2023', '2023-01-01', '2024-01-01', '01'],
    ['year=2024&communes=10002,10003&categories=property&weekdays=1,2,3,4,5', '2024-01-01', '2025-01-01', '01'],
  ])(
    'counts %s to the end of each month and to the last record, beside the year before',
    async (query, from, to, date) => {
      const answer = await fetchYear(query);
      const until = to < '2024-08-20' ? to : '2024-08-20';
      expect(answer).toMatchObject({ from, to, until });
      const only = query.includes('communes')
        ? `commune_code in ('10002', '10003') and category in ('property', 'theft', 'robbery', 'fraud')
         and (occurred_to is null or ((occurred_to - interval '1 microsecond') at time zone 'Asia/Ho_Chi_Minh')::date = ${localDay})
         and extract(isodow from ${localDay}) < 6`
        : 'true';
      const ends = answer.points.map((point) => point.to);
      expect(ends.filter((end) => end !== until).every((end) => end.endsWith(`-${date}`))).toBe(true);
      expect(new Set([...ends, until]).size).toBe(ends.length);
      expect(ends.length).toBe(12 + (to < until || until.endsWith(`-${date}`) ? 0 : 1));
      for (const point of answer.points) {
        const current = await ask.count(`${isIn(from, point.to)} and ${only}`);
        const previous = await ask.count(`${isIn(await before(from), await before(point.to))} and ${only}`);
        expect(point).toMatchObject({ to: point.to, current: point.to <= until ? current : null, previous });
        expect(point.goal).toBeCloseTo(previous * 0.95, 9);
      }
      expect(answer.current).toBe(await ask.count(`${isIn(from, until)} and ${only}`));
      expect(answer.current).toBeGreaterThan(20);
      expect(answer.previous).toBe(await ask.count(`${isIn(await before(from), await before(until))} and ${only}`));
      expect(answer.previousWholeYear).toBe(
        await ask.count(`${isIn(await before(from), await before(to))} and ${only}`),
      );
    },
  );

  it('compares what was reported in both years, and tells what was not', async () => {
    const answer = await fetchYear('year=2024');
    const both = (shift: string) =>
      `${reportedOn(localDay)} and ${reportedOn(`${localDay} ${shift} interval '1 year'`)}`;
    const compared = await ask.count(`${isIn('2024-01-01', '2024-08-20')} and ${both('-')}`);
    const previous = await ask.count(`${isIn('2023-01-01', '2023-08-20')} and ${both('+')}`);
    expect(answer).toMatchObject({ comparedCount: compared, comparedPrevious: previous });
    expect(answer.ratio?.value).toBeCloseTo(compared / previous, 9);
    const unreported = async (to: string) =>
      (
        await ask.list<{ n: number }>(
          `select count(*)::int as n
           from commune
           cross join generate_series(date '2024-01-01', date '${to}' - 1, interval '1 month') as begun
           cross join (values (interval '0'), (interval '1 year')) as shifted (back)
           where boundary_set_id = '2025-07'
             and not exists (select 1 from report_month r where r.commune_code = code and r.month = (begun - back)::date)`,
        )
      )[0].n;
    expect(answer.unreported).toBe(await unreported('2024-08-20'));
    for (const { to, unreported: told } of answer.points)
      expect([to, told]).toEqual([to, await unreported(to < '2024-08-20' ? to : '2024-08-20')]);
    expect(answer.unreported).toBeGreaterThan(16); // 10006 alone: 8 months of two years
  });

  it('tells met, likely, and missed from the interval of the ratio, by the goal that is set', async () => {
    const seen = new Set<string>();
    for (const goalPercent of [0, 5, 12, 25, 50]) {
      await db.knex.transaction(async (transaction) => {
        await transaction('setting')
          .insert({ key: 'yearly_reduction_percent', value: String(goalPercent) })
          .onConflict('key')
          .merge();
        await raiseDataVersion(transaction);
      });
      app.context.version.invalidate();
      for (const query of ['year=2024', 'year=2024&communes=10001', 'year=2023', 'year=2024&categories=fraud']) {
        const answer = await fetchYear(query);
        expect(answer.goalPercent).toBe(goalPercent);
        expect(answer.points[0].goal).toBeCloseTo(answer.points[0].previous * (1 - goalPercent / 100), 9);
        const { ratio, state } = answer;
        const wanted = 1 - goalPercent / 100;
        if (ratio === null) expect(state).toBe('no-data');
        else {
          const { value, low, high } = ratio;
          if (state === 'met') expect(high).toBeLessThanOrEqual(wanted);
          else if (state === 'missed') expect(low).toBeGreaterThan(wanted);
          else if (state === 'likely-met') expect(value! <= wanted && high! > wanted).toBe(true);
          else expect(value! > wanted && low! <= wanted).toBe(true);
        }
        seen.add(state);
      }
    }
    expect(seen.has('likely-missed') && seen.has('missed')).toBe(true);
  });

  it('tells that there is nothing to compare with, in a year before the records and in one after them', async () => {
    const first = await fetchYear('year=2021');
    expect(first).toMatchObject({ ratio: null, changePercent: null, state: 'no-data', previous: 0 });
    expect(first.current).toBeGreaterThan(0);
    const later = await fetchYear('year=2030');
    expect(later).toMatchObject({ current: 0, previous: 0, previousWholeYear: 0, state: 'no-data', unreported: 0 });
    expect(later.points.map(({ current }) => current)).toEqual(new Array(12).fill(null));
  });

  it('answers the same without a snapshot', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    for (const query of ['year=2024', 'year=2024&by=reporting&hours=1,2,3', 'year=2022&communes=10004']) {
      const path = `${getCumulative.path}?${query}`;
      expect((await sqlApp.get(path)).body).toEqual((await app.get(path)).body);
    }
    await sqlApp.close();
  });

  it('refuses a year that is none', async () => {
    expect((await app.get(`${getCumulative.path}?year=1900`)).status).toBe(400);
    expect((await app.get(getCumulative.path)).status).toBe(400);
  });
});
