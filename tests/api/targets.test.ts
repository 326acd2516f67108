import { randomUUID } from 'node:crypto';
import { successesNeeded, wilson } from '@diemnong/analysis';
import { getTargets, type TargetsResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeHistories } from '../support/area-histories.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

const TODAY = '2026-03-15';
const histories = makeHistories({ seed: 20_260_315, areas: 220, communes: COMMUNES, from: '2021-01-04', to: TODAY });

/** Steps that count, from the tables alone: neither the view of the product nor its order of corrections. */
const inForce = `
  select e.area_id, e.type, e.on_date, e.year, e.id
  from area_event e
  where e.type <> 'withdrawn'
    and (e.needs_approval = false or e.id in (select event_id from area_approval where decision = 'approved'))
    and e.id not in (
      select l.supersedes from area_event l
      where l.supersedes is not null
        and (l.needs_approval = false or l.id in (select event_id from area_approval where decision = 'approved')))`;

type Line = { id: string; counts: boolean; on: string; outcome: string | null };

describeOnBothDatabases('GET /api/targets', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${TODAY}T08:00:00+07:00`) });
    db = await open();
    await fillSmallProvince(db);
    await db.knex.batchInsert('area', histories.areas, 200);
    await db.knex.batchInsert('area_event', histories.events, 200);
    await db.knex.batchInsert('area_approval', histories.approvals, 200);
    await db.knex.raw(`create table counted_step as ${inForce}`);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app?.close();
    await db?.close();
  });

  const ask = async (query: string, visitor: Pick<TestApp, 'get'> = app) =>
    (await visitor.get<TargetsResponse>(`/api/targets?${query}`, getTargets)).body;
  const linesOf = (areas: TargetsResponse['transformation']['areas']): Line[] =>
    areas.of
      .map(({ id, counts, on, outcomeOn }) => ({ id, counts, on, outcome: outcomeOn }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));

  /** By the rules of docs/targets.md, in SQL written for this test. */
  async function transformationBySql(year: number, asOf: string): Promise<Line[]> {
    const { rows } = await db.knex.raw<{ rows: Line[] }>(
      `with step as (select * from counted_step),
       closing as (select least(cast(:asOf as date), make_date(cast(:year as int), 12, 31)) as day),
       listing as (
         select area_id, min(on_date) as on_date from step
         where type in ('listed', 'carried_over') and year = :year and on_date <= cast(:asOf as date)
         group by area_id)
       select area.id, listing.on_date::text as on,
              (select min(s.on_date)::text from step s, closing
               where s.area_id = area.id and s.type = 'assessed_success' and s.on_date > listing.on_date
                 and extract(year from s.on_date) = :year and s.on_date <= closing.day) as outcome
       from area join listing on listing.area_id = area.id cross join closing
       where not exists (select from step s where s.area_id = area.id and s.type = 'superseded' and s.on_date <= closing.day)
         and not exists (select from step s where s.area_id = any (area.parents) and s.type = 'superseded' and s.on_date > closing.day)
       order by area.id::text`,
      { year, asOf },
    );
    return rows
      .map((row) => ({ ...row, counts: row.outcome !== null }))
      .map(({ id, counts, on, outcome }) => ({ id, counts, on, outcome }));
  }

  async function noRelapseBySql(year: number, asOf: string): Promise<Line[]> {
    const { rows } = await db.knex.raw<{ rows: Line[] }>(
      `with step as (select * from counted_step),
       success as (
         select area_id, min(on_date) as on_date from step
         where type = 'assessed_success' and extract(year from on_date) = :before and on_date <= cast(:asOf as date)
         group by area_id),
       followed as (
         select success.area_id as id, success.on_date::text as on,
                (select min(s.on_date)::text from step s
                 where s.area_id = success.area_id and s.type = 'relapsed' and s.on_date > success.on_date
                   and s.on_date <= cast(:asOf as date)) as outcome
         from success)
       select * from followed
       where outcome is not null or not exists (
         select from step s where s.area_id = followed.id and s.type = 'superseded' and s.on_date <= cast(:asOf as date))
       order by id::text`,
      { before: year - 1, asOf },
    );
    return rows.map(({ id, on, outcome }) => ({ id, counts: outcome === null, on, outcome }));
  }

  it('holds every kind of history, or the counts below would prove little', async () => {
    const { rows } = await db.knex.raw<{ rows: { type: string; count: number }[] }>(
      `select type, count(*)::int as count from counted_step group by type`,
    );
    const counts = Object.fromEntries(rows.map(({ type, count }) => [type, count]));
    for (const type of [
      'listed',
      'carried_over',
      'assessed_success',
      'assessed_not_yet',
      'relapsed',
      'closed',
      'superseded',
    ])
      expect(counts[type] ?? 0, type).toBeGreaterThan(3);
    const kinds = histories.kinds;
    expect(
      Math.min(kinds.pending, kinds.refused, kinds.corrected, kinds.struck, kinds.parts, kinds.late),
    ).toBeGreaterThan(3);
  });

  it.each(
    [2021, 2022, 2023, 2024, 2025, 2026].flatMap((year) =>
      [`${year}-03-31`, `${year}-08-17`, `${year}-12-31`, '2026-02-28'].map((asOf) => [year, asOf] as const),
    ),
  )('has the same lists for %s as of %s as plain SQL over the steps', async (year, asOf) => {
    const answer = await ask(`year=${year}&asOf=${asOf}`);
    const day = asOf > TODAY ? TODAY : asOf;
    expect(answer.asOf).toBe(day);
    const transformation = await transformationBySql(year, day);
    expect(linesOf(answer.transformation.areas)).toEqual(transformation);
    expect([...answer.transformation.areas.in].sort()).toEqual(
      transformation.filter(({ counts }) => counts).map(({ id }) => id),
    );
    expect([answer.transformation.numerator, answer.transformation.denominator]).toEqual([
      transformation.filter(({ counts }) => counts).length,
      transformation.length,
    ]);
    const noRelapse = await noRelapseBySql(year, day);
    expect(linesOf(answer.noRelapse.areas)).toEqual(noRelapse);
    expect([answer.noRelapse.numerator, answer.noRelapse.denominator]).toEqual([
      noRelapse.filter(({ counts }) => counts).length,
      noRelapse.length,
    ]);
    expect(answer.history.at(-1)).toMatchObject({
      on: day,
      transformation: { numerator: answer.transformation.numerator, denominator: answer.transformation.denominator },
      noRelapse: { numerator: answer.noRelapse.numerator },
    });
  });

  it('has the history of a year, its types and its kinds of communes as the same question asked for each', async () => {
    const answer = await ask('year=2024');
    expect(answer.asOf).toBe('2024-12-31');
    expect(answer.history.map(({ on }) => on)).toEqual(
      Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month + 1, 0)).toISOString().slice(0, 10)),
    );
    for (const { on, transformation, noRelapse } of answer.history) {
      const lines = await transformationBySql(2024, on);
      const followed = await noRelapseBySql(2024, on);
      expect([on, transformation.numerator, transformation.denominator]).toEqual([
        on,
        lines.filter(({ counts }) => counts).length,
        lines.length,
      ]);
      expect([on, noRelapse.numerator, noRelapse.denominator]).toEqual([
        on,
        followed.filter(({ counts }) => counts).length,
        followed.length,
      ]);
    }
    const lines = await transformationBySql(2024, '2024-12-31');
    const typesOf = new Map(histories.areas.map(({ id, types, commune_code }) => [id, { types, commune_code }]));
    for (const { key, transformation } of answer.byType) {
      const own = lines.filter(({ id }) => typesOf.get(id)?.types.includes(Number(key)));
      expect([key, transformation.numerator, transformation.denominator]).toEqual([
        key,
        own.filter(({ counts }) => counts).length,
        own.length,
      ]);
    }
    expect(answer.byType.reduce((sum, { transformation }) => sum + transformation.denominator, 0)).toBeGreaterThan(
      lines.length,
    );
    expect(answer.byCommuneKind.map(({ key }) => key)).toEqual(['phường', 'xã']);
    expect(answer.byCommuneKind[0].transformation.denominator).toBe(
      lines.filter(({ id }) => typesOf.get(id)?.commune_code === COMMUNES[0]).length,
    );
    expect(answer.byCommuneKind.reduce((sum, { transformation }) => sum + transformation.denominator, 0)).toBe(
      lines.length,
    );
  });

  it('has each year at its end, and the running one today', async () => {
    const { byYear, years, cohorts } = await ask('year=2026');
    expect(years).toEqual(byYear.map(({ year }) => year).reverse());
    for (const { year, on, transformation } of byYear) {
      expect(on).toBe(year < 2026 ? `${year}-12-31` : TODAY);
      const lines = await transformationBySql(year, on);
      expect([year, transformation.numerator, transformation.denominator]).toEqual([
        year,
        lines.filter(({ counts }) => counts).length,
        lines.length,
      ]);
    }
    for (const { year, areas, relapsed } of cohorts) {
      const followed = await noRelapseBySql(year + 1, TODAY);
      expect([year, areas, relapsed]).toEqual([year, followed.length, followed.filter(({ counts }) => !counts).length]);
    }
  });

  it('says what is needed, with the interval and the state', async () => {
    const { transformation, noRelapse } = await ask('year=2024');
    for (const fraction of [transformation, noRelapse]) {
      const { numerator, denominator, target } = fraction;
      const least = successesNeeded(denominator, target);
      expect(fraction).toMatchObject({
        ...wilson(numerator, denominator),
        needed: Math.max(0, least - numerator),
        spare: Math.max(0, numerator - least),
      });
      expect(fraction.state === 'met').toBe(numerator >= least);
    }
    expect([transformation.target, noRelapse.target]).toEqual([0.6, 0.85]);
  });

  it('says "no data" for a year without a list, never 0% or 100%', async () => {
    const { transformation, noRelapse, history } = await ask('year=2015');
    for (const fraction of [transformation, noRelapse])
      expect(fraction).toMatchObject({
        denominator: 0,
        rate: null,
        low: null,
        high: null,
        state: 'no-data',
        needed: 0,
      });
    expect(noRelapse.curve).toEqual([]);
    expect(history).toHaveLength(12);
  });

  it('leads from the rate to the list to the file of the decision', async () => {
    const { transformation } = await ask('year=2024');
    const listed = transformation.areas.of.find(({ counts }) => counts);
    if (listed === undefined) throw new Error('nothing was achieved in 2024');
    const [event] = await db
      .knex('area_event')
      .where({ area_id: listed.id, type: listed.carried ? 'carried_over' : 'listed', year: 2024 })
      .whereNot({ decision_number: null })
      .select<{ decision_number: string; files: string[] }[]>('decision_number', 'files');
    expect(listed.decisionNumber).toBe(event.decision_number);
    expect([listed.fileId, event.files.length]).toEqual([event.files[0], 2]);
    expect(listed.outcomeDecisionNumber).toMatch(/^ĐG-/);
  });

  it('counts waiting assessments and open review tasks beside, and in nothing else', async () => {
    const before = await ask('year=2026');
    const waiting = before.transformation.areas.of.find(({ counts, status }) => !counts && status === 'transforming');
    const followed = before.noRelapse.areas.of.find(({ counts }) => counts);
    if (waiting === undefined || followed === undefined) throw new Error('no area to wait for');
    const event = {
      id: randomUUID(),
      area_id: waiting.id,
      province_code: '33',
      commune_code: waiting.commune.code,
      type: 'assessed_success',
      on_date: '2026-03-10',
      needs_approval: true,
      username: 'a',
    };
    await db.knex('area_event').insert(event);
    await db.knex('area_task').insert({
      id: randomUUID(),
      area_id: followed.id,
      province_code: '33',
      commune_code: followed.commune.code,
      rule: 'x',
      data_version: 1,
      window_from: '2025-12-01',
      window_to: '2026-03-01',
      window_count: 5,
      window_days: 90,
      baseline_from: '2023-12-01',
      baseline_to: '2024-03-01',
      baseline_count: 6,
      baseline_days: 91,
    });
    const after = await ask('year=2026');
    expect(after.transformation.pending).toBe(before.transformation.pending + 1);
    expect(after.noRelapse.tasks).toBe(before.noRelapse.tasks + 1);
    expect([after.transformation.numerator, after.noRelapse.numerator]).toEqual([
      before.transformation.numerator,
      before.noRelapse.numerator,
    ]);
    await db.knex('area_approval').insert({
      event_id: event.id,
      province_code: '33',
      commune_code: event.commune_code,
      decision: 'approved',
      username: 'b',
    });
    const approved = await ask('year=2026');
    expect(approved.transformation.pending).toBe(before.transformation.pending);
    expect(approved.transformation.numerator).toBe(before.transformation.numerator + 1);
    await db.knex('area_approval').where({ event_id: event.id }).delete();
    await db.knex('area_event').where({ id: event.id }).delete();
    await db.knex('area_task').delete();
  });

  it('takes the targets and the late day from the rules of the province', async () => {
    const before = await ask('year=2025');
    const rules = { transformationTarget: 0.9, noRelapseTarget: 0.5, lateAfter: '01-15' };
    const { defaultAreaRules } = await import('@diemnong/contracts');
    await db.knex('area_rules').insert({
      province_code: '33',
      year: 2025,
      rules: JSON.stringify({ ...defaultAreaRules, ...rules }),
      username: 'a',
    });
    const after = await ask('year=2025');
    expect([after.transformation.target, after.noRelapse.target]).toEqual([0.9, 0.5]);
    expect(after.transformation.late).toBe(after.transformation.areas.of.filter(({ on }) => on > '2025-01-15').length);
    expect(after.transformation.late).toBeGreaterThan(before.transformation.late);
    expect((await ask('year=2024')).transformation.target).toBe(0.6);
    await db.knex('area_rules').delete();
  });

  it('counts for a commune its own areas, and is closed to viewers', async () => {
    const [own] = COMMUNES;
    const answer = await ask('year=2024', await app.as('commune', { commune: own }));
    const ids = new Set(histories.areas.filter(({ commune_code }) => commune_code === own).map(({ id }) => id));
    const lines = (await transformationBySql(2024, '2024-12-31')).filter(({ id }) => ids.has(id));
    expect(linesOf(answer.transformation.areas)).toEqual(lines);
    expect(lines.length).toBeGreaterThan(3);
    expect((await (await app.as('viewer')).get('/api/targets?year=2024')).status).toBe(403);
  });

  it.each(['', 'year=1999', 'year=2024&asOf=2024-13-01', 'year=2024&cohort=all', 'year=x'])(
    'refuses "%s" with the path of what is wrong',
    async (query) => {
      const { status, body } = await app.get<{ error: { code: string; message: string } }>(`/api/targets?${query}`);
      expect([status, body.error.code]).toEqual([400, 'invalid_input']);
      expect(body.error.message).toMatch(/^query\./);
    },
  );
});
