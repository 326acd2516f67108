import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { globalMoran, localMoran } from './moran.ts';
import { deviations } from './test-data.ts';

interface Grid {
  cells: { count: number; neighbours: number[] }[];
  results: {
    moran_global: { binary_randomisation: Record<'I' | 'E' | 'Var' | 'z' | 'p_two_sided', number> };
    local_moran: {
      binary_conditional: Record<'Ii' | 'z' | 'p_two_sided' | 'p_bh', (number | null)[]>;
      row_standardised_conditional: { quadrant_mean: string[] };
    };
  }[];
}

const { cells, results } = readGolden<Grid>('01_h3_hotspot_grid.json');
const values = cells.map(({ count }) => count);
const neighbours = cells.map(({ neighbours }) => neighbours);

test('global Moran of 400 cells with an island is that of spdep', () => {
  const { i, expected, variance, z, p } = globalMoran(values, neighbours);
  const want = results[0].moran_global.binary_randomisation;
  expect(deviations([i, expected, variance, z], [want.I, want.E, want.Var, want.z], 1e-9)).toEqual([]);
  expect(p! / want.p_two_sided).toBeCloseTo(1, 9);
});

test('local Moran of 400 cells, its p, q and quadrant are those of spdep', () => {
  const { i, z, p, q, quadrant } = localMoran(values, neighbours);
  const want = results[0].local_moran.binary_conditional;
  expect(deviations(i, want.Ii, 1e-9)).toEqual([]);
  expect(deviations(z, want.z, 1e-9)).toEqual([]);
  expect(deviations(p, want.p_two_sided, 1e-10)).toEqual([]);
  expect(deviations(q, want.p_bh, 1e-10)).toEqual([]);
  expect(quadrant).toEqual(results[0].local_moran.row_standardised_conditional.quadrant_mean);
});

test('an island has no local score, and does not count in the global one', () => {
  const ring = [
    [1, 4],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 0],
  ];
  expect(localMoran([5, 1, 0, 2, 3, 9], [...ring, []]).z[5]).toBeNull();
  expect(globalMoran([5, 1, 0, 2, 3, 9], [...ring, []]).expected).toBe(-1 / 4);
});

test('equal values have no Moran, even when their mean is rounded', () => {
  const ring = [
    [1, 4],
    [0, 2],
    [1, 3],
    [2, 4],
    [3, 0],
  ];
  expect(globalMoran([0.1, 0.1, 0.1, 0.1, 0.1], ring).i).toBeNull();
  expect(localMoran([0.1, 0.1, 0.1, 0.1, 0.1], ring).i).toEqual([null, null, null, null, null]);
});

test('one-way neighbours are weighed as they are given', () => {
  // A chain in which each cell looks at the next only: S1 = S0, S2 = 1 + 4 + 4 + 4 + 1, by hand.
  const { i, variance } = globalMoran([1, 2, 3, 4, 5], [[1], [2], [3], [4], [0]]);
  const [n, s0, s1, s2, b2] = [5, 5, 5, 20, (5 * 34) / 100];
  expect(i).toBeCloseTo((5 / 5) * ((2 + 0 + 0 + 2 - 4) / 10), 12);
  expect(variance).toBeCloseTo(
    (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 ** 2) - b2 * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 ** 2)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 ** 2) -
      1 / 16,
    12,
  );
});
