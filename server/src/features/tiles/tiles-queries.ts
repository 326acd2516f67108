import {
  type CommuneRow,
  communesSql,
  type RoadRow,
  roadsSql,
  type TileRows,
  type WaterRow,
  waterSql,
} from '@diemnong/tiles';
import type { Knex } from 'knex';

/**
 * What the tiles are drawn from, as one hexadecimal digest over content, not over versions: an import of incidents leaves
 * it alone, and two servers, or two engines, with the same boundaries, roads and water agree on it.
 * Reads the three tables whole (Hưng Yên, 104 communes at full resolution: 10 ms; see docs/decisions/vector-tiles.md).
 */
export async function digestTileSources(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { digest: string }[] }>(`
    with piece as (
      select 1 as part, commune.province_code, commune.code,
             concat_ws('|', commune.name, commune.full_name, commune.kind, ST_X(commune.label_point), ST_Y(commune.label_point)) as words,
             md5(ST_AsBinary(commune.geom, 'NDR')) as shape
        from commune
        join boundary_set on boundary_set.id = commune.boundary_set_id
       where boundary_set.is_default
      union all
      select 2, province_code, id::text, concat_ws('|', class, coalesce(name, '-'), coalesce(lit::text, '-')), md5(ST_AsBinary(geom, 'NDR'))
        from road
      union all
      select 3, province_code, id::text, concat_ws('|', kind, coalesce(name, '-')), md5(ST_AsBinary(geom, 'NDR'))
        from water
    )
    select md5(coalesce(string_agg(
             md5(concat_ws('|', part, province_code, code, words, shape)), ''
             order by part, province_code collate "C", code collate "C"), '')) as digest
      from piece`);
  return rows[0]?.digest ?? '';
}

/** All rows that tiles are drawn from, in drawing order. The statements stand in tiles/layers. */
export async function listTileRows(database: Knex): Promise<TileRows> {
  const communes = await database.raw<{ rows: CommuneRow[] }>(communesSql);
  const roads = await database.raw<{ rows: RoadRow[] }>(roadsSql);
  const water = await database.raw<{ rows: WaterRow[] }>(waterSql);
  return { communes: communes.rows, roads: roads.rows, water: water.rows };
}
