import {
  type ChangesResponse,
  type GroupTableResponse,
  getChanges,
  getGroupTable,
  getSeason,
  type SeasonResponse,
} from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { askBoth, isIn, localDay, reportedOn, tets } from './trends-support.ts';

const near = (value: number | null | undefined, expected: number) => expect(value).toBeCloseTo(expected, 6);

describeOnBothDatabases('/api/trends of series', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let ask: ReturnType<typeof askBoth>;
  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    // Without the heaps on borders of months, which would look like a season.
    await db.knex.raw(`delete from incident where right(reference, 1) in ('0', '5')`);
    // From July 2023 on every record three times: a level that can be found.
    for (const copy of ['A', 'B'])
      await db.knex.raw(
        `insert into incident (province_code, office, reference, batch_id, category, occurred_from, occurred_to, state, precision, commune_code)
         select province_code, office, reference || '${copy}', batch_id, category, occurred_from, occurred_to, state, 'commune', commune_code
         from incident where ${localDay} >= '2023-07-01' and length(reference) < 8 and reference not like '%A'`,
      );
    app = await startTestApp(createTestContext(db));
    ask = askBoth(db, () => app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  /**
   * The rule for unreported months in SQL: what the reporting communes had in each window, and for how many days that counts.
   * Windows: rows (label, first, ending).
   */
  const countReported = (windows: string, only = 'true') =>
    ask.list<{ window: string; count: number; counted: number; share: number; days: number }>(
      `with windows (label, first, ending) as (${windows}),
       part as (
         select label, first, ending, code, ending - first as days,
                not exists (
                  select 1 from generate_series(date_trunc('month', first), ending - 1, interval '1 month') as begun
                  where not exists (select 1 from report_month r where r.commune_code = code and r.month = begun::date)
                ) as is_reported,
                (select count(*) from incident where commune_code = code and ${localDay} >= first and ${localDay} < ending and ${only}) as records
         from windows
         cross join commune
         where boundary_set_id = '2025-07'
       ),
       usual as (
         select code, sum(records) / sum(days) as per_day from part where is_reported group by code
       )
       select label as window,
              sum(records)::int as count,
              coalesce(sum(records) filter (where is_reported), 0)::int as counted,
              (coalesce(sum(per_day) filter (where is_reported), 0) / (select sum(per_day) from usual))::float8 as share,
              (max(days) * coalesce(sum(per_day) filter (where is_reported), 0) / (select sum(per_day) from usual))::float8 as days
       from part left join usual using (code)
       group by label, first
       order by first`,
    );
  const months = (from: string, to: string) =>
    `select to_char(m, 'YYYY-MM-DD'), m::date, (m + interval '1 month')::date
     from generate_series(date '${from}', date '${to}' - 1, interval '1 month') as m`;

  it('tells the months of whole years and the weeks around Tết, with what was reported', async () => {
    const answer = await ask.fetchAnswer<SeasonResponse>(getSeason, 'from=2021-07-10&to=2025-01-01');
    expect(answer.years).toEqual([2022, 2023, 2024]);
    expect(answer.n).toBe(await ask.count(isIn('2021-07-10', '2025-01-01')));
    const rows = await countReported(months('2022-01-01', '2025-01-01'));
    for (const [i, { count, counted, share }] of rows.entries()) {
      expect([i, answer.months[i % 12].counts[Math.floor(i / 12)]]).toEqual([i, share < 0.5 ? null : counted]);
      if (share < 1) expect(counted).toBeLessThanOrEqual(count);
    }
    expect(rows.some(({ share }) => share < 1)).toBe(true);
    expect(answer.months.map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(answer.tet.years).toEqual([2022, 2023, 2024].map((year) => ({ year, day: tets[year] })));
    const weeks = await countReported(
      [2022, 2023, 2024]
        .flatMap((year) =>
          Array.from({ length: 17 }, (_, i) => i - 8).map(
            (week) =>
              `select '${year} ${week}', date '${tets[year]}' + ${7 * week}, date '${tets[year]}' + ${7 * week + 7}`,
          ),
        )
        .join(' union all '),
    );
    for (const [i, { counted, share }] of weeks.entries())
      expect(answer.tet.weeks[i % 17].counts[Math.floor(i / 17)]).toBe(share < 0.5 ? null : counted);
    expect(answer.tet.weeks.map(({ week }) => week)).toEqual([
      -8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    // Tết 2022 began on 1 February: its weeks reach into December 2021, which nobody reported.
    expect(weeks.some(({ share }) => share === 0)).toBe(true);
    for (const { index, low, high } of [...answer.months, ...answer.tet.weeks]) {
      expect(low).toBeLessThan(index!);
      expect(index).toBeLessThan(high!);
    }
    const mean = answer.months.reduce((sum, { index }) => sum + index!, 0) / 12;
    expect(Math.abs(mean - 1)).toBeLessThan(0.02);
  });

  it('tells the index of a month as its rate per day against the whole, where all was reported', async () => {
    const answer = await ask.fetchAnswer<SeasonResponse>(
      getSeason,
      'from=2022-01-01&to=2025-01-01&communes=10001,10003,10005',
    );
    const rows = await ask.list<{ month: number; n: number; days: number }>(
      `select month, (select count(*) from incident where ${isIn('2022-01-01', '2025-01-01')}
                        and commune_code in ('10001', '10003', '10005') and extract(month from ${localDay}) = month)::int as n,
              (select count(*) from generate_series(date '2022-01-01', date '2024-12-31', interval '1 day') as d where extract(month from d) = month)::int as days
       from generate_series(1, 12) as month`,
    );
    const total = rows.reduce((sum, { n }) => sum + n, 0) / rows.reduce((sum, { days }) => sum + days, 0);
    // Years of unlike length and level: not the plain share, but near it.
    for (const [i, { n, days }] of rows.entries())
      expect(Math.abs(answer.months[i].index! / (n / days / total) - 1)).toBeLessThan(0.02);
  });

  it('tells no season without a whole year, and no Tết without its weeks', async () => {
    const answer = await ask.fetchAnswer<SeasonResponse>(getSeason, 'from=2023-01-02&to=2023-12-31');
    expect(answer).toMatchObject({ years: [], tet: { years: [] } });
    expect(
      [...answer.months, ...answer.tet.weeks].every(({ index, counts }) => index === null && counts.length === 0),
    ).toBe(true);
  });

  it.each(['month', 'quarter', 'reporting'])('counts groups by %s beside the year before', async (by) => {
    const answer = await ask.fetchAnswer<GroupTableResponse>(
      getGroupTable,
      `from=2023-02-10&to=2024-07-01&by=${by}&categories=property,drug_use,unclassified`,
    );
    expect(answer.rows.map(({ code }) => code)).toEqual(['property', 'drugs', 'unclassified', null]);
    const of = (code: string | null) =>
      ({
        property: `category in ('property', 'theft', 'robbery', 'fraud')`,
        drugs: `category = 'drug_use'`,
        unclassified: `category = 'unclassified'`,
      })[code ?? ''] ?? `category in ('property', 'theft', 'robbery', 'fraud', 'drug_use', 'unclassified')`;
    const yearBefore = (day: string) => `(date '${day}' - interval '1 year')::date`;
    const both = (shift: string) =>
      `${reportedOn(localDay)} and ${reportedOn(`${localDay} ${shift} interval '1 year'`)}`;
    const countBefore = (from: string, to: string, only: string) =>
      ask.count(`${localDay} >= ${yearBefore(from)} and ${localDay} < ${yearBefore(to)} and ${only}`);
    for (const row of answer.rows) {
      const only = of(row.code);
      expect(row.total).toBe(await ask.count(`${isIn('2023-02-10', '2024-07-01')} and ${only}`));
      expect(row.previous).toBe(await countBefore('2023-02-10', '2024-07-01', only));
      expect(row.isSmallBase).toBe(row.comparedPrevious < 20);
      expect(row.changePercent === null).toBe(row.isSmallBase);
      for (const [i, { from, to }] of answer.periods.entries()) {
        const comparedCount = await ask.count(`${isIn(from, to)} and ${only} and ${both('-')}`);
        const comparedPrevious = await countBefore(from, to, `${only} and ${both('+')}`);
        expect(row.cells[i]).toMatchObject({
          count: await ask.count(`${isIn(from, to)} and ${only}`),
          previous: await countBefore(from, to, only),
          comparedCount,
          comparedPrevious,
        });
        if (comparedCount > 0 && comparedPrevious > 0)
          near(row.cells[i].ratio?.value, comparedCount / comparedPrevious);
      }
      expect(row.cells.reduce((sum, { comparedCount }) => sum + comparedCount, 0)).toBe(row.comparedCount);
      expect(row.cells.reduce((sum, { count }) => sum + count, 0)).toBe(row.total);
    }
    expect(answer.periods.every(({ unreportedCommunes }) => unreportedCommunes >= 1)).toBe(true);
  });

  it('counts records of a category that is no longer in the tree among all', async () => {
    const { rows } = await ask.fetchAnswer<GroupTableResponse>(getGroupTable, 'from=2023-01-01&to=2024-01-01&by=year');
    const [property, drugs, unclassified, all] = rows;
    expect(all.total).toBe(await ask.count(isIn('2023-01-01', '2024-01-01')));
    expect(all.total - property.total - drugs.total - unclassified.total).toBe(
      await ask.count(`${isIn('2023-01-01', '2024-01-01')} and category = 'removed_code'`),
    );
    expect(all.trend).toBeNull();
  });

  it('tells the trend of a group over whole periods, per day of what was reported', async () => {
    const { rows } = await ask.fetchAnswer<GroupTableResponse>(getGroupTable, 'from=2022-01-20&to=2024-02-11&by=month');
    const steps = (
      await countReported(months('2022-02-01', '2024-02-01'), `category in ('drugs', 'drug_use', 'drug_trade')`)
    ).filter(({ share }) => share >= 0.5);
    expect(steps.length).toBeGreaterThan(20);
    const perDay = steps.map(({ counted, days }) => counted / days);
    const slopes: number[] = [];
    let [s, pairs, ties] = [0, 0, 0];
    perDay.forEach((later, j) => {
      for (const [i, earlier] of perDay.slice(0, j).entries()) {
        slopes.push((later - earlier) / (j - i));
        s += Math.sign(later - earlier);
        pairs++;
        if (later === earlier) ties++;
      }
    });
    slopes.sort((a, b) => a - b);
    const middle = (slopes[(slopes.length - 1) >> 1] + slopes[slopes.length >> 1]) / 2;
    const trend = rows.find(({ code }) => code === 'drugs')?.trend;
    near(trend?.tau, s / Math.sqrt(pairs * (pairs - ties)));
    near(trend?.slope, (middle * (365 + 365)) / 24);
    expect(trend?.p).toBeLessThan(0.05); // three times as many from July 2023
  });

  it('finds since when there is another level, and fits what was reported', async () => {
    const answer = await ask.fetchAnswer<ChangesResponse>(getChanges, 'from=2021-12-15&to=2025-01-01');
    expect(answer.n).toBe(await ask.count(isIn('2021-12-15', '2025-01-01')));
    const rows = await countReported(months('2022-01-01', '2025-01-01'));
    expect(answer.months).toHaveLength(36);
    for (const [i, { window, counted, share }] of rows.entries()) {
      const month = answer.months[i];
      expect(month).toMatchObject({ from: window, counted, reported: false }); // 10006 never reported
      expect(month.count).toBe(await ask.count(isIn(month.from, month.to)));
      near(month.share, share);
      expect(month.fitted === null).toBe(share < 0.5);
    }
    expect(answer.usable).toBe(rows.filter(({ share }) => share >= 0.5).length);
    expect(answer.changes.map(({ at }) => at)).toContain('2023-07-01');
    const change = answer.changes.find(({ at }) => at === '2023-07-01');
    expect(change?.ratio?.low).toBeGreaterThan(1.5);
    // The likeliest single break, by trying all of them.
    const used = rows.filter(({ share }) => share >= 0.5);
    const fit = (part: typeof used) => {
      const [n, days] = [
        part.reduce((sum, { counted }) => sum + counted, 0),
        part.reduce((sum, row) => sum + row.days, 0),
      ];
      return n * Math.log(n / days);
    };
    const likelihoods = used.slice(1).map((_, i) => fit(used.slice(0, i + 1)) + fit(used.slice(i + 1)));
    expect(used[1 + likelihoods.indexOf(Math.max(...likelihoods))].window).toBe('2023-07-01');
    // The fitted months of a segment sum to what was counted in them.
    for (const { from, to, level, low, high } of answer.segments) {
      const inside = answer.months.filter((month) => month.from >= from && month.to <= to && month.fitted !== null);
      const fitted = inside.reduce((sum, month) => sum + month.fitted!, 0);
      const counted = inside.reduce((sum, month) => sum + month.counted, 0);
      expect(Math.abs(fitted / counted - 1)).toBeLessThan(0.01);
      expect([low, level, high]).toEqual([low, level, high].toSorted((a, b) => a - b));
    }
    expect(answer.segments[0]?.from).toBe('2022-01-01');
    expect(answer.segments.at(-1)?.to).toBe('2025-01-01');
    expect(answer.trend?.p).toBeLessThan(0.05);
  });

  it('calls nothing a change under the months that are needed', async () => {
    const answer = await ask.fetchAnswer<ChangesResponse>(getChanges, 'from=2023-01-01&to=2024-01-01');
    expect(answer).toMatchObject({ usable: 12, needed: 24, segments: [], changes: [] });
  });

  it('answers the same without a snapshot', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    for (const path of [
      `${getSeason.path}?from=2021-07-10&to=2025-01-01&categories=theft,drugs`,
      `${getGroupTable.path}?from=2022-03-03&to=2024-11-11&by=quarter&weekdays=6,7&communes=10001,10002`,
      `${getChanges.path}?from=2021-07-10&to=2025-01-01&hours=20,21,22,23,0,1`,
    ]) {
      const fast = await app.get(path);
      expect([path, fast.status]).toEqual([path, 200]);
      expect((await sqlApp.get(path)).body).toEqual(fast.body);
    }
    await sqlApp.close();
  });
});
