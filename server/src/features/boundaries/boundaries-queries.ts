import type { Knex } from 'knex';
import type { Province } from './provinces.ts';

/** A commune ready to be stored; `ewkb` is its outline as read, not yet repaired. */
export type CommuneRow = {
  code: string;
  name: string;
  fullName: string;
  kind: string;
  provinceCode: string;
  population: number | null;
  ewkb: Buffer;
};

export type StoredSet = { fingerprint: string | undefined; report: unknown };

/** What an earlier import of this set left; undefined when there is no such set. */
export async function findBoundarySet(database: Knex, set: string): Promise<StoredSet | undefined> {
  const row = await database('boundary_set')
    .where({ id: set })
    .first<{ report: Record<string, unknown> } | undefined>('report');
  if (row === undefined) return undefined;
  const { fingerprint, ...report } = row.report;
  return { fingerprint: typeof fingerprint === 'string' ? fingerprint : undefined, report };
}

/** Claims the set's id: a second import of it waits here for the end of the first, then fails on the key. */
export async function insertBoundarySet(
  transaction: Knex.Transaction,
  set: { id: string; name: string; validFrom: string; validTo: string | undefined },
): Promise<void> {
  await transaction.raw(
    `insert into boundary_set (id, name, valid_from, valid_to, is_default)
     values (:id, :name, :validFrom, :validTo, not exists (select from boundary_set where is_default))`,
    { ...set, validTo: set.validTo ?? null },
  );
}

export async function saveReport(transaction: Knex.Transaction, set: string, report: object): Promise<void> {
  await transaction('boundary_set')
    .where({ id: set })
    .update({ report: JSON.stringify(report) });
}

export async function insertProvinces(transaction: Knex.Transaction, provinces: readonly Province[]): Promise<void> {
  await transaction('province')
    .insert(provinces.map(({ code, nameVi, nameEn }) => ({ code, name_vi: nameVi, name_en: nameEn })))
    .onConflict('code')
    .ignore();
}

/** A table of this transaction only, where outlines are repaired before they become communes. */
export async function createStage(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('drop table if exists boundary_stage');
  await transaction.raw(
    `create temporary table boundary_stage (
       code text collate "C" primary key,
       province_code text not null,
       name text not null,
       full_name text not null,
       kind text not null,
       population integer,
       geom geometry(MultiPolygon, 4326) not null
     ) on commit drop`,
  );
}

export async function stageCommunes(transaction: Knex.Transaction, communes: readonly CommuneRow[]): Promise<void> {
  await transaction.raw(
    `insert into boundary_stage (code, province_code, name, full_name, kind, population, geom)
     select code, province_code, name, full_name, kind, population, ST_GeomFromEWKB(outline)
     from unnest(:codes::text[], :provinceCodes::text[], :names::text[], :fullNames::text[], :kinds::text[], :populations::integer[], :outlines::bytea[])
       as given (code, province_code, name, full_name, kind, population, outline)`,
    {
      codes: communes.map(({ code }) => code),
      provinceCodes: communes.map(({ provinceCode }) => provinceCode),
      names: communes.map(({ name }) => name),
      fullNames: communes.map(({ fullName }) => fullName),
      kinds: communes.map(({ kind }) => kind),
      populations: communes.map(({ population }) => population),
      outlines: communes.map(({ ewkb }) => ewkb),
    },
  );
}

export type Repair = {
  code: string;
  reason: string;
  lng: number | null;
  lat: number | null;
  areaChangeM2: number;
  isEmpty: boolean;
};

/**
 * Make every staged outline valid, keeping polygons only, and tell what was wrong where. Outlines of which nothing is left
 * are taken out (`isEmpty`). Areas in m² on the spheroid.
 * Method: ST_MakeValid "structure" (GEOS ≥ 3.10), which keeps the shape a shell was drawn as; postgis.net/docs/ST_MakeValid.html
 */
export async function repairStage(transaction: Knex.Transaction): Promise<Repair[]> {
  const { rows } = await transaction.raw<{ rows: Repair[] }>(
    `with invalid as materialized (
       select code, geom as before, ST_IsValidDetail(geom) as detail
       from boundary_stage
       where not ST_IsValid(geom)
     ),
     repaired as materialized (
       select code, before, (detail).reason as reason, (detail).location as location,
              ST_Multi(ST_CollectionExtract(ST_MakeValid(before, 'method=structure keepcollapsed=false'), 3)) as after
       from invalid
     ),
     updated as (
       update boundary_stage set geom = repaired.after
       from repaired
       where boundary_stage.code = repaired.code and not ST_IsEmpty(repaired.after)
     ),
     deleted as (
       delete from boundary_stage using repaired
       where boundary_stage.code = repaired.code and ST_IsEmpty(repaired.after)
     )
     select code, reason, ST_X(location) as lng, ST_Y(location) as lat, ST_IsEmpty(after) as "isEmpty",
            ST_Area(after::geography) - ST_Area(before::geography) as "areaChangeM2"
     from repaired
     order by code`,
  );
  return rows;
}

/**
 * The staged outlines become communes of the set: area on the spheroid; the label at the centre of the largest circle
 * that fits in (by degrees: at Viet Nam's latitudes near enough), or at some point inside where that fails.
 */
export async function insertCommunes(
  transaction: Knex.Transaction,
  set: string,
): Promise<{ communes: number; areaM2: number }> {
  const { rows } = await transaction.raw<{ rows: { communes: number; areaM2: number }[] }>(
    `with inserted as (
       insert into commune (boundary_set_id, code, province_code, name, full_name, kind, population, area_m2, label_point, geom)
       select :set, code, province_code, name, full_name, kind, population, ST_Area(geom::geography),
              case when ST_Intersects(circle.center, geom) then circle.center else ST_PointOnSurface(geom) end,
              geom
       from boundary_stage
       cross join lateral ST_MaximumInscribedCircle(geom) as circle
       returning area_m2
     )
     select count(*)::integer as communes, coalesce(sum(area_m2), 0) as "areaM2" from inserted`,
    { set },
  );
  return rows[0] ?? { communes: 0, areaM2: 0 };
}

export type Overlap = { a: string; b: string; areaM2: number };

/** Pairs of communes that share more than `minM2`, of those whose lower code is in `codes`. Index: `commune_geom_gist`. */
export async function listOverlaps(
  transaction: Knex.Transaction,
  set: string,
  codes: readonly string[],
  minM2: number,
): Promise<Overlap[]> {
  const { rows } = await transaction.raw<{ rows: Overlap[] }>(
    `with shared as materialized (
       select a.code as a, b.code as b, ST_Area(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)::geography) as area_m2
       from commune a
       join commune b on b.boundary_set_id = :set and a.geom && b.geom and a.code < b.code
       where a.boundary_set_id = :set and a.code = any(:codes)
     )
     select a, b, area_m2 as "areaM2"
     from shared
     where area_m2 > :minM2
     order by area_m2 desc, a, b`,
    { set, codes: [...codes], minM2 },
  );
  return rows;
}

export type Gap = { areaM2: number; at: [number, number] };

/** Holes in the union of all communes between `minM2` and `maxM2`, largest first: land that no commune claims. */
export async function listGaps(
  transaction: Knex.Transaction,
  set: string,
  limits: { minM2: number; maxM2: number },
): Promise<Gap[]> {
  const { rows } = await transaction.raw<{ rows: { areaM2: number; lng: number; lat: number }[] }>(
    `with parts as (
       select (ST_Dump(ST_Union(geom))).geom as part from commune where boundary_set_id = :set
     ),
     rings as (
       select (ST_DumpRings(part)).* from parts
     ),
     holes as materialized (
       select ST_Area(geom::geography) as area_m2, ST_PointOnSurface(geom) as inside from rings where path[1] > 0
     )
     select area_m2 as "areaM2", ST_X(inside) as lng, ST_Y(inside) as lat
     from holes
     where area_m2 between :minM2 and :maxM2
     order by area_m2 desc, lng, lat`,
    { set, ...limits },
  );
  return rows.map(({ areaM2, lng, lat }) => ({ areaM2, at: [lng, lat] }));
}

/** Outlines as they now stand in the database, bit by bit, ordered by code. */
export async function listOutlines(
  transaction: Knex.Transaction,
  set: string,
): Promise<{ code: string; wkb: Buffer }[]> {
  const { rows } = await transaction.raw<{ rows: { code: string; wkb: Buffer }[] }>(
    `select code, ST_AsBinary(geom, 'NDR') as wkb from commune where boundary_set_id = :set order by code`,
    { set },
  );
  return rows;
}

export type Demonstration = {
  /** Codes of the simulated provinces. */
  provinces: string[];
  /** A province that is not simulated is there too. */
  hasRealProvince: boolean;
  /** Offices whose committed batches in a simulated province are not marked as generated. */
  userOffices: string[];
};

export async function describeDemonstration(database: Knex): Promise<Demonstration> {
  const { rows } = await database.raw<{ rows: [Demonstration] }>(
    `with demo as (
       select code from province where is_demo
     )
     select coalesce((select array_agg(code order by code) from demo), '{}') as provinces,
            exists (select from province where not is_demo) as "hasRealProvince",
            coalesce((
              select array_agg(distinct office order by office)
              from import_batch
              where province_code in (select code from demo)
                and state in ('committing', 'committed')
                and coalesce(options ->> 'demo', '') <> 'true'
            ), '{}') as "userOffices"`,
  );
  return rows[0];
}

/** Everything of the given provinces, and the boundary sets that hold no commune of any other province. */
export async function deleteProvinces(transaction: Knex.Transaction, provinces: readonly string[]): Promise<void> {
  const bindings = { provinces: [...provinces] };
  const statements = [
    'delete from incident where province_code = any(:provinces)',
    'delete from incident_replaced where province_code = any(:provinces)',
    'delete from report_month where province_code = any(:provinces)',
    'delete from report_confirmation where province_code = any(:provinces)',
    'delete from alert where province_code = any(:provinces)',
    'delete from alert_run where province_code = any(:provinces)',
    'delete from area_candidate_decision where province_code = any(:provinces)',
    'delete from area_task where province_code = any(:provinces)',
    'delete from area_watch_run where province_code = any(:provinces)',
    'delete from area_rules where province_code = any(:provinces)',
    'delete from area_approval where province_code = any(:provinces)',
    'delete from area_event where province_code = any(:provinces)',
    'delete from area_file where province_code = any(:provinces)',
    'delete from area_revision where province_code = any(:provinces)',
    'delete from area where province_code = any(:provinces)',
    'delete from import_row_error where batch_id in (select id from import_batch where province_code = any(:provinces))',
    'delete from import_batch where province_code = any(:provinces)',
    'delete from office where province_code = any(:provinces)',
    'delete from road where province_code = any(:provinces)',
    'delete from water where province_code = any(:provinces)',
    'delete from camera where province_code = any(:provinces)',
    'delete from lamp where province_code = any(:provinces)',
    `delete from boundary_set
     where exists (select from commune where boundary_set_id = boundary_set.id and province_code = any(:provinces))
       and not exists (select from commune where boundary_set_id = boundary_set.id and province_code <> all(:provinces))`,
    'delete from province where code = any(:provinces)',
  ];
  // Who writes about an area holds it first, then the mark that steps have changed: so do we, instead of waiting for each other.
  await transaction.raw('lock table area in exclusive mode');
  for (const statement of statements) await transaction.raw(statement, bindings);
}
