import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Place, Selection } from '../../snapshot/selection.ts';
import { type DayCounts, snapshotCountByDay } from '../../snapshot/snapshot-counts.ts';
import { type Grouping, type SpanCounts, snapshotCountBySpan } from '../../snapshot/snapshot-spans.ts';
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

/** All categories in one group. */
const together: Grouping = { of: new Map(), count: 1 };

/**
 * Count matching records by group of categories, commune and span of days. `cuts`: ascending day numbers, at least two;
 * span i is [cuts[i], cuts[i + 1]), and the window of `selection` is replaced by all of them.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function countBySpan(
  source: CountSource,
  selection: Selection,
  cuts: readonly number[],
  grouping: Grouping = together,
): Promise<SpanCounts> {
  const whole = { ...selection, fromDay: cuts[0], toDay: cuts[cuts.length - 1] };
  if (source.snapshot !== undefined) return snapshotCountBySpan(source.snapshot, whole, cuts, grouping);
  const { rows } = await source.ask((database) =>
    database.raw<{
      rows: { category: string; commune: string; span: number; count: number; timeUnknown: number }[];
    }>(
      `with ${matchingIncidents()}
     select category,
            commune_code as commune,
            width_bucket(local_day, cast(:cuts as int[])) - 1 as span,
            count(*) filter (where is_match) as count,
            count(*) filter (where is_match is null) as "timeUnknown"
     from matching
     group by category, commune, span
     order by category, commune, span`,
      { ...matchingBindings(whole), cuts: [...cuts] },
    ),
  );
  const spans = cuts.length - 1;
  const counts: SpanCounts = {
    cuts,
    groups: Array.from({ length: grouping.count }, () => new Map()),
    timeUnknown: new Int32Array(spans),
  };
  for (const { category, commune, span, count, timeUnknown } of rows) {
    counts.timeUnknown[span] += timeUnknown;
    if (count === 0) continue;
    const group = counts.groups[grouping.of.get(category) ?? grouping.count - 1];
    const own = group.get(commune) ?? new Int32Array(spans);
    group.set(commune, own);
    own[span] += count;
  }
  return counts;
}
