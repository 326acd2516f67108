import { roomFor } from './small-counts-pool.ts';
import { type GuardedTable, slackSearch } from './small-counts-slack.ts';

/** Which cells are hidden; or a cell that cannot be protected while its row and its column stand by themselves. */
export type TableProtection = { readonly isHidden: boolean[][] } | { readonly stuck: { row: number; column: number } };

/**
 * Hide cells of a table whose row and column totals are published: those from 1 to `smallest` − 1, and others until every
 * hidden cell can lie in an interval at least `smallest` wide, given all that is shown.
 *
 * Zeros are shown, so a reader knows that a hidden cell holds at least one. In a thin row or column, whose total is under
 * `smallest` for each of its cells, that would give ones away (a total of 12 in twelve months that are not zero): there
 * zeros are hidden too. Whether a line is thin follows from published totals, so it tells nothing itself.
 */
export function protectTable(values: readonly (readonly number[])[], smallest: number): TableProtection {
  const table = guard(values, smallest);
  const { columns, isHidden } = table;
  const { needed, wished } = roomFor(smallest);
  const search = slackSearch(table);
  const waiting = Array.from(isHidden.keys()).filter((cell) => isHidden[cell] === 1);
  // What is hidden for one cell only widens the intervals of the others: none needs a second look.
  for (const cell of waiting) {
    let width = search.widthOf(cell, wished);
    while (width < wished) {
      const opened = search.cheapestWidening(cell);
      if (opened === undefined) break;
      for (const other of opened) isHidden[other] = 1;
      waiting.push(...opened);
      width = search.widthOf(cell, wished);
    }
    if (width < needed) return { stuck: { row: Math.floor(cell / columns), column: cell % columns } };
  }
  return { isHidden: values.map((row, i) => row.map((_, j) => isHidden[i * columns + j] === 1)) };
}

/** The table with its small cells hidden. */
function guard(values: readonly (readonly number[])[], smallest: number): GuardedTable {
  const rows = values.length;
  const columns = values[0]?.length ?? 0;
  const rowTotals = values.map(sum);
  const columnTotals = Array.from({ length: columns }, (_, j) => sum(values.map((row) => row[j])));
  const fullRows = rowTotals.filter((total) => total > 0).length;
  const fullColumns = columnTotals.filter((total) => total > 0).length;
  const table = {
    rows,
    columns,
    values: Int32Array.from(values.flat()),
    floors: new Uint8Array(rows * columns),
    isHidden: new Uint8Array(rows * columns),
  };
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      // A line without a record is published by its total.
      if (rowTotals[i] === 0 || columnTotals[j] === 0) continue;
      const isThin = rowTotals[i] < smallest * fullColumns || columnTotals[j] < smallest * fullRows;
      const value = values[i][j];
      table.floors[i * columns + j] = isThin ? 0 : 1;
      if (value < smallest && (value > 0 || isThin)) table.isHidden[i * columns + j] = 1;
    }
  return table;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
