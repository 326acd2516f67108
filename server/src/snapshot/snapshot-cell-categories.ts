import { type H3Cell, numberToCell } from '@diemnong/contracts';
import { monthOf } from './local-days.ts';
import type { Selection } from './selection.ts';
import type { Snapshot } from './snapshot.ts';
import { scan } from './snapshot-scan.ts';

/**
 * Entry k: `count[k]` records of `cells[cell[k]]`, month number `month[k]`, `categories[category[k]]` and
 * `communes[commune[k]]`. By category, month, cell, commune; none that is zero. The three dictionaries ascend and hold
 * nothing without a record. Only records in res-10 cells.
 */
export type CellCategoryCounts = {
  cells: H3Cell[];
  categories: string[];
  communes: string[];
  cell: Int32Array;
  month: Int32Array;
  category: Int32Array;
  commune: Int32Array;
  count: Int32Array;
};

/** Some 10 ms of rows. */
const rowsPerTurn = 200_000;

/**
 * The statement in features/area-evidence/area-evidence-queries.ts (`countByCellCategory`) read from the snapshot; lets the
 * event loop answer others between months of a category. One million rows: some 0.4 s.
 */
export async function snapshotCountByCellCategory(
  snapshot: Snapshot,
  selection: Selection,
): Promise<CellCategoryCounts> {
  const { ordinals, numbers, names } = snapshot.cells[10];
  const { commune } = snapshot;
  const ranked = snapshot.communes.map((code, i) => ({ code, i })).sort((a, b) => (a.code < b.code ? -1 : 1));
  const rankOf = new Uint32Array(snapshot.communes.length + 1);
  ranked.forEach(({ i }, rank) => {
    rankOf[i + 1] = rank;
  });
  const width = Math.max(1, ranked.length);

  const { runs, codes } = await collectRuns(snapshot, selection);
  const entries = { cell: newList(), month: newList(), category: newList(), commune: newList(), count: newList() };
  let sinceTurn = 0;
  for (const { category, month, rows } of runs) {
    const keys = new Float64Array(rows.reduce((sum, [start, stop]) => sum + stop - start, 0));
    let filled = 0;
    for (const [start, stop] of rows)
      for (let row = start; row < stop; row++)
        if (ordinals[row] !== 0) keys[filled++] = (ordinals[row] - 1) * width + rankOf[commune[row]];
    const sorted = keys.subarray(0, filled).sort();
    for (let first = 0, next = 0; first < filled; first = next) {
      for (next = first + 1; next < filled && sorted[next] === sorted[first]; next++);
      entries.cell.push(Math.floor(sorted[first] / width));
      entries.month.push(month);
      entries.category.push(category);
      entries.commune.push(sorted[first] % width);
      entries.count.push(next - first);
    }
    sinceTurn += keys.length;
    if (sinceTurn >= rowsPerTurn) {
      sinceTurn = 0;
      await new Promise(setImmediate);
    }
  }
  const cell = usedOnly(entries.cell.done());
  const communes = usedOnly(entries.commune.done());
  const categories = usedOnly(entries.category.done());
  return {
    cells: cell.used.map((ordinal) => (names[ordinal] ??= numberToCell(numbers[ordinal], 10))),
    categories: categories.used.map((rank) => codes[rank]),
    communes: communes.used.map((rank) => ranked[rank].code),
    cell: cell.ordinals,
    month: entries.month.done(),
    category: categories.ordinals,
    commune: communes.ordinals,
    count: entries.count.done(),
  };
}

type Run = { category: number; month: number; rows: [start: number, stop: number][] };

/** Runs of rows by rank of the category's code, then by month. */
async function collectRuns(snapshot: Snapshot, selection: Selection): Promise<{ runs: Run[]; codes: string[] }> {
  const codes = [...snapshot.categories].sort();
  const rankOf = snapshot.categories.map((code) => codes.indexOf(code));
  const found = new Map<number, Run>();
  let seen = Number.NaN;
  let month = 0;
  scan(snapshot, selection, undefined, {
    matched(start, stop, category, day) {
      if (day !== seen) month = monthOf(day); // runs of one day follow one another
      seen = day;
      const key = rankOf[category] * 1_000_000 + month;
      const run = found.get(key);
      if (run === undefined) found.set(key, { category: rankOf[category], month, rows: [[start, stop]] });
      else run.rows.push([start, stop]);
    },
    unknown() {},
  });
  await new Promise(setImmediate);
  return { runs: [...found].sort(([a], [b]) => a - b).map(([, run]) => run), codes };
}

/** The ordinals that occur, ascending, and each entry's place among them. */
function usedOnly(entries: Int32Array): { used: number[]; ordinals: Int32Array } {
  const used = [...new Set(entries)].sort((a, b) => a - b);
  const places = new Map(used.map((ordinal, place) => [ordinal, place]));
  return { used, ordinals: entries.map((ordinal) => places.get(ordinal) ?? 0) };
}

/** A growing column: an array of millions of numbers takes twice the memory. */
function newList(): { push(value: number): void; done(): Int32Array } {
  let values = new Int32Array(1024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const wider = new Int32Array(2 * length);
        wider.set(values);
        values = wider;
      }
      values[length++] = value;
    },
    done: () => values.slice(0, length),
  };
}
