import type { Knex } from 'knex';
import { startOfDaySeconds } from './local-days.ts';
import type { Place, Selection } from './selection.ts';

/**
 * The definition of "records that match": `with matching as (…)`, on which the features' queries count. Columns: category,
 * commune_code, cells, geom, occurred_from, occurred_to, local_day (day number), weekday of that day, hour and is_match.
 *
 * Local time is UTC+7 (analysis/time-zone.ts). `hour` is null unless the time is known to within one hour. `is_match` is
 * three-valued: null when a filter on hours or weekdays cannot be decided and no other is false ("time unknown").
 * `place_code` is the record's commune in `boundarySet`: the one it carries in the default set, the one its point lies in
 * in another set, null when no set is given.
 * Index: `incident_time` where the province is the only one; else a sequential scan.
 */
export function matchingIncidents(boundarySet?: string, defaultSet?: string): string {
  const placedBy = boundarySet === undefined ? 'nothing' : boundarySet === defaultSet ? 'code' : 'point';
  return `matching as (
    select incident.category, incident.commune_code, incident.cell, incident.cell_9, incident.cell_8, incident.cell_7, incident.geom,
           incident.occurred_from, incident.occurred_to,
           placed.code as place_code, local_time.day as local_day, local_time.weekday, known.hour,
           (cast(:hours as int[]) is null or known.hour = any (cast(:hours as int[])))
           and (cast(:weekdays as int[]) is null or known.weekday = any (cast(:weekdays as int[]))) as is_match
    from incident
    cross join lateral (
      select occurred_from at time zone interval '7 hours' as started
    ) as wall_clock
    cross join lateral (
      select started::date - date '1970-01-01' as day,
             extract(isodow from started)::int as weekday,
             (date_trunc('day', started) + interval '1 day') at time zone interval '7 hours' as day_end
    ) as local_time
    cross join lateral (
      select case when occurred_to is null or occurred_to <= occurred_from + interval '1 hour'
                  then extract(hour from started)::int end as hour,
             case when occurred_to is null or occurred_to <= day_end then local_time.weekday end as weekday
    ) as known
    left join ${placements[placedBy]} as placed on true
    where occurred_from >= to_timestamp(:fromSeconds)
      and occurred_from < to_timestamp(:toSeconds)
      and (cast(:categories as text[]) is null or category = any (cast(:categories as text[])))
      and (cast(:communes as text[]) is null or commune_code = any (cast(:communes as text[])))
      and (cast(:cells as bigint[]) is null or incident.cell = any (cast(:cells as bigint[])))
      and (cast(:placeCell as bigint) is null or :placeCellColumn: = cast(:placeCell as bigint))
      and (cast(:placeCommune as text) is null or placed.code = cast(:placeCommune as text))
  )`;
}

const placements = {
  code: `lateral (
      select commune.code from commune
      where boundary_set_id = :boundarySet and commune.code = incident.commune_code
    )`,
  // Lowest code on a shared border, as the import places points.
  point: `lateral (
      select commune.code from commune
      where boundary_set_id = :boundarySet and incident.cell is not null and ST_Intersects(commune.geom, incident.geom)
      order by commune.code
      limit 1
    )`,
  nothing: '(select null::text as code)',
};

export const cellColumns = { 7: 'cell_7', 8: 'cell_8', 9: 'cell_9', 10: 'cell' } as const;

/** Bindings of `matchingIncidents`; null = no such filter. */
export function matchingBindings(
  selection: Selection,
  place?: Place,
  boundarySet?: string,
): Record<string, Knex.Value> {
  const isCell = place !== undefined && 'cell' in place;
  return {
    fromSeconds: startOfDaySeconds(selection.fromDay),
    toSeconds: startOfDaySeconds(selection.toDay),
    categories: selection.categories ?? null,
    communes: selection.communes ?? null,
    hours: selection.hours ?? null,
    weekdays: selection.weekdays ?? null,
    cells: selection.cells?.map(toDatabaseCell) ?? null,
    placeCell: isCell ? toDatabaseCell(place.cell) : null,
    placeCellColumn: isCell ? cellColumns[place.res] : 'cell',
    placeCommune: place !== undefined && !isCell ? place.commune : null,
    boundarySet: boundarySet ?? null,
  };
}

/** A cell in the database's form. */
function toDatabaseCell(cell: string): string {
  return BigInt(`0x${cell}`).toString();
}
