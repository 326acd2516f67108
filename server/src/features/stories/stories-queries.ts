import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Place, Selection } from '../../snapshot/selection.ts';
import { emptyHourWeekday, type PlaceProfile, snapshotProfile } from '../../snapshot/snapshot-counts.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * What the matching records of one place are like: how many have a point, which kinds, which hours, which communes.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function profilePlace(source: CountSource, selection: Selection, place: Place): Promise<PlaceProfile> {
  if (source.snapshot !== undefined) return snapshotProfile(source.snapshot, selection, place);
  const boundarySet = 'boundarySet' in place ? place.boundarySet : undefined;
  const { rows } = await source.ask((database) =>
    database.raw<{
      rows: {
        category: string;
        commune: string;
        weekday: number;
        hour: number | null;
        isInCell: boolean;
        count: number;
      }[];
    }>(
      `with ${matchingIncidents(boundarySet, source.reference.defaultSet)}
     select category, commune_code as commune, weekday, hour, cell is not null as "isInCell", count(*) as count
     from matching
     where is_match
     group by category, commune_code, weekday, hour, cell is not null`,
      matchingBindings(selection, place, boundarySet),
    ),
  );
  const profile: PlaceProfile = {
    inCells: 0,
    communeOnly: 0,
    categories: new Map(),
    hourWeekday: emptyHourWeekday(),
    communes: new Set(),
  };
  for (const { category, commune, weekday, hour, isInCell, count } of rows) {
    if (isInCell) profile.inCells += count;
    else profile.communeOnly += count;
    profile.categories.set(category, (profile.categories.get(category) ?? 0) + count);
    profile.communes.add(commune);
    if (hour !== null) profile.hourWeekday[weekday - 1][hour] += count;
  }
  return profile;
}
