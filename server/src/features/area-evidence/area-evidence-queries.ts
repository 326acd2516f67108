import type { AreaEventType, H3Cell, MeasureKind } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { type CellCategoryCounts, snapshotCountByCellCategory } from '../../snapshot/snapshot-cell-categories.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * Count matching records with a place by res-10 cell, calendar month, category and commune.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function countByCellCategory(source: CountSource, selection: Selection): Promise<CellCategoryCounts> {
  if (source.snapshot !== undefined) return snapshotCountByCellCategory(source.snapshot, selection);
  const { rows } = await source.ask((database) =>
    database.raw<{ rows: { cell: string; month: number; category: string; commune: string; count: number }[] }>(
      `with ${matchingIncidents()}
     select to_hex(cell) as cell,
            (12 * extract(year from local_date) + extract(month from local_date) - 1)::int as month,
            category,
            commune_code as commune,
            count(*)::int as count
     from matching
     cross join lateral (select date '1970-01-01' + local_day as local_date) as calendar
     where is_match
       and cell is not null
     group by matching.cell, month, category, commune_code
     order by category collate "C", month, matching.cell, commune_code collate "C"`,
      matchingBindings(selection),
    ),
  );
  const cells = ordinalsOf(rows.map(({ cell }) => cell));
  const categories = ordinalsOf(rows.map(({ category }) => category));
  const communes = ordinalsOf(rows.map(({ commune }) => commune));
  return {
    cells: cells.names,
    categories: categories.names,
    communes: communes.names,
    cell: cells.ordinals,
    month: Int32Array.from(rows, ({ month }) => month),
    category: categories.ordinals,
    commune: communes.ordinals,
    count: Int32Array.from(rows, ({ count }) => count),
  };
}

function ordinalsOf(values: string[]): { names: string[]; ordinals: Int32Array } {
  const names = [...new Set(values)].sort();
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, ordinals: Int32Array.from(values, (value) => places.get(value)!) };
}

/** A step in force. */
export type CountedStep = {
  id: string;
  areaId: string;
  type: AreaEventType;
  on: string;
  year: number | null;
  decisionNumber: string | null;
  measureKind: MeasureKind | null;
};

/** Steps in force of some areas, in order of effect; Source: view `area_step`, index `area_event_area`. */
export async function listStepsInForce(database: Knex, ids: readonly string[]): Promise<Map<string, CountedStep[]>> {
  const { rows } = await database.raw<{ rows: CountedStep[] }>(
    `select id, area_id as "areaId", type, on_date::text as "on", year, decision_number as "decisionNumber",
            measure ->> 'kind' as "measureKind"
     from area_step
     where area_id = any (cast(:ids as uuid[]))
     order by area_id, on_date, place`,
    { ids: [...ids] },
  );
  const steps = new Map<string, CountedStep[]>(ids.map((id) => [id, []]));
  for (const step of rows) steps.get(step.areaId)?.push(step);
  return steps;
}

/** What all that is known of areas has come to, as a text that differs after every change of a place or a step. */
export async function readAreasBasis(database: Knex): Promise<string> {
  const { rows } = await database.raw<{ rows: { basis: string }[] }>(
    `select concat_ws('.', (select state from area_version),
                      (select count(*) from area_revision),
                      (select count(*) from area)) as basis`,
  );
  return rows[0]?.basis ?? '';
}

/** Cells of all areas within reach that something was or is done in: all but those rejected or superseded. */
export async function listTreatedCells(database: Knex): Promise<H3Cell[]> {
  const { rows } = await database.raw<{ rows: { cells: string }[] }>(
    `with last_step as (
       select distinct on (area_id) area_id, type
       from area_step
       where type not in ('measure', 'reviewed')
       order by area_id, on_date desc, place desc
     )
     select string_agg(distinct to_hex(cell), ',') as cells
     from area
     join last_step on last_step.area_id = area.id and last_step.type not in ('rejected', 'superseded')
     cross join lateral unnest(cells) as cell`,
  );
  return rows[0]?.cells?.split(',') ?? [];
}

/** Those of some cells that any commune of a boundary set owns. Index: primary key of `commune_cell`. */
export async function listOwnedAmong(
  database: Knex,
  asked: { set: string; res: number; cells: readonly H3Cell[] },
): Promise<H3Cell[]> {
  const { rows } = await database.raw<{ rows: { cell: string }[] }>(
    `select to_hex(cell) as cell
     from commune_cell
     where boundary_set_id = :set
       and res = :res
       and is_owned
       and cell = any (cast(:cells as bigint[]))`,
    { ...asked, cells: asked.cells.map((cell) => BigInt(`0x${cell}`).toString()) },
  );
  return rows.map(({ cell }) => cell);
}

/**
 * Areas of a year's list at the end of a day, by number: those with a listing or a carrying over of that year in force, not
 * superseded by then (docs/targets.md, denominator of the transformation rate).
 */
export async function listAreasOfYear(database: Knex, year: number, asOf: string, limit: number): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { id: string }[] }>(
    `select area.id
     from area
     where exists (select from area_step
                   where area_id = area.id and year = :year and on_date <= cast(:asOf as date))
       and not exists (select from area_step
                       where area_id = area.id and type = 'superseded' and on_date <= cast(:asOf as date))
     order by area.province_code, number
     limit :limit`,
    { year, asOf, limit },
  );
  return rows.map(({ id }) => id);
}
