import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { emptyHourWeekday } from '../../snapshot/snapshot-counts.ts';
import { type Moments, snapshotMoments } from '../../snapshot/snapshot-moments.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * When matching records happened: by weekday and hour where the hour is known, else by start within the week and duration.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function listMoments(source: CountSource, selection: Selection): Promise<Moments> {
  if (source.snapshot !== undefined) return snapshotMoments(source.snapshot, selection);
  const { rows } = await source.ask((database) =>
    database.raw<{
      rows: { weekday: number; hour: number | null; startUs: number; durationUs: number; count: number }[];
    }>(
      `with ${matchingIncidents()},
     timed as (
       select weekday,
              hour,
              case when hour is null then extract(epoch from occurred_from at time zone interval '7 hours') - 86400 * local_day end as start_s,
              case when hour is null then extract(epoch from occurred_to) - extract(epoch from occurred_from) end as duration_s
       from matching
       where is_match
     )
     select weekday, hour,
            coalesce((start_s + 86400 * (weekday - 1)) * 1000000, 0)::float8 as "startUs",
            coalesce(duration_s * 1000000, 0)::float8 as "durationUs",
            count(*) as count
     from timed
     group by 1, 2, 3, 4
     order by 3, 4`,
      matchingBindings(selection),
    ),
  );
  const exact = emptyHourWeekday();
  const unknown = rows.filter(({ hour }) => hour === null);
  for (const { weekday, hour, count } of rows) if (hour !== null) exact[weekday - 1][hour] = count;
  return {
    exact,
    intervals: {
      startUs: Float64Array.from(unknown, ({ startUs }) => startUs),
      durationUs: Float64Array.from(unknown, ({ durationUs }) => durationUs),
      count: Float64Array.from(unknown, ({ count }) => count),
    },
  };
}
