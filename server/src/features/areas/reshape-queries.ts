import type { Knex } from 'knex';

/** How the parts of a divided area lie to it and to each other, as shares of area in degrees. */
export type PartFit = {
  /** Of each part, what lies in the area; null where it is not drawn. In the order of the parts. */
  inside: (number | null)[];
  /** Largest share of a part that lies in another one. */
  overlap: number;
  /** Share of the area that lies in some part; 1 where it is not drawn. */
  covered: number;
};

export async function measureParts(
  transaction: Knex.Transaction,
  areaId: string,
  outlines: readonly string[],
): Promise<PartFit> {
  const { rows } = await transaction.raw<{ rows: [PartFit] }>(
    `with part as materialized (
       select at, cast(outline as geometry) as geom from unnest(cast(:outlines as text[])) with ordinality as given (outline, at)
     )
     select array(
              select ST_Area(ST_Intersection(part.geom, area.geom)) / ST_Area(part.geom)
              from part, area
              where area.id = :areaId
              order by at
            ) as inside,
            coalesce((
              select max(ST_Area(ST_Intersection(a.geom, b.geom)) / least(ST_Area(a.geom), ST_Area(b.geom)))
              from part a join part b on a.at < b.at and a.geom && b.geom
            ), 0) as overlap,
            coalesce((
              select ST_Area(ST_Intersection(ST_Union(part.geom), area.geom)) / ST_Area(area.geom)
              from part, area
              where area.id = :areaId
              group by area.id
            ), 1) as covered`,
    { areaId, outlines: [...outlines] },
  );
  return rows[0];
}

/** The outlines of areas made one, EWKB in hexadecimal; null when none of them is drawn. */
export async function joinOutlines(transaction: Knex.Transaction, ids: readonly string[]): Promise<string | null> {
  const { rows } = await transaction.raw<{ rows: [{ outline: string | null }] }>(
    `select encode(ST_AsEWKB(ST_Multi(ST_CollectionExtract(ST_Union(geom), 3))), 'hex') as outline from area where id = any(:ids)`,
    { ids: [...ids] },
  );
  return rows[0].outline;
}
