import type { DemoProvince, IncidentColumns } from '@diemnong/data';
import type { Knex } from 'knex';
import { deleteProvinces } from '../features/boundaries/boundaries-queries.ts';
import type { DemoBatch } from './demo-incidents.ts';

/** What the database holds: nothing, a whole demonstration, one whose creation was cut off, or data of its own. */
export async function findDemonstrationState(database: Knex): Promise<'empty' | 'complete' | 'cut off' | 'other data'> {
  const { rows } = await database.raw<{ rows: { isComplete: boolean; isBegun: boolean; isUsed: boolean }[] }>(
    `select exists (select from setting where key = 'demonstration') as "isComplete",
            exists (select from province where is_demo) as "isBegun",
            exists (select from province where not is_demo) or exists (select from import_batch) as "isUsed"`,
  );
  const { isComplete, isBegun, isUsed } = rows[0] ?? { isComplete: false, isBegun: false, isUsed: false };
  if (isComplete) return 'complete';
  if (isUsed) return 'other data';
  return isBegun ? 'cut off' : 'empty';
}

export async function insertDemoProvince(
  transaction: Knex.Transaction,
  province: DemoProvince['province'],
): Promise<void> {
  await transaction('province').insert({
    code: province.code,
    name_vi: province.nameVi,
    name_en: province.nameEn,
    is_demo: true,
  });
}

export async function removeDemonstration(transaction: Knex.Transaction): Promise<void> {
  const provinces = await transaction('province').where({ is_demo: true }).pluck<string[]>('code');
  await deleteProvinces(transaction, provinces);
}

/** Offices, their monthly batches, and which commune reported which month. Batches are marked as generated: `options.demo`. */
export async function insertBatches(
  transaction: Knex.Transaction,
  { province }: DemoProvince,
  offices: IncidentColumns['offices'],
  batches: DemoBatch[],
): Promise<void> {
  await transaction('office').insert(
    offices.map(({ code, nameVi, communeCode }) => ({
      province_code: province.code,
      code,
      name: nameVi,
      commune_code: communeCode,
    })),
  );
  const rows = batches.map(({ id, office, month, communeCode, rows, inCells, replaces }) => ({
    id,
    office,
    month: `${month}-01`,
    communeCode,
    replaces,
    fileName: `${office}_${month}${replaces === null ? '' : '_sua'}.csv`,
    summary: {
      rows,
      accepted: rows,
      rejected: 0,
      inCells,
      communeOnly: rows - inCells,
      period: rows === 0 ? null : { from: `${month}-01`, to: firstDayAfter(month) },
      reported: { months: communeCode === null ? [] : [`${month}-01`], commune: communeCode },
    },
  }));
  const bindings = { province: province.code, rows: JSON.stringify(rows) };
  await transaction.raw(
    `insert into import_batch (id, province_code, commune_code, office, kind, state, file_name, file_bytes, options, summary, replaces, created_at, committed_at)
     select id, :province, "communeCode", office, 'incidents', 'committed', "fileName", 0, '{"demo": "true"}', summary, replaces, sent_at, sent_at
     from jsonb_to_recordset(:rows::jsonb)
            as batch (id uuid, office text, month date, "communeCode" text, "fileName" text, summary jsonb, replaces uuid),
          -- Offices send a month in on the third of the next one; a correction follows a week later.
          lateral (select (month + interval '1 month 2 days 9 hours') at time zone 'Asia/Ho_Chi_Minh'
                          + case when replaces is null then interval '0' else interval '7 days' end as sent_at) as sending
     order by replaces nulls first`,
    bindings,
  );
  await transaction.raw(
    `update import_batch
     set replaced_by = correction.id
     from import_batch as correction
     where correction.replaces = import_batch.id`,
  );
  await transaction.raw(
    `insert into report_month (province_code, commune_code, month, batch_id)
     select :province, "communeCode", month, id
     from jsonb_to_recordset(:rows::jsonb) as batch (id uuid, "communeCode" text, month date)
     where "communeCode" is not null
       and not exists (select from import_batch where import_batch.id = batch.id and replaced_by is not null)`,
    bindings,
  );
}

/** `2026-12` → `2027-01-01`. */
function firstDayAfter(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

/** Water, roads, cameras and lamps. */
export async function insertAssets(
  transaction: Knex.Transaction,
  { province, water, roads, cameras, lamps }: DemoProvince,
): Promise<void> {
  const insert = (statement: string, features: unknown[]) =>
    transaction.raw(statement, { province: province.code, features: JSON.stringify(features) });
  await insert(
    `insert into water (province_code, id, kind, name, geom)
     select :province, position, feature -> 'properties' ->> 'kind', feature -> 'properties' ->> 'name',
            ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(feature ->> 'geometry'), 4326))
     from jsonb_array_elements(:features::jsonb) with ordinality as listed (feature, position)`,
    water.features,
  );
  await insert(
    `insert into road (province_code, id, name, class, lit, geom)
     select :province, position, feature -> 'properties' ->> 'name', feature -> 'properties' ->> 'class',
            (feature -> 'properties' ->> 'lit')::boolean, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(feature ->> 'geometry'), 4326))
     from jsonb_array_elements(:features::jsonb) with ordinality as listed (feature, position)`,
    roads.features,
  );
  await insert(
    `insert into camera (province_code, id, kind, owner, bearing_deg, hfov_deg, range_m, state, geom)
     select :province, position, feature -> 'properties' ->> 'kind', feature -> 'properties' ->> 'owner',
            (feature -> 'properties' ->> 'bearing')::float8, (feature -> 'properties' ->> 'hfov')::float8,
            (feature -> 'properties' ->> 'rangeM')::float8, feature -> 'properties' ->> 'state',
            ST_SetSRID(ST_GeomFromGeoJSON(feature ->> 'geometry'), 4326)
     from jsonb_array_elements(:features::jsonb) with ordinality as listed (feature, position)`,
    cameras.features,
  );
  await insert(
    `insert into lamp (province_code, id, pole_height_m, state, geom)
     select :province, position, (feature -> 'properties' ->> 'poleHeightM')::float8, feature -> 'properties' ->> 'state',
            ST_SetSRID(ST_GeomFromGeoJSON(feature ->> 'geometry'), 4326)
     from jsonb_array_elements(:features::jsonb) with ordinality as listed (feature, position)`,
    lamps.features,
  );
}

/** Written last: its absence tells a creation that was cut off. */
export async function markDemonstrationComplete(transaction: Knex.Transaction, seed: number): Promise<void> {
  await transaction('setting').insert({ key: 'demonstration', value: JSON.stringify({ seed }) });
}
