import { FileRefusal } from './file-refusal.ts';
import type { Cell, Row } from './row-source.ts';
import { attribute, createXmlScanner } from './xml-scanner.ts';
import { type GuardedZip, guarded } from './zip-guard.ts';

/** Cells of one column (0-based) that a sheet joins over several rows (1-based, both ends in it). */
export type MergedRows = { column: number; top: number; bottom: number };

/** More joined cells than a list by hand holds. */
const MOST_RANGES = 100_000;

/** Where a sheet joins cells over rows. They are told behind its rows, so the whole sheet is read once for them. */
export async function readMergedRows(zip: GuardedZip, path: string): Promise<MergedRows[]> {
  const merged: MergedRows[] = [];
  const push = createXmlScanner({
    wantsText: false,
    text() {},
    close() {},
    open(name, attributes) {
      if (name !== 'mergeCell') return;
      const range = /^([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})$/.exec(attribute(attributes, 'ref'));
      if (range === null) return;
      const [, letters = '', top = '', bottom = ''] = range;
      if (merged.length >= MOST_RANGES) throw new FileRefusal('damaged', { detail: `${MOST_RANGES} ô gộp` });
      if (Number(bottom) > Number(top))
        merged.push({ column: columnOf(letters), top: Number(top), bottom: Number(bottom) });
    },
  });
  const decoder = new TextDecoder();
  for await (const block of guarded(await zip.stream(path))) push(decoder.decode(block, { stream: true }));
  return merged;
}

/**
 * Gives every row of a joined cell the cell's value, which the file holds in its first row only: a commune or a decision written
 * once beside several lines means all of them. Rows are to come in order; what a row says itself stays.
 */
export function createMergeFiller(merged: readonly MergedRows[]): (row: Row) => void {
  const starting = [...merged].sort((a, b) => a.top - b.top);
  const open = new Map<number, { top: number; bottom: number; value: Cell }>();
  let next = 0;
  return ({ rowNumber, cells }) => {
    for (; next < starting.length && starting[next].top <= rowNumber; next++) {
      const { column, top, bottom } = starting[next];
      open.set(column, { top, bottom, value: null });
    }
    for (const [column, range] of open) {
      if (rowNumber > range.bottom) open.delete(column);
      else if (rowNumber === range.top) range.value = cells[column] ?? null;
      else if (range.value !== null && (cells[column] ?? null) === null) {
        while (cells.length < column) cells.push(null);
        cells[column] = range.value;
      }
    }
  };
}

/** 'AB' or 'AB12' → 27. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}
