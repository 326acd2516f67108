import type { DemoArea } from '@diemnong/data';
import type { Knex } from 'knex';
import type { AreaShape } from '../features/areas/areas-queries.ts';

export type DemoAreaRow = Omit<DemoArea, 'events' | 'polygon' | 'truth' | 'parents' | 'communeCode'> & {
  id: string;
  parents: string[];
  shape: AreaShape;
  createdAt: string;
  enteredBy: string;
};

export type DemoEventRow = {
  id: string;
  areaId: string;
  type: string;
  on: string;
  year: number | null;
  decisionNumber: string | null;
  decisionDate: string | null;
  note: string | null;
  reason: string | null;
  measure: unknown;
  conditions: unknown;
  files: string[];
  supersedes: string | null;
  needsApproval: boolean;
  enteredBy: string;
  enteredAt: string;
  decision: 'approved' | 'refused' | null;
  decisionReason: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
};

export type DemoFileRow = {
  id: string;
  areaId: string;
  name: string;
  sha256: string;
  /** Hexadecimal. */
  content: string;
  uploadedBy: string;
  uploadedAt: string;
};

/** The complete demonstration's province and seed while it has no area at all; undefined otherwise. */
export async function findProvinceWithoutAreas(
  database: Knex,
): Promise<{ provinceCode: string; seed: number } | undefined> {
  const { rows } = await database.raw<{ rows: { provinceCode: string; seed: number }[] }>(
    `select province.code as "provinceCode", (setting.value ->> 'seed')::int as seed
     from setting
     join province on is_demo
     where setting.key = 'demonstration' and not exists (select from area)`,
  );
  return rows[0];
}

/** Two servers may start on one database at once: the second waits here, and then finds the areas of the first. */
export async function lockAreas(transaction: Knex.Transaction): Promise<void> {
  await transaction.raw('lock table area in share row exclusive mode');
}

/**
 * Areas with their first revision, files, steps in order of entry, and what was said about them. Names become accounts where the
 * demonstration has them.
 */
export async function insertDemoAreas(
  transaction: Knex.Transaction,
  areas: readonly DemoAreaRow[],
  events: readonly DemoEventRow[],
  files: readonly DemoFileRow[],
): Promise<void> {
  await transaction.raw(
    `insert into area (id, province_code, commune_code, commune_codes, number, name, description, types, level, origin, parents, geom,
                       area_m2, cells, created_at)
     select id, shape ->> 'provinceCode', shape ->> 'communeCode', array(select jsonb_array_elements_text(shape -> 'communeCodes')),
            number, name, description, types, level, origin, parents, (shape ->> 'outline')::geometry, (shape ->> 'areaM2')::float8,
            array(select ('x' || lpad(cell, 16, '0'))::bit(64)::bigint from jsonb_array_elements_text(shape -> 'cells') as cell),
            "createdAt"
     from jsonb_to_recordset(:areas::jsonb)
            as area (id uuid, number int, name text, description text, types smallint[], level text, origin text, parents uuid[],
                     shape jsonb, "createdAt" timestamptz)`,
    { areas: JSON.stringify(areas) },
  );
  await transaction.raw(
    `insert into area_revision (area_id, revision, province_code, commune_code, commune_codes, name, description, types, level, geom,
                                area_m2, cells, reason, account_id, username, created_at)
     select area.id, revision, area.province_code, area.commune_code, commune_codes, name, description, types, level, geom, area_m2,
            cells, '', account.id, "enteredBy", area.created_at
     from area
     join jsonb_to_recordset(:areas::jsonb) as given (id uuid, "enteredBy" text) using (id)
     left join account on account.username = "enteredBy" and account.is_demo`,
    { areas: JSON.stringify(areas.map(({ id, enteredBy }) => ({ id, enteredBy }))) },
  );
  await transaction.raw(
    `insert into area_file (id, area_id, province_code, commune_code, name, media_type, bytes, sha256, content, account_id, username,
                            uploaded_at)
     select given.id, area.id, area.province_code, area.commune_code, given.name,
            'application/vnd.openxmlformats-officedocument.wordprocessingml.document', length(content) / 2, sha256,
            decode(content, 'hex'), account.id, "uploadedBy", "uploadedAt"
     from jsonb_to_recordset(:files::jsonb)
            as given (id uuid, "areaId" uuid, name text, sha256 text, content text, "uploadedBy" text, "uploadedAt" timestamptz)
     join area on area.id = "areaId"
     left join account on account.username = "uploadedBy" and account.is_demo`,
    { files: JSON.stringify(files) },
  );
  await transaction.raw(
    `insert into area_event (id, area_id, province_code, commune_code, type, on_date, year, decision_number, decision_date, note, reason,
                             measure, conditions, files, supersedes, needs_approval, account_id, username, entered_at)
     select given.id, area.id, area.province_code, area.commune_code, type, given."on", year, "decisionNumber", "decisionDate", note,
            reason, nullif(measure, 'null'), nullif(conditions, 'null'), files, supersedes, "needsApproval", account.id, "enteredBy",
            "enteredAt"
     from jsonb_to_recordset(:events::jsonb)
            as given (id uuid, "areaId" uuid, type text, "on" date, year int, "decisionNumber" text, "decisionDate" date, note text,
                      reason text, measure jsonb, conditions jsonb, files uuid[], supersedes uuid, "needsApproval" boolean,
                      "enteredBy" text, "enteredAt" timestamptz, position int)
     join area on area.id = "areaId"
     left join account on account.username = "enteredBy" and account.is_demo
     order by "enteredAt", position`,
    { events: JSON.stringify(events.map((event, position) => ({ ...event, position }))) },
  );
  await transaction.raw(
    `insert into area_approval (event_id, province_code, commune_code, decision, reason, account_id, username, decided_at)
     select event.id, event.province_code, event.commune_code, decision, "decisionReason", account.id, "decidedBy", "decidedAt"
     from jsonb_to_recordset(:events::jsonb)
            as given (id uuid, decision text, "decisionReason" text, "decidedBy" text, "decidedAt" timestamptz)
     join area_event as event on event.id = given.id
     left join account on account.username = "decidedBy" and account.is_demo
     where decision is not null`,
    { events: JSON.stringify(events) },
  );
}
