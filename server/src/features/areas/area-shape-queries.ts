import type { MultiPolygonGeometry } from '@diemnong/contracts';
import type { Knex } from 'knex';

/** A commune of the default set, with its outline as the database holds it. */
export type CommuneOutline = { code: string; provinceCode: string; geometry: MultiPolygonGeometry };

/** A corner and the nearest point of a commune border, metres apart on the spheroid. */
type Corner = { lng: number; lat: number; distanceM: number };

/**
 * Nearest point of any commune border of the default set to each position, index-aligned; null where none lies within `withinM`.
 * Index: none under row security; communes are sifted by their boxes.
 */
export async function listNearestBorderPoints(
  database: Knex,
  positions: readonly (readonly [number, number])[],
  withinM: number,
): Promise<(Corner | null)[]> {
  const { rows } = await database.raw<{ rows: { at: number; lng: number; lat: number; distanceM: number }[] }>(
    `with corner as (
       select at, ST_SetSRID(ST_MakePoint(lng, lat), 4326) as point
       from unnest(cast(:lngs as float8[]), cast(:lats as float8[])) with ordinality as given (lng, lat, at)
     ),
     border as materialized (
       select ST_Boundary(commune.geom) as line
       from commune
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       where commune.geom && (select ST_Expand(ST_Extent(point), :pad) from corner)
     )
     select at::int - 1 as at, ST_X(nearest.point) as lng, ST_Y(nearest.point) as lat, nearest.metres as "distanceM"
     from corner
     cross join lateral (
       select on_border as point, ST_Distance(on_border::geography, corner.point::geography) as metres
       from border
       cross join lateral ST_ClosestPoint(line, corner.point) as on_border
       where ST_DWithin(line, corner.point, :pad)
       order by metres
       limit 1
     ) as nearest
     where nearest.metres <= :withinM
     order by at`,
    {
      lngs: positions.map(([lng]) => lng),
      lats: positions.map(([, lat]) => lat),
      withinM,
      pad: withinM / 90_000, // degrees, a little wide at Viet Nam's latitudes
    },
  );
  const nearest: (Corner | null)[] = positions.map(() => null);
  for (const { at, ...corner } of rows) nearest[at] = corner;
  return nearest;
}

export type Mended = {
  /** EWKB in hexadecimal; null when nothing with an area is left. */
  outline: string | null;
  areaM2: number;
  /** Share by which the area of the worst part changed as it was mended: a small loop changes little, a figure of eight most of it. */
  change: number;
};

/**
 * Make a drawn shape valid: each part for itself, then all of them one. With `snapM`, sides that run along a commune border within
 * that many metres take its corners in. Areas in m² on the spheroid.
 * Method: ST_MakeValid "structure" (GEOS ≥ 3.10); the area of a ring as drawn is the signed one, in which what is gone round the other way
 * counts against the rest. ST_Snap knows no metres, so it works in degrees of latitude, longitudes drawn together by cos(latitude).
 */
export async function mendShape(database: Knex, shape: MultiPolygonGeometry, snapM: number): Promise<Mended> {
  const { rows } = await database.raw<{ rows: [Mended] }>(
    `with part as materialized (
       select (ST_Dump(ST_SetSRID(ST_GeomFromGeoJSON(:shape), 4326))).geom as drawn
     ),
     mended as materialized (
       select ST_Area(drawn) as drawn_area, ST_CollectionExtract(ST_MakeValid(drawn, 'method=structure keepcollapsed=false'), 3) as geom
       from part
     ),
     whole as materialized (
       select ST_Union(geom) as geom, cos(radians(ST_Y(ST_Centroid(ST_Union(geom))))) as narrowing from mended where ST_Area(geom) > 0
     ),
     border as materialized (
       select ST_Collect(corner.geom) as corners
       from commune
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       cross join lateral ST_DumpPoints(commune.geom) as corner
       where cast(:snapM as float8) > 0
         and commune.geom && (select ST_Expand(geom, :snapM / 90000.0) from whole)
         and ST_DWithin(corner.geom, (select ST_Boundary(geom) from whole), :snapM / 90000.0)
     ),
     laid as materialized (
       select case when corners is null then geom
                   else ST_CollectionExtract(ST_MakeValid(
                          ST_Scale(ST_Snap(ST_Scale(geom, narrowing, 1), ST_Scale(corners, narrowing, 1), :snapM / 111320.0), 1 / narrowing, 1),
                          'method=structure keepcollapsed=false'), 3)
              end as geom
       from whole, border
     )
     select case when geom is null or ST_IsEmpty(geom) then null else encode(ST_AsEWKB(ST_Multi(geom)), 'hex') end as outline,
            coalesce(ST_Area(geom::geography), 0) as "areaM2",
            coalesce((select max(abs(drawn_area - ST_Area(mended.geom)) / nullif(greatest(drawn_area, ST_Area(mended.geom)), 0)) from mended), 0)
              as change
     from laid`,
    { shape: JSON.stringify(shape), snapM },
  );
  return rows[0];
}

export type Clipped = {
  provinceCode: string;
  outline: string;
  areaM2: number;
  geometry: MultiPolygonGeometry;
  /** What lies in each commune, largest first, ties to the lowest code; slivers of a square metre are left out. */
  communes: { code: string; areaM2: number }[];
};

/**
 * The part of a shape that lies in communes of the default set, of the given province or (null) of the one that holds most of it;
 * undefined when it lies in none. A shape that lies within them wholly stays as it is, to the last digit.
 */
export async function clipToCommunes(
  database: Knex,
  outline: string,
  provinceCode: string | null,
): Promise<Clipped | undefined> {
  const { rows } = await database.raw<{ rows: Clipped[] }>(
    `with given as materialized (select cast(:outline as geometry) as geom),
     share as materialized (
       select commune.province_code, code, commune.geom,
              ST_Area(ST_CollectionExtract(ST_Intersection(commune.geom, given.geom), 3)::geography) as area_m2
       from given
       join commune on commune.geom && given.geom
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       where cast(:provinceCode as text) is null or commune.province_code = :provinceCode
     ),
     province as (
       select province_code from share where area_m2 > 1 group by 1 order by sum(area_m2) desc, 1 limit 1
     ),
     own as materialized (
       select share.* from share join province using (province_code) where area_m2 > 1
     ),
     land as materialized (select ST_Union(geom) as geom from own),
     clipped as materialized (
       select case when ST_CoveredBy(given.geom, land.geom) then given.geom
                   else ST_Multi(ST_CollectionExtract(ST_Intersection(given.geom, land.geom), 3))
              end as geom
       from given, land
     )
     select (select province_code from province) as "provinceCode",
            encode(ST_AsEWKB(geom), 'hex') as outline,
            ST_Area(geom::geography) as "areaM2",
            ST_AsGeoJSON(geom, 15)::json as geometry,
            (select json_agg(json_build_object('code', code, 'areaM2', area_m2) order by area_m2 desc, code) from own) as communes
     from clipped
     where exists (select from own)`,
    { outline, provinceCode },
  );
  return rows[0];
}

/** A commune of the default set in the province (null: any), as an area; undefined when there is none of that code. */
export async function findCommuneShape(
  database: Knex,
  code: string,
  provinceCode: string | null,
): Promise<{ provinceCode: string; outline: string; areaM2: number } | undefined> {
  const { rows } = await database.raw<{ rows: { provinceCode: string; outline: string; areaM2: number }[] }>(
    `select province_code as "provinceCode", encode(ST_AsEWKB(geom), 'hex') as outline, area_m2 as "areaM2"
     from commune
     join boundary_set on boundary_set.id = boundary_set_id and is_default
     where code = :code and (cast(:provinceCode as text) is null or province_code = :provinceCode)`,
    { code, provinceCode },
  );
  return rows[0];
}

/** Res-10 cells that a commune of the default set owns, ascending; [] where they were not worked out. */
export async function listOwnedCells(database: Knex, code: string): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { cell: string }[] }>(
    `select to_hex(cell) as cell
     from commune_cell
     join boundary_set on boundary_set.id = boundary_set_id and is_default
     where res = 10 and commune_code = :code and is_owned
     order by cell`,
    { code },
  );
  return rows.map(({ cell }) => cell);
}

/** The commune and those that touch it, in full precision, for telling its cells from theirs. */
export async function listCommuneOutlines(database: Knex, code: string): Promise<CommuneOutline[]> {
  const { rows } = await database.raw<{ rows: CommuneOutline[] }>(
    `with own as materialized (
       select boundary_set_id, geom
       from commune
       join boundary_set on boundary_set.id = boundary_set_id and is_default
       where code = :code
     )
     select commune.code, commune.province_code as "provinceCode", ST_AsGeoJSON(commune.geom, 15)::json as geometry
     from commune
     join own on own.boundary_set_id = commune.boundary_set_id and commune.geom && own.geom and ST_Intersects(commune.geom, own.geom)
     order by commune.code`,
    { code },
  );
  return rows;
}
