import { type AreasResponse, defaultAreaRules, getTargets, listAreas, type TargetsResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { makeTangledHistories, type TrueArea, type TrueStep } from '../support/tangled-histories.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

const TODAY = '2026-03-15';
const { areas, areaRows, eventRows, approvalRows } = makeTangledHistories(20_261_122, {
  count: 150,
  communes: COMMUNES,
  to: TODAY,
});
/** Rules that changed over the years. */
const watchMonths: Record<number, number> = { 2021: 24, 2023: 6, 2025: 12 };
const lateAfter: Record<number, string> = { 2021: '03-31', 2023: '02-28', 2025: '06-30' };
const inYear = <Value>(rules: Record<number, Value>, year: number) =>
  Object.entries(rules).findLast(([from]) => Number(from) <= year)?.[1];

const known = (area: TrueArea, day: string) => area.steps.filter(({ on }) => on <= day);
const isA =
  (...types: string[]) =>
  ({ type }: TrueStep) =>
    types.includes(type);
const byId = new Map(areas.map((area) => [area.id, area]));
const goneOn = (area: TrueArea) => area.steps.find(isA('superseded'))?.on ?? '9999-12-31';
const bornOn = ({ parents }: TrueArea) =>
  parents
    .map((id) => goneOn(byId.get(id)!))
    .sort()
    .at(-1) ?? '0000-01-01';
const statusOf = (area: TrueArea, day: string) => {
  const type = known(area, day).at(-1)?.type ?? 'draft';
  return type === 'carried_over' ? 'listed' : type;
};

type Line = { id: string; on: string; outcomeOn: string | null };

/** docs/targets.md, read again by somebody who has not seen the code. */
function transformed(year: number, asOf: string): (Line & { carried: boolean; late: boolean; reshaped: boolean })[] {
  const end = asOf < `${year}-12-31` ? asOf : `${year}-12-31`;
  return areas.flatMap((area) => {
    const steps = known(area, asOf);
    const at = steps.findIndex((step) => step.year === year);
    if (at < 0 || goneOn(area) <= end || bornOn(area) > end) return [];
    const success = steps
      .slice(at)
      .find(({ type, on }) => type === 'assessed_success' && on.startsWith(`${year}-`) && on <= end);
    return {
      id: area.id,
      on: steps[at].on,
      outcomeOn: success?.on ?? null,
      carried: steps[at].type === 'carried_over',
      late: steps[at].on > `${year}-${inYear(lateAfter, year) ?? '03-31'}`,
      reshaped: area.parents.length > 0,
    };
  });
}

type FollowedLine = Line & { days: number };
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

function followed(area: TrueArea, at: number, asOf: string): FollowedLine {
  const steps = known(area, asOf);
  const after = steps.slice(at + 1);
  const relapse = after.find(isA('relapsed'))?.on ?? null;
  const until = relapse ?? after.find(isA('closed'))?.on ?? after.find(isA('superseded'))?.on ?? asOf;
  return { id: area.id, on: steps[at].on, outcomeOn: relapse, days: daysBetween(steps[at].on, until) };
}

function cohortOf(year: number, asOf: string): FollowedLine[] {
  return areas.flatMap((area) => {
    const at = known(area, asOf).findIndex(({ type, on }) => type === 'assessed_success' && on.startsWith(`${year}-`));
    if (at < 0) return [];
    const line = followed(area, at, asOf);
    return line.outcomeOn === null && goneOn(area) <= asOf ? [] : line;
  });
}

/** The same date some months on, or the last day of a shorter month. */
function monthsOn(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

function underWatch(asOf: string): FollowedLine[] {
  return areas.flatMap((area) => {
    const steps = known(area, asOf);
    const at = steps.findLastIndex(isA('assessed_success'));
    if (at < 0) return [];
    const line = followed(area, at, asOf);
    if (line.outcomeOn === null) return steps.slice(at).some(isA('closed')) ? [] : line;
    const begun = steps.slice(at).find(isA('removed'))?.on ?? steps[at].on;
    return monthsOn(begun, inYear(watchMonths, Number(begun.slice(0, 4))) ?? 24) > asOf ? line : [];
  });
}

/** Product over the days of relapse of 1 − relapsed / still followed on that day. */
function survivalOf(
  lines: readonly FollowedLine[],
): [days: number, atRisk: number, events: number, survival: number][] {
  let survival = 1;
  return [...new Set(lines.map(({ days }) => days))]
    .sort((a, b) => a - b)
    .map((day) => {
      const atRisk = lines.filter(({ days }) => days >= day).length;
      const events = lines.filter(({ days, outcomeOn }) => days === day && outcomeOn !== null).length;
      survival *= 1 - events / atRisk;
      return [day, atRisk, events, survival];
    });
}

const shareOf = (lines: readonly Line[], counts: (line: Line) => boolean) =>
  `${lines.filter(counts).length}/${lines.length}`;
const succeeded = ({ outcomeOn }: Line) => outcomeOn !== null;
const held = ({ outcomeOn }: Line) => outcomeOn === null;
const told = ({ numerator, denominator }: { numerator: number; denominator: number }) => `${numerator}/${denominator}`;
const sorted = (lines: readonly { id: string }[]) => lines.map((line) => JSON.stringify(line)).sort();

const random = seededRandom(20_260_315);
const edges = ['01-01', '02-28', '02-29', '03-31', '12-30', '12-31'];
const questions = Array.from({ length: 40 }, () => {
  const year = 2020 + random.integer(8);
  const month = String(1 + random.integer(12)).padStart(2, '0');
  const day = random.chance(0.4) ? random.pick(edges) : `${month}-${String(1 + random.integer(28)).padStart(2, '0')}`;
  const asOf = `${year + random.integer(3) - (random.chance(0.2) ? 1 : 0)}-${day}`;
  return { year, asOf, cohort: random.chance(0.5) ? ('watched' as const) : ('previous-year' as const) };
}).filter(({ asOf }) => !Number.isNaN(Date.parse(asOf)) && (!asOf.endsWith('02-29') || asOf.startsWith('2024')));

describeOnBothDatabases('the targets of histories that crowd', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(`${TODAY}T08:00:00+07:00`) });
    db = await open();
    await fillSmallProvince(db);
    await db.knex.batchInsert('area', areaRows, 200);
    await db.knex.batchInsert('area_event', eventRows, 200);
    await db.knex.batchInsert('area_approval', approvalRows, 200);
    for (const year of [2021, 2023, 2025])
      await db.knex('area_rules').insert({
        province_code: '33',
        year,
        rules: JSON.stringify({ ...defaultAreaRules, watchMonths: watchMonths[year], lateAfter: lateAfter[year] }),
        username: 'a',
      });
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await app?.close();
    await db?.close();
  });

  it('hold steps of one day, second rounds, parts of parts and joined areas, or what follows would prove little', () => {
    const sameDay = areas.filter(({ steps }) => steps.some(({ on }, i) => steps[i + 1]?.on === on));
    const twice = areas.filter(({ steps }) => steps.filter(isA('assessed_success')).length > 1);
    const partsOfParts = areas.filter(({ parents }) => parents.some((id) => byId.get(id)!.parents.length > 0));
    const joined = areas.filter(({ parents }) => parents.length > 1);
    const corrected = eventRows.filter(({ supersedes }) => supersedes !== null);
    for (const some of [sameDay, twice, partsOfParts, joined, corrected]) expect(some.length).toBeGreaterThan(5);
  });

  it.each(questions)('are counted alike for $year as of $asOf, cohort $cohort', async ({ year, asOf, cohort }) => {
    const { body } = await app.get<TargetsResponse>(
      `/api/targets?year=${year}&asOf=${asOf}&cohort=${cohort}`,
      getTargets,
    );
    const day = asOf > TODAY ? TODAY : asOf;
    expect(body.asOf).toBe(day);
    const listed = transformed(year, day);
    const line = ({ id, on, outcomeOn }: Line) => ({ id, on, outcomeOn });
    expect(
      sorted(
        body.transformation.areas.of.map(({ carried, late, reshaped, ...one }) => ({
          ...line(one),
          carried,
          late,
          reshaped,
        })),
      ),
    ).toEqual(sorted(listed));
    expect([body.transformation.carried, body.transformation.late, body.transformation.reshaped]).toEqual([
      listed.filter(({ carried }) => carried).length,
      listed.filter(({ late }) => late).length,
      listed.filter(({ reshaped }) => reshaped).length,
    ]);
    expect(Object.fromEntries(body.transformation.statuses.map(({ status, count }) => [status, count]))).toEqual(
      Object.fromEntries(
        [...Map.groupBy(listed, ({ id }) => statusOf(byId.get(id)!, day))].map(([status, { length }]) => [
          status,
          length,
        ]),
      ),
    );
    const cohortBy = (y: number, on: string) => (cohort === 'watched' ? underWatch(on) : cohortOf(y - 1, on));
    const lines = cohortBy(year, day);
    expect(sorted(body.noRelapse.areas.of.map(line))).toEqual(sorted(lines.map(line)));
    expect([told(body.transformation), told(body.noRelapse)]).toEqual([
      shareOf(listed, succeeded),
      shareOf(lines, held),
    ]);
    const survival = survivalOf(lines);
    expect(
      body.noRelapse.curve.map(({ months, atRisk, events }) => [Math.round(months * 30.4375), atRisk, events]),
    ).toEqual(survival.map(([days, atRisk, events]) => [days, atRisk, events]));
    body.noRelapse.curve.forEach((step, i) => expect(step.survival).toBeCloseTo(survival[i][3], 10));

    for (const { on, transformation, noRelapse } of body.history)
      expect([on, told(transformation), told(noRelapse)]).toEqual([
        on,
        shareOf(transformed(year, on), succeeded),
        shareOf(cohortBy(year, on), held),
      ]);
    expect(body.history.map(({ on }) => on).every((on) => on <= day)).toBe(true);
    for (const { key, transformation, noRelapse } of body.byType) {
      const own = ({ id }: Line) => byId.get(id)!.types.includes(Number(key));
      expect([key, told(transformation), told(noRelapse)]).toEqual([
        key,
        shareOf(listed.filter(own), succeeded),
        shareOf(lines.filter(own), held),
      ]);
    }
    for (const part of ['transformation', 'noRelapse'] as const)
      expect(body.byCommuneKind.reduce((sum, kind) => sum + kind[part].denominator, 0)).toBe(body[part].denominator);
    for (const row of body.byYear) {
      const end = day < `${row.year}-12-31` ? day : `${row.year}-12-31`;
      expect([row.year, row.on, told(row.transformation), told(row.noRelapse)]).toEqual([
        row.year,
        end,
        shareOf(transformed(row.year, end), succeeded),
        shareOf(cohortBy(row.year, end), held),
      ]);
    }
    for (const { year: y, areas: all, relapsed, stillWatched } of body.cohorts) {
      const own = cohortOf(y, day);
      const watched = own.filter(({ id, outcomeOn }) => {
        const steps = known(byId.get(id)!, day);
        const last = steps.findLastIndex(isA('assessed_success'));
        return outcomeOn === null && steps[last].on.startsWith(`${y}-`) && !steps.slice(last).some(isA('closed'));
      });
      expect([y, all, relapsed, stillWatched]).toEqual([y, own.length, own.filter(succeeded).length, watched.length]);
    }
  });

  it.each(['2022-12-31', '2024-01-01', '2024-02-29', '2025-07-09', TODAY])(
    'stand on the board as of %s as they stood',
    async (asOf) => {
      const { body } = await app.get<AreasResponse>(`/api/areas?asOf=${asOf}&limit=10000`, listAreas);
      const there = areas.filter(
        (area) => (area.steps.length === 0 || known(area, asOf).length > 0) && bornOn(area) <= asOf,
      );
      expect(
        sorted(body.areas.map(({ id, status, since, listedYears }) => ({ id, status, since, listedYears }))),
      ).toEqual(
        sorted(
          there.map((area) => ({
            id: area.id,
            status: statusOf(area, asOf),
            since: known(area, asOf).at(-1)?.on ?? null,
            listedYears: [...new Set(known(area, asOf).flatMap(({ year }) => year ?? []))].sort((a, b) => a - b),
          })),
        ),
      );
    },
  );

  it('end with the day it is in Viet Nam, which turns at 17:00 UTC', async () => {
    for (const [instant, day] of [
      ['2026-12-31T16:59:59Z', '2026-12-31'],
      ['2026-12-31T17:00:00Z', '2027-01-01'],
    ] as const) {
      vi.setSystemTime(Date.parse(instant));
      const planner = await app.as('planner', { username: `nam-${day}` });
      const { body } = await planner.get<TargetsResponse>('/api/targets?year=2027', getTargets);
      expect([body.asOf, body.history.map(({ on }) => on)]).toEqual([day, [day]]);
      const marked = await planner.send('POST', '/api/areas', {
        name: `Năm mới ${day}`,
        types: [1],
        place: { undrawnIn: COMMUNES[0] },
        proposedOn: '2027-01-01',
      });
      expect(marked.status).toBe(day === '2027-01-01' ? 201 : 400);
    }
    vi.setSystemTime(Date.parse(`${TODAY}T08:00:00+07:00`));
  });
});
