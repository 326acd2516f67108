/**
 * The board (GET /api/areas) and the targets (GET /api/targets) of 10,000 areas with 100,000 steps, through HTTP, signed in, on
 * the server database. The peer, in the same run: the status of each area on a day by a correlated subquery an area, which is
 * what one would write first. Seeded. Prints times and ratios; fails when an answer takes 300 ms or more, or when the statuses differ.
 * Usage: npm run bench -- areas
 */
import { availableParallelism, cpus } from 'node:os';
import type { AreasResponse, TargetsResponse } from '@diemnong/contracts';
import { scopeOf } from '../../server/src/access/scope.ts';
import { makeHistories } from '../support/area-histories.ts';
import { openTestServer } from '../support/database.ts';
import prepareDatabases from '../support/database-templates.ts';
import { COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

const areaCount = 10_000;
const limitMs = 300;

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
await prepareDatabases();
const db = await openTestServer();
let app: TestApp | undefined;
try {
  await fillSmallProvince(db);
  const histories = makeHistories({
    seed: 20_261_122,
    areas: areaCount,
    communes: COMMUNES,
    from: '2021-01-04',
    to: '2026-11-15',
    reviews: 0,
  });
  await db.knex.batchInsert('area', histories.areas, 1000);
  await db.knex.batchInsert('area_event', histories.events, 1000);
  await db.knex.batchInsert('area_approval', histories.approvals, 1000);
  await db.knex.raw('analyze area, area_event, area_approval');
  app = await startTestApp(createTestContext(db));
  const { get } = app;
  console.log(`${histories.areas.length} areas, ${histories.events.length} steps, all of them moving the status`);

  const board = await measure(() => get<AreasResponse>('/api/areas?limit=10000'));
  const first = await measure(() => get<AreasResponse>('/api/areas?limit=1000'));
  const targets = await measure(() => get<TargetsResponse>('/api/targets?year=2025'));
  const running = await measure(() => get<TargetsResponse>('/api/targets?year=2026'));
  const naive = await measure(statusesByCorrelatedQuery);
  const { transformation, noRelapse } = targets.result.body;
  console.log(
    `targets of 2025: ${transformation.numerator}/${transformation.denominator}, ${noRelapse.numerator}/${noRelapse.denominator}`,
  );
  console.log(`board, all areas:      ${board.text}`);
  console.log(`board, first 1,000:    ${first.text}`);
  console.log(`targets of 2025:       ${targets.text}`);
  console.log(`targets, running year: ${running.text}`);
  console.log(`peer, statuses alone:  ${naive.text}`);
  console.log(
    `ratio: the whole board ${(naive.mean / board.mean).toFixed(1)} times, the targets ${(naive.mean / targets.mean).toFixed(1)} times as fast as the peer's statuses alone`,
  );
  compareStatuses(board.result.body, naive.result);
  for (const [name, { mean }] of Object.entries({ board, first, targets, running }))
    if (mean >= limitMs) fail(`${name}: ${mean.toFixed(0)} ms, limit ${limitMs} ms`);
} finally {
  await app?.close();
  await db.close();
}

/** The peer: for each area, the last of its steps that count, each step asked anew whether it counts. */
async function statusesByCorrelatedQuery(): Promise<Map<string, string>> {
  const everybody = scopeOf({ id: null, role: 'admin', provinceCode: null, communeCode: null });
  const { rows } = await db.transaction(everybody, (transaction) =>
    transaction.raw<{ rows: { id: string; status: string | null }[] }>(
      `select area.id,
            (select case event.type when 'carried_over' then 'listed' else event.type end
             from area_event as event
             where event.area_id = area.id
               and event.type not in ('withdrawn', 'measure', 'reviewed')
               and event.on_date <= current_date
               and (not event.needs_approval
                 or exists (select from area_approval where event_id = event.id and decision = 'approved'))
               and not exists (
                 select from area_event as later
                 where later.supersedes = event.id
                   and (not later.needs_approval
                     or exists (select from area_approval where event_id = later.id and decision = 'approved')))
             order by event.on_date desc, event.sequence desc
             limit 1) as status
     from area`,
    ),
  );
  return new Map(rows.map(({ id, status }) => [id, status ?? 'draft']));
}

function compareStatuses({ areas }: AreasResponse, expected: Map<string, string>): void {
  // An area whose parents are not ended yet is not on the board; all others are.
  const wrong = areas.filter(({ id, status }) => expected.get(id) !== status);
  if (wrong.length > 0) fail(`${wrong.length} statuses differ from the peer's`);
  if (areas.length < expected.size - 10) fail(`${expected.size - areas.length} areas are missing on the board`);
}

async function measure<Result>(run: () => Promise<Result>, runs = 9) {
  let result = await run(); // warm
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const begun = performance.now();
    result = await run();
    times.push(performance.now() - begun);
  }
  const mean = times.reduce((sum, ms) => sum + ms, 0) / runs;
  const deviation = Math.sqrt(times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / (runs - 1));
  return {
    result,
    mean,
    text: `${mean.toFixed(0)} ± ${deviation.toFixed(0)} ms, min ${Math.min(...times).toFixed(0)} ms`,
  };
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
