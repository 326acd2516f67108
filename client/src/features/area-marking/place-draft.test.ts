import { cellToChildren, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { atRes, emptyPlace, numbersOfCells, numbersOfShape, parseCells, placeOfCells, toPlace } from './place-draft.ts';

const cell8 = latLngToCell(20.17, 106.46, 8);
const cell9 = latLngToCell(20.17, 106.46, 9);
const ring: [number, number][] = [
  [106.46, 20.16],
  [106.47, 20.16],
  [106.47, 20.17],
  [106.46, 20.17],
  [106.46, 20.16],
];

describe('what is sent of a place', () => {
  test('is nothing while nothing is chosen, whatever the tool', () => {
    for (const tool of ['keep', 'draw', 'commune', 'cells'] as const)
      expect(toPlace({ ...emptyPlace, tool })).toBeUndefined();
  });

  test('is what the tool in use holds', () => {
    const all = { ...emptyPlace, rings: [ring], communeCode: '26740', cells: [cell9] };
    expect(toPlace({ ...all, tool: 'draw' })).toEqual({
      polygon: { type: 'MultiPolygon', coordinates: [[ring]] },
      snapM: 0,
    });
    expect(toPlace({ ...all, tool: 'draw', isSnapped: true })).toMatchObject({ snapM: 60 });
    expect(toPlace({ ...all, tool: 'commune' })).toEqual({ communeCode: '26740' });
    expect(toPlace({ ...all, tool: 'cells' })).toEqual({ cells: [cell9] });
  });
});

test('cells of a suggestion begin a place of their own size', () => {
  expect(placeOfCells([cell9])).toMatchObject({ tool: 'cells', res: 9, cells: [cell9] });
});

test('a cell of a coarser size becomes all that lie in it, a finer one is left out', () => {
  const finer = atRes([cell8], 9);
  expect(finer.length).toBeGreaterThanOrEqual(6);
  expect(finer).toContain(cell9);
  expect(atRes([cell9], 8)).toEqual([]);
});

test('typed cells are told apart from what is none, or of another size', () => {
  expect(parseCells(`${cell9}, ${cell8}\nô-này ${cell9.toUpperCase()}`, 9)).toEqual({
    cells: [cell9],
    wrong: [cell8, 'ô-này'],
  });
});

describe('the numbers while marking', () => {
  test('of a shape: its size, and the small cells whose centre lies in it', () => {
    const { km2, cells } = numbersOfShape({ type: 'MultiPolygon', coordinates: [[ring]] });
    expect(km2).toBeCloseTo(1.162, 2);
    // 0.015 km² a cell on average (h3geo.org, table of cell statistics).
    expect(cells.size).toBeGreaterThan(60);
    expect(cells.size).toBeLessThan(95);
  });

  test('of cells: their size, and the small cells in them', () => {
    const { km2, cells } = numbersOfCells([cell9]);
    expect(km2).toBeGreaterThan(0.08);
    expect(km2).toBeLessThan(0.13);
    expect(cells.size).toBeGreaterThanOrEqual(6);
    expect([...cells].some((one) => cellToChildren(cell9, 10).includes(one))).toBe(true);
  });

  test('list no cells of a shape as large as a province', () => {
    const wide = {
      type: 'MultiPolygon' as const,
      coordinates: [
        [
          [
            [106, 20],
            [107, 20],
            [107, 21],
            [106, 21],
            [106, 20],
          ],
        ],
      ],
    };
    expect(numbersOfShape(wide).cells.size).toBe(0);
    expect(numbersOfShape(wide).km2).toBeGreaterThan(10_000);
  });
});
