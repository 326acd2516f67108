import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Place, Selection } from '../../snapshot/selection.ts';
import { type DayCounts, snapshotCountByDay } from '../../snapshot/snapshot-counts.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * Count matching records of each day of the selection, of one place when it is given.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function countByDay(source: CountSource, selection: Selection, place?: Place): Promise<DayCounts> {
  if (source.snapshot !== undefined) return snapshotCountByDay(source.snapshot, selection, place);
  const boundarySet = place !== undefined && 'boundarySet' in place ? place.boundarySet : undefined;
  const { rows } = await source.ask((database) =>
    database.raw<{ rows: { day: number; count: number; timeUnknown: number }[] }>(
      `with ${matchingIncidents(boundarySet, source.reference.defaultSet)}
     select local_day as day,
            count(*) filter (where is_match) as count,
            count(*) filter (where is_match is null) as "timeUnknown"
     from matching
     group by local_day`,
      matchingBindings(selection, place, boundarySet),
    ),
  );
  const length = selection.toDay - selection.fromDay;
  const counts = { fromDay: selection.fromDay, counts: new Int32Array(length), timeUnknown: new Int32Array(length) };
  for (const { day, count, timeUnknown } of rows) {
    counts.counts[day - selection.fromDay] = count;
    counts.timeUnknown[day - selection.fromDay] = timeUnknown;
  }
  return counts;
}
