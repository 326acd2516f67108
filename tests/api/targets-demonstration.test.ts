import { getTargets, type TargetsResponse } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/configuration.ts';
import { createVersionWatch } from '../../server/src/database/version-watch.ts';
import { createDemonstration } from '../../server/src/demonstration/create-demonstration.ts';
import { addDemonstrationAreas } from '../../server/src/demonstration/demo-areas.ts';
import { openAny, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Counts = { year: number; listed: number; achieved: number; followed: number; held: number };

let db: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  db = await openAny();
  const configuration = { ...readConfiguration({}), demo: true };
  const areas = await createDemonstration({ db, version: createVersionWatch(db), configuration }, () => {});
  await addDemonstrationAreas({ db, configuration }, areas, () => {});
  app = await startTestApp(createTestContext(db));
}, 600_000);
afterAll(async () => {
  await app?.close();
  await db?.close();
});

/** Events that count, counted by year from the tables alone. */
async function countEvents(): Promise<Counts[]> {
  const { rows } = await db.knex.raw<{ rows: Counts[] }>(
    `with agreed as (
       select e.* from area_event e
       where not e.needs_approval or e.id in (select event_id from area_approval where decision = 'approved')),
     step as (
       select * from agreed
       where type <> 'withdrawn' and id not in (select supersedes from agreed where supersedes is not null)),
     -- An area that was divided or joined within a year gives its place in that year to those made of it.
     ended as (select area_id, on_date from step where type = 'superseded'),
     listing as (
       select step.year, step.area_id, min(step.on_date) as on_date
       from step join area on area.id = step.area_id
       where step.type in ('listed', 'carried_over')
         and not exists (select from ended where ended.area_id = area.id and ended.on_date <= make_date(step.year, 12, 31))
         and not exists (select from ended where ended.area_id = any (area.parents) and ended.on_date > make_date(step.year, 12, 31))
       group by step.year, step.area_id),
     success as (
       select extract(year from on_date)::int as year, area_id, min(on_date) as on_date
       from step where type = 'assessed_success' group by 1, 2),
     watch as (
       select success.year + 1 as year, success.area_id,
              exists (select from step where step.area_id = success.area_id and type = 'relapsed' and step.on_date > success.on_date
                        and step.on_date <= make_date(success.year + 1, 12, 31)) as is_back
       from success)
     select year, count(*)::int as listed,
            count(*) filter (where exists (
              select from step where step.area_id = listing.area_id and step.type = 'assessed_success'
                and extract(year from step.on_date) = listing.year and step.on_date > listing.on_date))::int as achieved,
            (select count(*)::int from watch where watch.year = listing.year) as followed,
            (select count(*)::int from watch where watch.year = listing.year and not is_back) as held
     from listing
     group by year
     order by year`,
  );
  return rows;
}

it('has for each year of the demonstration the targets that a plain count of its events gives', async () => {
  const counts = await countEvents();
  expect(counts.length).toBeGreaterThanOrEqual(4);
  expect(counts.reduce((sum, { achieved }) => sum + achieved, 0)).toBeGreaterThan(5);
  for (const { year, listed, achieved, followed, held } of counts) {
    const { body } = await app.get<TargetsResponse>(`/api/targets?year=${year}`, getTargets);
    const { transformation, noRelapse } = body;
    expect([
      year,
      transformation.numerator,
      transformation.denominator,
      noRelapse.numerator,
      noRelapse.denominator,
    ]).toEqual([year, achieved, listed, held, followed]);
    expect(transformation.areas.of).toHaveLength(listed);
    expect(transformation.areas.in).toHaveLength(achieved);
  }
});

/** Areas of a year's list and those of them that succeeded in it, by the end of a day, from the tables alone. */
async function countBy(year: number, day: string): Promise<{ listed: number; achieved: number }> {
  const { rows } = await db.knex.raw<{ rows: { listed: number; achieved: number }[] }>(
    `with agreed as (
       select e.* from area_event e
       where not e.needs_approval or e.id in (select event_id from area_approval where decision = 'approved')),
     step as (
       select * from agreed
       where type <> 'withdrawn' and on_date <= cast(:day as date)
         and id not in (select supersedes from agreed where supersedes is not null)),
     own as (
       select area.id
       from area
       where exists (select from step where area_id = area.id and step.year = :year)
         and not exists (select from step where area_id = area.id and type = 'superseded')
         and (cardinality(parents) = 0 or exists (select from step where area_id = any (parents) and type = 'superseded')))
     select count(*)::int as listed,
            count(*) filter (where exists (
              select from step
              where area_id = own.id and type = 'assessed_success' and extract(year from on_date) = :year))::int as achieved
     from own`,
    { year, day },
  );
  return rows[0] ?? { listed: -1, achieved: -1 };
}

it('climbs through the running year as its quarters are reviewed, at the end of each month as a plain count gives it', async () => {
  const { body } = await app.get<TargetsResponse>('/api/targets?year=2026&asOf=2026-10-31', getTargets);
  const climbed: number[] = [];
  for (const { on, transformation } of body.history) {
    const { listed, achieved } = await countBy(2026, on);
    expect([on, transformation.numerator, transformation.denominator]).toEqual([on, achieved, listed]);
    climbed.push(achieved);
  }
  expect(climbed).toEqual([0, 0, 1, 1, 1, 5, 6, 6, 10, 14]);
});

it('leads from the rate to a decision whose file can be read', async () => {
  const [{ year }] = (await countEvents()).filter(({ achieved }) => achieved > 0).slice(-1);
  const { body } = await app.get<TargetsResponse>(`/api/targets?year=${year}`, getTargets);
  const withFile = body.transformation.areas.of.find(({ fileId }) => fileId !== null);
  if (withFile === undefined) throw new Error('no decision of the list has a file');
  const answer = await app.fetch(`/api/areas/${withFile.id}/files/${withFile.fileId}`);
  expect([answer.status, answer.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true]);
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
});
