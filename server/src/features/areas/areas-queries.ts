import { randomUUID } from 'node:crypto';
import type { AreaLevel, AreaOrigin, AreaStatus, AreaType, MultiPolygonGeometry } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { countOpenTasks, type Standing, standingAt } from './area-status-queries.ts';
import { readAreaSteps } from './area-steps.ts';

/** Of a selection of areas; what is left out selects nothing away. */
export type AreaSelection = {
  /** Status at the end of this day. */
  asOf: string;
  /** Listed for this year by then. */
  year?: number | undefined;
  types?: readonly AreaType[] | undefined;
  /** Touching one of these. */
  communes?: readonly string[] | undefined;
  level?: AreaLevel | undefined;
  ids?: readonly string[] | undefined;
};

/** One line of the board. */
export type AreaLine = {
  id: string;
  name: string;
  number: number;
  provinceCode: string;
  communeCode: string;
  communeName: string;
  communes: string[];
  types: AreaType[];
  level: AreaLevel;
  status: AreaStatus;
  since: string | null;
  listedYears: number[];
  pending: number;
  tasks: number;
  areaKm2: number | null;
};

/**
 * Areas within reach with their status at the end of a day, by province and number; those that were not there yet are left out.
 * Plain statements, put together here: row security hides how many rows there are, so that a join of grouped steps is planned for
 * one area and takes seconds for 10,000. Source: table `area`, the steps in force, and those of area-status-queries.ts.
 */
export async function listAreaRows(transaction: Knex, selection: AreaSelection): Promise<AreaLine[]> {
  const { asOf, year, ids } = selection;
  const lines = await listAreasOf(transaction, selection);
  const { inForce: stepsOf, waiting } = await readAreaSteps(transaction);
  const pending = new Map<string, number>();
  for (const { areaId } of waiting) pending.set(areaId, (pending.get(areaId) ?? 0) + 1);
  const tasks = await countOpenTasks(transaction, ids);
  const endOf = (id: string) => stepsOf.get(id)?.find(({ type }) => type === 'superseded')?.on ?? '';
  return lines.flatMap(({ parents, ...line }) => {
    // Without any step it is a draft; with later steps only it was not there yet.
    const steps = stepsOf.get(line.id);
    const { status, since, listedYears } = steps === undefined ? draft : standingAt(steps, asOf);
    const isThere = status !== null && parents.every((parent) => endOf(parent) <= asOf);
    if (!isThere || (year !== undefined && !listedYears.includes(year))) return [];
    const { id } = line;
    return { ...line, status, since, listedYears, pending: pending.get(id) ?? 0, tasks: tasks.get(id) ?? 0 };
  });
}

const draft: Standing = { status: 'draft', since: null, listedYears: [] };

type BareLine = Omit<AreaLine, 'status' | 'since' | 'listedYears' | 'pending' | 'tasks'> & { parents: string[] };
/** Lists as one text each: reading 30,000 arrays takes longer than all the rest. */
type BareRow = Omit<BareLine, 'communes' | 'types' | 'parents'> & { communes: string; types: string; parents: string };

async function listAreasOf(database: Knex, selection: AreaSelection): Promise<BareLine[]> {
  const { rows } = await database.raw<{ rows: BareRow[] }>(
    `select area.id, area.name, area.number, area.province_code as "provinceCode", area.commune_code as "communeCode",
            coalesce(commune.full_name, area.commune_code) as "communeName", area.level, area.area_m2 / 1e6 as "areaKm2",
            array_to_string(area.commune_codes, ',') as communes, array_to_string(area.types, ',') as types,
            array_to_string(area.parents, ',') as parents
     from area
     left join boundary_set on boundary_set.is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     where (cast(:types as smallint[]) is null or area.types && cast(:types as smallint[]))
       and (cast(:communes as text[]) is null or area.commune_codes && cast(:communes as text[]))
       and (cast(:level as text) is null or area.level = :level)
       and (cast(:ids as uuid[]) is null or area.id = any(cast(:ids as uuid[])))
     order by area.province_code, area.number`,
    {
      types: selection.types === undefined ? null : [...selection.types],
      communes: selection.communes === undefined ? null : [...selection.communes],
      level: selection.level ?? null,
      ids: selection.ids === undefined ? null : [...selection.ids],
    },
  );
  return rows.map(({ communes, types, parents, ...line }) => ({
    ...line,
    communes: communes.split(','),
    types: types.split(',').map((type) => Number(type) as AreaType),
    parents: parents === '' ? [] : parents.split(','),
  }));
}

/** An area as it is now, without what follows from its steps. */
export type AreaRow = {
  id: string;
  provinceCode: string;
  communeCode: string;
  communeName: string;
  communeCodes: string[];
  number: number;
  name: string;
  description: string;
  types: AreaType[];
  level: AreaLevel;
  origin: AreaOrigin;
  parents: string[];
  areaM2: number | null;
  /** Res-10 cells, ascending. */
  cells: string[];
  revision: number;
};

/** The area within reach; undefined when there is none. `lock`: until the end of the transaction nobody else writes about it. */
export async function findArea(database: Knex, id: string, { lock = false } = {}): Promise<AreaRow | undefined> {
  return (await listAreasById(database, [id], { lock }))[0];
}

/** Those of the ids that are within reach, by id; locked in this order, so that two who want several wait for each other in turn. */
export async function listAreasById(database: Knex, ids: readonly string[], { lock = false } = {}): Promise<AreaRow[]> {
  if (lock) await database.raw('select id from area where id = any(:ids) order by id for update', { ids: [...ids] });
  const { rows } = await database.raw<{ rows: AreaRow[] }>(
    `select area.id, area.province_code as "provinceCode", area.commune_code as "communeCode",
            coalesce(commune.full_name, area.commune_code) as "communeName", commune_codes as "communeCodes", number,
            area.name, description, types, level, origin, parents, area.area_m2 as "areaM2", revision,
            array(select to_hex(cell) from unnest(cells) as cell order by 1) as cells
     from area
     left join boundary_set on boundary_set.is_default
     left join commune on commune.boundary_set_id = boundary_set.id and commune.code = area.commune_code
                      and commune.province_code = area.province_code
     where area.id = any(:ids)
     order by area.id`,
    { ids: [...ids] },
  );
  return rows;
}

/** The outline, 6 decimals (0.1 m); null while it is not drawn. */
export async function findOutline(database: Knex, id: string): Promise<MultiPolygonGeometry | null> {
  const { rows } = await database.raw<{ rows: { outline: MultiPolygonGeometry | null }[] }>(
    'select ST_AsGeoJSON(geom, 6)::json as outline from area where id = :id',
    { id },
  );
  return rows[0]?.outline ?? null;
}

/** Outlines of areas by id, as `findOutline`. */
export async function listOutlines(database: Knex, ids: readonly string[]): Promise<Map<string, MultiPolygonGeometry>> {
  const { rows } = await database.raw<{ rows: { id: string; outline: MultiPolygonGeometry }[] }>(
    `select id, ST_AsGeoJSON(geom, 6)::json as outline
     from area
     where id = any(:ids) and geom is not null`,
    { ids: [...ids] },
  );
  return new Map(rows.map(({ id, outline }) => [id, outline]));
}

/** Names of areas, by number; those out of reach are left out. */
export async function listNames(
  database: Knex,
  ids: readonly string[],
): Promise<{ id: string; number: number; name: string }[]> {
  if (ids.length === 0) return [];
  return database('area')
    .whereIn('id', [...ids])
    .orderBy('number')
    .select<{ id: string; number: number; name: string }[]>('id', 'number', 'name');
}

/** Areas that were made from this one, by number. */
export async function listSuccessors(
  database: Knex,
  id: string,
): Promise<{ id: string; number: number; name: string }[]> {
  return database('area')
    .whereRaw('cast(? as uuid) = any(parents)', [id])
    .orderBy('number')
    .select<{ id: string; number: number; name: string }[]>('id', 'number', 'name');
}

/** The next running number of a province. Until the end of the transaction nobody else gets it: they wait. */
export async function nextNumber(transaction: Knex.Transaction, provinceCode: string): Promise<number> {
  await transaction.raw('lock table area in share row exclusive mode');
  const { rows } = await transaction.raw<{ rows: [{ next: number }] }>(
    'select coalesce(max(number), 0) + 1 as next from area where province_code = :provinceCode',
    { provinceCode },
  );
  return rows[0].next;
}

/** Where an area is, ready to be stored (area-shape.ts). */
export type AreaShape = {
  provinceCode: string;
  /** The commune that holds most of it; ties go to the lowest code. */
  communeCode: string;
  /** All that it reaches into, ascending. */
  communeCodes: string[];
  /** Null while it is not drawn; then there are no cells either. EWKB in hexadecimal. */
  outline: string | null;
  areaM2: number | null;
  /** Res-10 cells whose centre lies in it, ascending. */
  cells: string[];
};

/** What a person says about an area. */
export type AreaWords = { name: string; description: string; types: AreaType[]; level: AreaLevel };

/** Who writes, as the tables keep it. */
export type Writer = { accountId: string | null; username: string };

/** A new area with its first revision. @returns its id. */
export async function insertArea(
  transaction: Knex.Transaction,
  area: {
    number: number;
    origin: AreaOrigin;
    parents: readonly string[];
    words: AreaWords;
    shape: AreaShape;
    reason: string;
  },
  writer: Writer,
): Promise<string> {
  const id = randomUUID();
  await transaction.raw(
    `insert into area (id, province_code, commune_code, commune_codes, number, name, description, types, level, origin, parents,
                       geom, area_m2, cells)
     values (:id, :provinceCode, :communeCode, cast(:communeCodes as text[]), :number, :name, :description,
             cast(:types as smallint[]), :level, :origin, cast(:parents as uuid[]), cast(:outline as geometry), :areaM2,
             array(select ('x' || lpad(cell, 16, '0'))::bit(64)::bigint from unnest(cast(:cells as text[])) as cell))`,
    { id, number: area.number, origin: area.origin, parents: [...area.parents], ...area.words, ...area.shape },
  );
  await keepRevision(transaction, id, area.reason, writer);
  return id;
}

/**
 * The area with new words or another place, as its next revision. Its steps, files and tasks go with it into the commune that now
 * holds most of it, where they are read from.
 */
export async function updateArea(
  transaction: Knex.Transaction,
  id: string,
  change: { words: AreaWords; shape: AreaShape | undefined; reason: string },
  writer: Writer,
): Promise<void> {
  await transaction.raw(
    `update area
     set name = :name, description = :description, types = cast(:types as smallint[]), level = :level, revision = revision + 1
     where id = :id`,
    { id, ...change.words },
  );
  if (change.shape !== undefined) {
    await transaction.raw(
      `update area
       set commune_code = :communeCode, commune_codes = cast(:communeCodes as text[]), geom = cast(:outline as geometry),
           area_m2 = :areaM2,
           cells = array(select ('x' || lpad(cell, 16, '0'))::bit(64)::bigint from unnest(cast(:cells as text[])) as cell)
       where id = :id`,
      { id, ...change.shape },
    );
    await moveHistory(transaction, id, change.shape.communeCode);
  }
  await keepRevision(transaction, id, change.reason, writer);
}

async function moveHistory(transaction: Knex.Transaction, id: string, communeCode: string): Promise<void> {
  const elsewhere = (table: string) => transaction(table).whereNot({ commune_code: communeCode });
  const place = { commune_code: communeCode };
  await elsewhere('area_approval')
    .whereIn('event_id', transaction('area_event').where({ area_id: id }).select('id'))
    .update(place);
  for (const table of ['area_event', 'area_file', 'area_task'])
    await elsewhere(table).where({ area_id: id }).update(place);
}

async function keepRevision(
  transaction: Knex.Transaction,
  id: string,
  reason: string,
  { accountId, username }: Writer,
): Promise<void> {
  await transaction.raw(
    `insert into area_revision (area_id, revision, province_code, commune_code, commune_codes, name, description, types, level,
                                geom, area_m2, cells, reason, account_id, username)
     select id, revision, province_code, commune_code, commune_codes, name, description, types, level, geom, area_m2, cells,
            :reason, :accountId, :username
     from area
     where id = :id`,
    { id, reason, accountId, username },
  );
}
