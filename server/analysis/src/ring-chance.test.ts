import { gridDisk } from 'h3-js';
import { expect, test } from 'vitest';
import { cellOf } from './geo.ts';
import { giStarGrid } from './gi-star-grid.ts';
import { hexGrid } from './hex-grid.ts';
import { ringChance } from './ring-chance.ts';
import { seededRandom } from './test-data.ts';

const cells = gridDisk(cellOf(106.3, 20.4, 9), 20);
const grid = hexGrid(cells);

test('the chance of a ring is the binomial tail, summed by hand', () => {
  // 4 records over 37 cells, 3 of them in the middle: P(X ≥ 3) with share 7/37, twice.
  const small = hexGrid(gridDisk(cells[0], 3));
  const counts = small.cells.map((_, i) => (i === 0 ? 3 : i === 36 ? 1 : 0));
  const share = 7 / 37;
  const expected = 2 * (4 * share ** 3 * (1 - share) + share ** 4);
  expect(ringChance(counts, small).p[0]).toBeCloseTo(expected, 12);
});

test('exposure shares the records out: half of it expects half', () => {
  const small = hexGrid(gridDisk(cells[0], 3));
  const counts = small.cells.map((_, i) => (i < 7 ? 1 : 0));
  const exposure = small.cells.map((_, i) => (i < 7 ? 30 / 7 : 1));
  // The ring holds 30 of 60; 7 of 7 records in it.
  expect(ringChance(counts, small, undefined, exposure).p[0]).toBeCloseTo(2 * 0.5 ** 7, 12);
});

test('a cell that is left out has no chance and takes its records with it', () => {
  const counts = cells.map((_, i) => i % 3);
  const member = Uint8Array.from(cells, (_, i) => (i % 5 === 0 ? 0 : 1));
  const kept = cells.flatMap((_, i) => (member[i] === 1 ? [i] : []));
  const got = ringChance(counts, grid, member);
  const expected = ringChance(
    kept.map((i) => counts[i]),
    hexGrid(kept.map((i) => cells[i])),
  );
  expect(Float64Array.from(kept, (i) => got.q[i])).toEqual(expected.q);
  expect(got.p[0]).toBeNaN();
});

test('among few records at random Gi* finds hot cells after FDR, the exact chance hardly ever; a real cluster both find', () => {
  const random = seededRandom(5);
  let [fooled, held] = [0, 0];
  for (let draw = 0; draw < 60; draw++) {
    const counts = new Float64Array(cells.length);
    for (let i = 0; i < 180; i++) counts[Math.floor(random() * cells.length)]++;
    const { z, q } = giStarGrid(counts, grid);
    const chance = ringChance(counts, grid);
    if (q.some((value, i) => z[i] > 0 && value <= 0.05)) fooled++;
    if (chance.q.some((value) => value <= 0.05)) held++;
    counts[0] += 12;
    expect(giStarGrid(counts, grid).q[0]).toBeLessThan(0.01);
    expect(ringChance(counts, grid).q[0]).toBeLessThan(0.01);
  }
  expect(fooled).toBeGreaterThan(30);
  expect(held).toBeLessThan(8);
});

test('no records, and a ring that is the whole grid, are nothing special', () => {
  expect(ringChance(new Float64Array(cells.length), grid).p.every((value) => value === 1)).toBe(true);
  expect(ringChance([5, 0], hexGrid(cells.slice(0, 2))).p).toEqual(Float64Array.of(1, 1));
});

test('counts that are scaled, or of another length, are refused', () => {
  expect(() =>
    ringChance(
      cells.map(() => 0.5),
      grid,
    ),
  ).toThrow('cell 0 counts 0.5; expected a whole number');
  expect(() => ringChance([1], grid)).toThrow(`1 values but neighbours of ${cells.length}`);
});
