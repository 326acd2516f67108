import { hexGrid } from '@diemnong/analysis';
import { gridDisk } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cutToCores, fromKey, isMostlyIn, joinHotCells, toKey } from './joined-cells.ts';

const grid = hexGrid(gridDisk('89415a2d1b7ffff', 6).sort());
const flagsOf = (cells: readonly string[]) => Int8Array.from(grid.cells, (cell) => (cells.includes(cell) ? 2 : 0));
const namesOf = (sets: readonly number[][]) => sets.map((set) => set.map((i) => grid.cells[i]));
const [west, east] = [grid.cells[3], grid.cells[100]];

describe('cells joined', () => {
  it('are one set where they touch, and another where they do not', () => {
    expect(joinHotCells(grid, flagsOf([]))).toEqual([]);
    const two = [...gridDisk(west, 1), ...gridDisk(east, 1)].filter((cell) => grid.cells.includes(cell));
    const sets = namesOf(joinHotCells(grid, flagsOf(two)));
    expect(sets.length).toBe(2);
    expect(sets.flat().sort()).toEqual([...new Set(two)].sort());
  });

  it('leave cold cells out', () => {
    expect(
      joinHotCells(
        grid,
        flagsOf([east]).map((level) => -level),
      ),
    ).toEqual([]);
  });

  it('are cut to the cores of a set that is too large', () => {
    const centres = new Set(gridDisk('89415a2d1b7ffff', 1));
    const all = joinHotCells(grid, flagsOf(grid.cells));
    const z = Float64Array.from(grid.cells, (cell) =>
      centres.has(cell) ? 9 : gridDisk(cell, 2).some((near) => centres.has(near)) ? 4 : 3,
    );
    expect(namesOf(cutToCores(grid, all, { z, most: 10 }))).toEqual([[...centres].sort()]);
    expect(cutToCores(grid, all, { z, most: 500 })).toEqual(all);
    // Nothing stands out: it stays whole.
    expect(cutToCores(grid, all, { z: z.fill(3), most: 10 })).toEqual(all);
  });

  it('have a key that tells the question, and is theirs in any order', () => {
    const asked = { type: 4, res: 9, from: '2024-01-01', to: '2025-01-01' };
    expect(toKey(asked, [west, east])).toBe(toKey(asked, [east, west]));
    expect(toKey(asked, [west])).not.toBe(toKey(asked, [east]));
    expect(fromKey(toKey(asked, [west]))).toEqual(asked);
    for (const text of ['', 'x', '5.9.2024-01-01.2025-01-01.0123456789abcdef', toKey(asked, [west]).slice(1)])
      expect(fromKey(text)).toBeUndefined();
    expect(toKey(asked, [west]).length).toBeLessThan(80);
  });

  it('are mostly in others from half on', () => {
    expect(isMostlyIn(['a', 'b'], new Set(['a']))).toBe(true);
    expect(isMostlyIn(['a', 'b', 'c'], new Set(['a']))).toBe(false);
  });
});
