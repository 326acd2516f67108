import type { H3Res } from '@diemnong/contracts';
import { cellColumns, matchingBindings, matchingIncidents } from '../../snapshot/matching-incidents.ts';
import type { Selection } from '../../snapshot/selection.ts';
import { type CellCounts, snapshotCountByCell, type UnitOf } from '../../snapshot/snapshot-counts.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/**
 * Count matching records per H3 cell of one resolution.
 * @returns non-empty cells, ascending, with their records (`count`) or thousandths of severity (`severity`, a category
 * that is not in the tree weighs 1), and the records that are in no cell.
 * Source: table `incident`, by way of the snapshot; the statement is the definition.
 */
export async function countByCell(
  source: CountSource,
  selection: Selection,
  res: H3Res,
  unit: UnitOf,
): Promise<CellCounts> {
  if (source.snapshot !== undefined) return snapshotCountByCell(source.snapshot, selection, res, unit);
  const { rows } = await source.ask((database) =>
    database.raw<{ rows: { cell: string | null; units: number; timeUnknown: number }[] }>(
      `with ${matchingIncidents()},
     weighed as (
       select :cellColumn: as cell,
              is_match,
              case when :unit = 'count' then 1 else floor(coalesce(category.weight, 1) * 1000 + 0.5)::bigint end as units
       from matching
       left join category on category.code = matching.category
     )
     select to_hex(cell) as cell,
            coalesce(sum(units) filter (where is_match), 0)::bigint as units,
            count(*) filter (where is_match is null) as "timeUnknown"
     from weighed
     group by weighed.cell
     order by weighed.cell`,
      { ...matchingBindings(selection), cellColumn: cellColumns[res], unit },
    ),
  );
  const counts: CellCounts = { cells: [], units: [], communeOnlyUnits: 0, timeUnknown: 0 };
  for (const { cell, units, timeUnknown } of rows) {
    counts.timeUnknown += timeUnknown;
    if (cell === null) counts.communeOnlyUnits = units;
    else if (units > 0) {
      counts.cells.push(cell);
      counts.units.push(units);
    }
  }
  return counts;
}
