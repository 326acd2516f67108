import type { AreaStatus } from '@diemnong/contracts';
import type { Knex } from 'knex';
import type { MovingStep } from './area-steps.ts';
import { statusGivenBy } from './areas-rules.ts';

/** Steps in force by the end of a day, as one row an area: the last one that moves the status, its day, the years of lists. */
const standing = `
  select area_id,
         (array_agg(case type when 'carried_over' then 'listed' else type end order by on_date desc, place desc)
            filter (where on_date <= cast(:asOf as date)))[1] as status,
         max(on_date) filter (where on_date <= cast(:asOf as date)) as since,
         array_agg(distinct year order by year) filter (where year is not null and on_date <= cast(:asOf as date)) as listed_years
  from area_step
  where type not in ('measure', 'reviewed')
  group by area_id`;

/**
 * Where each area stands at the end of the day `:asOf`, one row an area: `(area_id, status, since, listed_years)`; to be put in
 * brackets after `from` or into a CTE. An area is not there yet before its first step, and one made by dividing or joining not
 * before its parents ended; one whose steps were all struck is a draft, since null. The order of steps is that of `replay` (areas-rules.ts).
 * Source: view `area_step`, read once. Bindings: `asOf`, a day. The board works it out in memory (`standingAt`).
 */
export const statusAt = `
  select area.id as area_id,
         coalesce(standing.status, 'draft') as status,
         standing.since,
         coalesce(standing.listed_years, '{}') as listed_years
  from area
  left join (${standing}) as standing on standing.area_id = area.id
  where (standing.area_id is null or standing.status is not null)
    and (area.parents = '{}' or not exists (
          select from area_step as ended
          where ended.area_id = any(area.parents) and ended.type = 'superseded' and ended.on_date > cast(:asOf as date)))`;

/** What the steps in force come to; `status` null before the first one. */
export type Standing = { status: AreaStatus | null; since: string | null; listedYears: number[] };

/** Where an area with a step in force stands at the end of a day; the steps are legal in their order, so the last one says it. */
export function standingAt(steps: readonly MovingStep[], asOf: string): Standing {
  let last: MovingStep | undefined;
  const listedYears: number[] = [];
  // A plain loop, in order of days: the board asks ten thousand times.
  for (const step of steps) {
    if (step.on > asOf) break;
    last = step;
    if (step.year !== null && !listedYears.includes(step.year)) listedYears.push(step.year);
  }
  return {
    status: last === undefined ? null : statusGivenBy(last.type),
    since: last?.on ?? null,
    listedYears: listedYears.sort((a, b) => a - b),
  };
}

/** Review tasks that nobody decided about, by area. */
export async function countOpenTasks(
  transaction: Knex,
  ids: readonly string[] | undefined,
): Promise<Map<string, number>> {
  const { rows } = await transaction.raw<{ rows: { id: string; tasks: number }[] }>(
    `select area_id as id, count(*)::int as tasks from area_task
     where state = 'open' and (cast(:ids as uuid[]) is null or area_id = any(cast(:ids as uuid[])))
     group by area_id`,
    { ids: ids === undefined ? null : [...ids] },
  );
  return new Map(rows.map(({ id, tasks }) => [id, tasks]));
}
