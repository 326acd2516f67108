import type { H3Cell, H3Res } from '@diemnong/contracts';
import { cellColumns, matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { type CellMonthCounts, snapshotCountByCell, snapshotCountByCellMonth } from '../../snapshot/snapshot-counts.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * Count matching records per cell and calendar month, all months of the window at once; the first and the last may be cut.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function countByCellMonth(
  source: CountSource,
  selection: Selection,
  res: H3Res,
): Promise<CellMonthCounts> {
  if (source.snapshot !== undefined) return snapshotCountByCellMonth(source.snapshot, selection, res);
  const { rows } = await source.ask((database) =>
    database.raw<{ rows: { cell: string | null; month: number; count: number; timeUnknown: number }[] }>(
      `with ${matchingIncidents()}
     select to_hex(:cellColumn:) as cell,
            (12 * extract(year from local_date) + extract(month from local_date) - 1)::int as month,
            count(*) filter (where is_match)::int as count,
            count(*) filter (where is_match is null)::int as "timeUnknown"
     from matching
     cross join lateral (select date '1970-01-01' + local_day as local_date) as calendar
     group by :cellColumn:, month
     order by :cellColumn:, month`,
      { ...matchingBindings(selection), cellColumn: cellColumns[res] },
    ),
  );
  const filled = rows.filter(({ cell, count }) => cell !== null && count > 0);
  const cells: H3Cell[] = [];
  const cell = filled.map((row) => {
    if (cells.at(-1) !== row.cell) cells.push(row.cell!);
    return cells.length - 1;
  });
  return {
    cells,
    cell: Int32Array.from(cell),
    month: Int32Array.from(filled, ({ month }) => month),
    count: Int32Array.from(filled, ({ count }) => count),
    communeOnly: rows.reduce((sum, { cell, count }) => (cell === null ? sum + count : sum), 0),
    timeUnknown: rows.reduce((sum, { timeUnknown }) => sum + timeUnknown, 0),
  };
}

/** Records of one place (about 1 m) in one res-10 cell; `cell` is of the resolution asked for. */
export type CrowdedPlace = { lng: number; lat: number; cell: H3Cell; count: number };

/**
 * Places with more than `most` matching records at one coordinate, to five decimals of a degree; most records first.
 * Source: table `incident`. A place is counted within its res-10 cell, so only cells that hold more than `most` are looked
 * into; the snapshot knows them, and mostly there are none.
 */
export async function listCrowdedPlaces(
  source: CountSource,
  selection: Selection,
  { res, most }: { res: H3Res; most: number },
): Promise<CrowdedPlace[]> {
  const crowded =
    source.snapshot && findCrowdedCells(snapshotCountByCell(source.snapshot, selection, 10, 'count'), most);
  if (crowded?.length === 0) return [];
  const { rows } = await source.ask((database) =>
    database.raw<{ rows: CrowdedPlace[] }>(
      `with ${matchingIncidents()},
     placed as (
       select cell,
              :cellColumn: as shown_cell,
              floor(ST_X(geom) * 100000 + 0.5) as x,
              floor(ST_Y(geom) * 100000 + 0.5) as y
       from matching
       where is_match
         and cell is not null
         and (cast(:crowded as bigint[]) is null or cell = any (cast(:crowded as bigint[])))
     )
     select x / 100000 as lng, y / 100000 as lat, to_hex(shown_cell) as cell, count(*)::int as count
     from placed
     group by x, y, placed.cell, shown_cell
     having count(*) > cast(:most as float8)
     order by count(*) desc, shown_cell, x, y`,
      { ...matchingBindings(selection), cellColumn: cellColumns[res], crowded: crowded ?? null, most },
    ),
  );
  return rows;
}

/** In the database's form. */
function findCrowdedCells({ cells, units }: { cells: H3Cell[]; units: number[] }, most: number): string[] {
  return cells.filter((_, i) => units[i] > most).map((cell) => BigInt(`0x${cell}`).toString());
}
