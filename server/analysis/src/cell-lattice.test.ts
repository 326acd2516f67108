import { gridDisk, gridDistance } from 'h3-js';
import { expect, test } from 'vitest';
import {
  cellAt,
  cellLattice,
  compactShape,
  positionOf,
  runningRows,
  shapeRing,
  stepsBetween,
  sumOver,
  toRuns,
} from './cell-lattice.ts';
import { cellOf } from './geo.ts';
import { seededRandom } from './test-data.ts';

const middle = cellOf(106.2, 20.9, 10);
const cells = gridDisk(middle, 30);
const lattice = cellLattice([...cells].sort());

test('every cell has one position, which leads back to it', () => {
  const positions = cells.map((cell) => positionOf(lattice, cell));
  expect(new Set(positions).size).toBe(cells.length);
  expect(positions.map((position) => cellAt(lattice, position))).toEqual(cells);
  expect(positionOf(lattice, cellOf(105.2, 20.9, 10))).toBe(-1);
});

test('steps between positions are those of H3', () => {
  const random = seededRandom(1);
  for (let round = 0; round < 300; round++) {
    const [a, b] = [0, 0].map(() => cells[Math.floor(random() * cells.length)]);
    expect(stepsBetween(lattice, positionOf(lattice, a), positionOf(lattice, b))).toBe(gridDistance(a, b));
  }
});

test('compact shapes of whole rings are disks of H3, others lie between two of them', () => {
  const shapeOf = (size: number) =>
    new Set(compactShape(size).map((offset) => cellAt(lattice, positionOf(lattice, middle), offset)));
  for (const radius of [0, 1, 2, 3, 5]) {
    const disk = gridDisk(middle, radius);
    expect(shapeOf(disk.length)).toEqual(new Set(disk));
  }
  const forty = shapeOf(40);
  expect(forty.size).toBe(40);
  expect(gridDisk(middle, 3).every((cell) => forty.has(cell))).toBe(true);
});

test('the ring of a shape is what lies within so many steps, without the shape', () => {
  const ring = shapeRing(compactShape(19), 2).map((offset) => cellAt(lattice, positionOf(lattice, middle), offset));
  const inside = new Set(gridDisk(middle, 2));
  expect(new Set(ring)).toEqual(new Set(gridDisk(middle, 4).filter((cell) => !inside.has(cell))));
});

test('sums over shapes are those of a plain count, at the edge of the box too', () => {
  const random = seededRandom(2);
  const values = new Int32Array(lattice.width * lattice.height);
  const counts = new Map(cells.map((cell) => [cell, Math.floor(random() * 5)]));
  for (const [cell, count] of counts) values[positionOf(lattice, cell)] = count;
  const sums = runningRows(lattice, values);
  const runs = toRuns(compactShape(61));
  for (const cell of cells) {
    const plain = gridDisk(cell, 4).reduce((sum, near) => sum + (counts.get(near) ?? 0), 0);
    expect(sumOver(lattice, sums, runs, positionOf(lattice, cell))).toBe(plain);
  }
});

test('nothing has no box', () => {
  const empty = cellLattice([]);
  expect([empty.width, empty.height, positionOf(empty, middle)]).toEqual([0, 0, -1]);
});
