/** Rows drawn above and below what is seen, so that a scroll shows none missing. */
const spare = 12;

export type RowWindow = { first: number; end: number; above: number; below: number };

/**
 * Which rows of equal height a scrolled frame needs, and the pixels that stand for the others.
 * @param rowHeight 0 = not measured yet: the first rows are drawn to measure one.
 */
export function rowWindow(rows: number, scrollTop: number, frameHeight: number, rowHeight: number): RowWindow {
  if (rowHeight <= 0) return { first: 0, end: Math.min(rows, 3 * spare), above: 0, below: 0 };
  const top = Math.max(0, Math.min(scrollTop, rows * rowHeight - frameHeight));
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const end = Math.min(rows, Math.ceil((top + frameHeight) / rowHeight) + spare);
  return { first, end, above: first * rowHeight, below: (rows - end) * rowHeight };
}
