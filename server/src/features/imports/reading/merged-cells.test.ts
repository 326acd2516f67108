import { expect, it } from 'vitest';
import { createMergeFiller } from './merged-cells.ts';
import type { Cell } from './row-source.ts';

const fill = (merged: [column: number, top: number, bottom: number][], rows: [number, Cell[]][]) => {
  const filler = createMergeFiller(merged.map(([column, top, bottom]) => ({ column, top, bottom })));
  return rows.map(([rowNumber, cells]) => {
    filler({ rowNumber, cells });
    return cells;
  });
};

it('gives the value of a joined cell to all of its rows, and to no other', () => {
  const rows: [number, Cell[]][] = [
    [2, ['a', 'Xã A']],
    [3, ['b']],
    [5, ['c', null, 'x']],
    [6, ['d']],
  ];
  expect(fill([[1, 2, 5]], rows)).toEqual([['a', 'Xã A'], ['b', 'Xã A'], ['c', 'Xã A', 'x'], ['d']]);
});

it('several columns, one range after the other in the same column, ranges told out of order', () => {
  const rows: [number, Cell[]][] = [
    [1, [1, 'QĐ 1', 'x']],
    [2, [2, null, null, 'y']],
    [3, [3, 'QĐ 2']],
    [4, [4]],
  ];
  expect(
    fill(
      [
        [1, 3, 4],
        [1, 1, 2],
        [2, 1, 2],
      ],
      rows,
    ),
  ).toEqual([
    [1, 'QĐ 1', 'x'],
    [2, 'QĐ 1', 'x', 'y'],
    [3, 'QĐ 2'],
    [4, 'QĐ 2'],
  ]);
});

it('what a row says itself stays, and an empty joined cell gives nothing', () => {
  expect(
    fill(
      [
        [0, 1, 3],
        [2, 1, 2],
      ],
      [
        [1, ['a']],
        [2, ['own']],
        [3, []],
      ],
    ),
  ).toEqual([['a'], ['own'], ['a']]);
});

it('a joined cell whose first row holds nothing and does not come gives nothing', () => {
  expect(fill([[1, 1, 3]], [[2, ['a']]])).toEqual([['a']]);
});
