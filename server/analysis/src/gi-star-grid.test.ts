import fc from 'fast-check';
import { getPentagons, gridDisk } from 'h3-js';
import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { giStar } from './gi-star.ts';
import { giStarGrid, giStarZ } from './gi-star-grid.ts';
import { hexGrid } from './hex-grid.ts';
import { globalMoran, globalMoranGrid } from './moran.ts';
import { deviations } from './test-data.ts';

interface Golden {
  cells: { cell: string; count: number }[];
  results: {
    gi_star: Record<'z' | 'p_two_sided' | 'p_bh', number[]>;
    moran_global: { binary_randomisation: Record<'I' | 'E' | 'Var' | 'z' | 'p_two_sided', number> };
    mean: number;
    sd_population: number;
  }[];
}
const { cells, results } = readGolden<Golden>('01_h3_hotspot_grid.json');
const counts = cells.map(({ count }) => count);
const grid = hexGrid(cells.map(({ cell }) => cell));

/** Around a pentagon, with holes and islands. */
const field = gridDisk(getPentagons(5)[0], 4);
const subsets = fc.subarray(field, { minLength: 1 }).chain((kept) =>
  fc.record({
    kept: fc.constant(kept),
    // Counts and rates: a value such as 1e-162, whose fourth power is no number any more, is neither.
    values: fc.array(
      fc.oneof(
        fc.nat(3),
        fc.nat(50_000).map((thousandths) => thousandths / 1000),
      ),
      {
        minLength: kept.length,
        maxLength: kept.length,
      },
    ),
    member: fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: kept.length, maxLength: kept.length }),
  }),
);

test('Gi* on the grid of the 400 reference cells is that of spdep', () => {
  const { z, p, q, mean, deviation, members } = giStarGrid(counts, grid);
  const [{ gi_star, ...expected }] = results;
  expect(deviations([...z], gi_star.z, 1e-9)).toEqual([]);
  expect(deviations([...p], gi_star.p_two_sided, 1e-10)).toEqual([]);
  expect(deviations([...q], gi_star.p_bh, 1e-10)).toEqual([]);
  expect(deviations([mean, deviation, members], [expected.mean, expected.sd_population, 400], 1e-9)).toEqual([]);
});

test('global Moran on the grid of the 400 reference cells is that of spdep', () => {
  const { i, expected, variance, z, p } = globalMoranGrid(counts, grid);
  const want = results[0].moran_global.binary_randomisation;
  expect(deviations([i, expected, variance, z], [want.I, want.E, want.Var, want.z], 1e-9)).toEqual([]);
  expect(p! / want.p_two_sided).toBeCloseTo(1, 9);
});

test('Gi* of any set of cells is its definition, with a full matrix of weights', () => {
  fc.assert(
    fc.property(subsets, ({ kept, values }) => {
      const n = kept.length;
      const mean = values.reduce((sum, value) => sum + value, 0) / n;
      const s = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / n - mean * mean);
      fc.pre(s > 1e-3);
      const expected = kept.map((cell) => {
        const w = kept.map((other) => (gridDisk(cell, 1).includes(other) ? 1 : 0));
        const weights = w.reduce<number>((sum, weight) => sum + weight, 0);
        const local = w.reduce<number>((sum, weight, j) => sum + weight * values[j], 0);
        const spread = s * Math.sqrt((n * weights - weights ** 2) / (n - 1));
        return spread > 0 ? (local - mean * weights) / spread : null;
      });
      expect(deviations(nullable(giStarGrid(values, hexGrid(kept)).z), expected, 1e-6)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a cell that is left out changes the scores as if the grid had been made without it', () => {
  fc.assert(
    fc.property(subsets, ({ kept, values, member }) => {
      const full = hexGrid(kept);
      const inside = member.flatMap((flag, i) => (flag === 1 ? [i] : []));
      const rest = hexGrid(inside.map((i) => kept[i]));
      const restValues = inside.map((i) => values[i]);
      const restNeighbours = inside.map((_, i) => rest.neighbours.subarray(rest.start[i], rest.start[i + 1]));
      const got = giStarGrid(values, full, Uint8Array.from(member));
      const expected = giStar(restValues, restNeighbours);
      const onMembers = (scores: Float64Array) => nullable(Float64Array.from(inside, (i) => scores[i]));
      expect(deviations(onMembers(got.z), expected.z, 1e-9)).toEqual([]);
      expect(deviations(onMembers(got.p), expected.p, 1e-9)).toEqual([]);
      expect(deviations(onMembers(got.q), expected.q, 1e-9)).toEqual([]);
      expect(member.every((flag, i) => flag === 1 || Number.isNaN(got.z[i] + got.p[i] + got.q[i]))).toBe(true);
      expect(got.members).toBe(inside.length);
      const z = new Float64Array(kept.length);
      giStarZ(values, full, Uint8Array.from(member), z);
      expect(z).toEqual(got.z);

      const moran = globalMoranGrid(values, full, Uint8Array.from(member));
      const wanted = globalMoran(restValues, restNeighbours);
      const keys = ['i', 'expected', 'variance', 'z', 'p'] as const;
      expect(
        deviations(
          keys.map((key) => moran[key]),
          keys.map((key) => wanted[key]),
          1e-9,
        ),
      ).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('equal values, and a grid without members, have no score', () => {
  const equal = giStarGrid(new Float64Array(400).fill(0.1), grid);
  expect([equal.z, equal.p, equal.q].every((scores) => scores.every(Number.isNaN))).toBe(true);
  expect(equal.deviation).toBe(0);
  const none = giStarGrid(counts, grid, new Uint8Array(400));
  expect(none.z.every(Number.isNaN)).toBe(true);
  expect([none.members, none.mean]).toEqual([0, Number.NaN]);
  expect(globalMoranGrid(counts, grid, new Uint8Array(400)).i).toBeNull();
});

test('arrays of another length than the grid are refused', () => {
  expect(() => giStarGrid([1, 2], grid)).toThrow('2 values but neighbours of 400');
  expect(() => giStarGrid(counts, grid, new Uint8Array(3))).toThrow('3 members but neighbours of 400');
  expect(() => giStarZ(counts, grid, undefined, new Float64Array(7))).toThrow('400 values but room for 7 scores');
  expect(() => globalMoranGrid([1, 2], grid)).toThrow('2 values but neighbours of 400');
});

function nullable(scores: Float64Array): (number | null)[] {
  return Array.from(scores, (score) => (Number.isNaN(score) ? null : score));
}
