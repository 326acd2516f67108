import fc from 'fast-check';
import { cellToChildren, getPentagons, gridDisk } from 'h3-js';
import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { cellOf } from './geo.ts';
import { type HexGrid, hexGrid, toRings } from './hex-grid.ts';

const ringsOf = ({ cells, start, neighbours }: HexGrid) =>
  cells.map((_, i) => [...neighbours.subarray(start[i], start[i + 1])].sort((a, b) => a - b));

test('the grid of the 400 reference cells has the neighbours of the reference, island included', () => {
  const { cells } = readGolden<{ cells: { cell: string; neighbours: number[] }[] }>('01_h3_hotspot_grid.json');
  const expected = cells.map(({ neighbours }) => neighbours.toSorted((a, b) => a - b));
  expect(ringsOf(hexGrid(cells.map(({ cell }) => cell)))).toEqual(expected);
  expect(expected.some((ring) => ring.length === 0)).toBe(true);
});

test('a pentagon has five neighbours, an island none, and nothing has none', () => {
  const [pentagon] = getPentagons(6);
  const island = cellOf(106.3, 20.4, 6);
  const { start } = hexGrid([island, pentagon, ...gridDisk(pentagon, 2).filter((cell) => cell !== pentagon)]);
  expect(start.slice(0, 3)).toEqual(Int32Array.of(0, 0, 5));
  expect(hexGrid([])).toEqual({ cells: [], start: new Int32Array(1), neighbours: new Int32Array(0) });
});

test('any set of cells in any order has neighbours that are mutual and one step apart', () => {
  // Around a pentagon, where rings are irregular.
  const field = gridDisk(getPentagons(5)[3], 4);
  fc.assert(
    fc.property(fc.shuffledSubarray(field), (cells) => {
      const expected = cells.map((cell) =>
        cells.flatMap((other, j) => (other !== cell && gridDisk(cell, 1).includes(other) ? [j] : [])),
      );
      const got = hexGrid(cells);
      expect(ringsOf(got)).toEqual(expected);
      expect(toRings(expected).start).toEqual(got.start);
    }),
    { numRuns: 40 },
  );
});

test('cells that are no cells, repeated, or of mixed resolutions are refused', () => {
  const cell = cellOf(106.3, 20.4, 9);
  expect(() => hexGrid([cell, cell])).toThrow(`cell 1 is ${cell} again`);
  expect(() => hexGrid([cell, cellToChildren(cell, 10)[0]])).toThrow('cell 1 is of res 10; expected 9');
  expect(() => hexGrid(['894143c100'])).toThrow('cell 0 is 894143c100; expected an H3 cell');
  expect(() => hexGrid(['hexagon'])).toThrow('expected an H3 cell');
});
