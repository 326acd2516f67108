import type { LngLat, MultiPolygon } from '@diemnong/analysis';
import type { Knex } from 'knex';
import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { type CommuneCounts, snapshotCountByCommune } from '../../snapshot/snapshot-counts.ts';
import { readCommuneShapes } from '../../snapshot/snapshot-queries.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * Count matching records per commune of a boundary set. In the default set a record lies in the commune it carries; in
 * another one a record that is in cells lies where its point does, and the rest is unplaced.
 * @returns communes with a record; `unplaced` are the records in no commune of the set, whether in cells or not.
 * Source: table `incident`, by way of the snapshot; the statement is the definition. Index: `commune_geom_gist`.
 */
export async function countByCommune(
  source: CountSource,
  selection: Selection,
  boundarySet: string | undefined,
): Promise<CommuneCounts> {
  if (source.snapshot !== undefined) return snapshotCountByCommune(source.snapshot, selection, boundarySet);
  const { rows } = await source.ask((database) =>
    database.raw<{
      rows: { code: string | null; inCells: number; communeOnly: number; timeUnknown: number }[];
    }>(
      `with ${matchingIncidents(boundarySet, source.reference.defaultSet)}
     select place_code as code,
            count(*) filter (where is_match and cell is not null) as "inCells",
            count(*) filter (where is_match and cell is null) as "communeOnly",
            count(*) filter (where is_match is null) as "timeUnknown"
     from matching
     group by place_code
     order by place_code`,
      matchingBindings(selection, undefined, boundarySet),
    ),
  );
  const counts: CommuneCounts = { communes: new Map(), inCells: 0, communeOnly: 0, unplaced: 0, timeUnknown: 0 };
  for (const { code, inCells, communeOnly, timeUnknown } of rows) {
    counts.inCells += inCells;
    counts.communeOnly += communeOnly;
    counts.timeUnknown += timeUnknown;
    if (code === null) counts.unplaced = inCells + communeOnly;
    else if (inCells + communeOnly > 0) counts.communes.set(code, { inCells, communeOnly });
  }
  return counts;
}

/** The commune of a set that covers a point, lowest code on a shared border; undefined outside. Index: `commune_geom_gist`. */
export async function findCommuneAt(db: Knex, boundarySet: string, [lng, lat]: LngLat): Promise<string | undefined> {
  const { rows } = await db.raw<{ rows: { code: string }[] }>(
    `select code
     from commune
     where boundary_set_id = :boundarySet
       and ST_Intersects(geom, ST_SetSRID(ST_MakePoint(cast(:lng as float8), cast(:lat as float8)), 4326))
     order by code
     limit 1`,
    { boundarySet, lng, lat },
  );
  return rows[0]?.code;
}

/**
 * Which communes of the default set each commune of another set shares owned cells with, at the finest resolution
 * filled up to 9. A commune that shares none is absent.
 */
export async function listOverlappingCommunes(
  db: Knex,
  boundarySet: string,
  defaultSet: string,
): Promise<Map<string, string[]>> {
  const { rows } = await db.raw<{ rows: { code: string; overlapped: string[] }[] }>(
    `select own.commune_code as code, array_agg(distinct base.commune_code) as overlapped
     from commune_cell as own
     join commune_cell as base using (res, cell)
     where own.boundary_set_id = :boundarySet and own.is_owned
       and base.boundary_set_id = :defaultSet and base.is_owned
       and own.res = (
         select max(res) from commune_cell
         where boundary_set_id = :boundarySet and res <= 9
       )
     group by own.commune_code`,
    { boundarySet, defaultSet },
  );
  return new Map(rows.map(({ code, overlapped }) => [code, overlapped]));
}

export type CommuneOutline = { code: string; geometry: MultiPolygon; labelPoint: [number, number] };

/** Full-precision shapes of a set with the place of their label, by code. */
export async function readCommuneOutlines(db: Knex, boundarySet: string): Promise<CommuneOutline[]> {
  const shapes = await readCommuneShapes(db, boundarySet);
  const { rows } = await db.raw<{ rows: { code: string; lng: number; lat: number }[] }>(
    `select code, ST_X(label_point) as lng, ST_Y(label_point) as lat
     from commune
     where boundary_set_id = :boundarySet`,
    { boundarySet },
  );
  const labels = new Map(rows.map(({ code, lng, lat }) => [code, [lng, lat] as [number, number]]));
  return shapes.map(({ code, geometry }) => ({ code, geometry, labelPoint: labels.get(code) ?? [0, 0] }));
}
