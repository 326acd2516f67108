import type { AreaDetail, AreaFile } from '@diemnong/contracts';
import type { Knex } from 'knex';

type RevisionRow = Omit<AreaDetail['revisions'][number], 'at'> & { at: Date };

/** States the area has been in, oldest first, each with what differs from the one before. */
export async function listRevisions(database: Knex, areaId: string): Promise<AreaDetail['revisions']> {
  const { rows } = await database.raw<{ rows: RevisionRow[] }>(
    `with state as (
       select *, ST_AsEWKB(geom) as outline, lag(revision) over earlier as before, lag(name) over earlier as name_before,
              lag(description) over earlier as description_before, lag(types) over earlier as types_before,
              lag(level) over earlier as level_before, lag(ST_AsEWKB(geom)) over earlier as outline_before,
              lag(commune_code) over earlier as commune_before
       from area_revision
       where area_id = :areaId
       window earlier as (order by revision)
     )
     select revision, created_at as at, username as by, reason, name, types, level, area_m2 / 1e6 as "areaKm2",
            case when revision = 1 then array['created']
                 when before is null then '{}'
                 else array_remove(array[
                   case when name <> name_before then 'name' end,
                   case when description <> description_before then 'description' end,
                   case when types <> types_before then 'types' end,
                   case when level <> level_before then 'level' end,
                   case when outline is distinct from outline_before or commune_code <> commune_before then 'place' end], null)
            end as changed
     from state
     order by revision`,
    { areaId },
  );
  return rows.map(({ at, ...revision }) => ({ ...revision, at: at.toISOString() }));
}

/** Files of the area, oldest first, without their content. */
export async function listFiles(database: Knex, areaId: string): Promise<AreaFile[]> {
  const { rows } = await database.raw<{ rows: (Omit<AreaFile, 'uploadedAt'> & { uploadedAt: Date })[] }>(
    `select id, name, media_type as "mediaType", bytes, sha256, uploaded_at as "uploadedAt", username as "uploadedBy"
     from area_file
     where area_id = :areaId
     order by uploaded_at, id`,
    { areaId },
  );
  return rows.map(({ uploadedAt, ...file }) => ({ ...file, uploadedAt: uploadedAt.toISOString() }));
}

/** Copies of an area's files, for the area that goes on with its steps. @returns the new id of each. */
export async function copyFiles(
  transaction: Knex.Transaction,
  files: readonly string[],
  area: { id: string; provinceCode: string; communeCode: string },
): Promise<Map<string, string>> {
  if (files.length === 0) return new Map();
  const { rows } = await transaction.raw<{ rows: { before: string; after: string }[] }>(
    `with copy as materialized (
       select id as before, gen_random_uuid() as after from area_file where id = any(:files)
     ),
     copied as (
       insert into area_file (id, area_id, province_code, commune_code, name, media_type, bytes, sha256, content, account_id,
                              username, uploaded_at)
       select copy.after, :areaId, :provinceCode, :communeCode, name, media_type, bytes, sha256, content, account_id, username,
              uploaded_at
       from area_file
       join copy on copy.before = area_file.id
     )
     select before, after from copy`,
    { files: [...files], areaId: area.id, provinceCode: area.provinceCode, communeCode: area.communeCode },
  );
  return new Map(rows.map(({ before, after }) => [before, after]));
}
