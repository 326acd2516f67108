import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { benjaminiHochberg } from './false-discovery.ts';
import { giStar } from './gi-star.ts';
import { mannKendall, theilSen } from './mann-kendall.ts';
import { twoSidedP } from './normal.ts';
import { deviations } from './test-data.ts';
import { wilson } from './wilson.ts';

test('normal tails are those of R, near the middle and far out', () => {
  expect(twoSidedP(0)).toBe(1);
  // 2 * pnorm(-z) of R 4.2.2
  expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 15);
  expect(twoSidedP(-8) / 1.244192114854356e-15).toBeCloseTo(1, 12);
  expect(twoSidedP(2.9999999) / twoSidedP(3.0000001)).toBeCloseTo(1, 5);
});

interface Grid {
  cells: { count: number; neighbours: number[] }[];
  results: { label: string; gi_star: Record<'z' | 'p_two_sided' | 'p_bh', (number | null)[]> }[];
}

test('Gi* of 400 cells with an island, its p and q are those of spdep', () => {
  const grid = readGolden<Grid>('01_h3_hotspot_grid.json');
  const { z, p, q } = giStar(
    grid.cells.map(({ count }) => count),
    grid.cells.map(({ neighbours }) => neighbours),
  );
  const expected = grid.results[0].gi_star;
  expect(deviations(z, expected.z, 1e-9)).toEqual([]);
  expect(deviations(p, expected.p_two_sided, 1e-10)).toEqual([]);
  expect(deviations(q, expected.p_bh, 1e-10)).toEqual([]);
});

test('Gi* of equal values has no score', () => {
  expect(giStar([2, 2, 2], [[1], [0, 2], [1]])).toEqual({
    z: [null, null, null],
    p: [null, null, null],
    q: [null, null, null],
  });
});

test('Gi* of equal values has no score even when their mean is rounded', () => {
  expect(giStar([0.1, 0.1, 0.1], [[1], [0, 2], [1]]).z).toEqual([null, null, null]);
});

test('q-values pass over what was not tested', () => {
  expect(deviations(benjaminiHochberg([0.01, null, 0.04, 0.03]), [0.03, null, 0.04, 0.04], 1e-15)).toEqual([]);
});

interface Series {
  id: string;
  y: number[];
  expected: Record<'S' | 'varS' | 'tau_b' | 'z_cc' | 'p_cc' | 'theil_sen_slope' | 'theil_sen_intercept', number>;
}

describe.each(readGolden<{ series: Series[] }>('02a_mann_kendall_theil_sen.json').series)(
  'series $id',
  ({ y, expected }) => {
    test('Mann–Kendall and Theil–Sen are those of R and scipy', () => {
      const { s, varS, z, p, tau } = mannKendall(y);
      const { slope, intercept } = theilSen(y);
      expect(
        deviations(
          [s, varS, tau, z, p, slope, intercept],
          [
            expected.S,
            expected.varS,
            expected.tau_b,
            expected.z_cc,
            expected.p_cc,
            expected.theil_sen_slope,
            expected.theil_sen_intercept,
          ],
          1e-9,
        ),
      ).toEqual([]);
    });
  },
);

interface Share {
  k: number;
  n: number;
  expected: Record<'rate' | 'wilson95_low' | 'wilson95_high', number | null>;
}

test.each(readGolden<{ cases: Share[] }>('04_proportions_wilson.json').cases)(
  'Wilson interval of $k in $n',
  ({ k, n, expected }) => {
    const got = wilson(k, n);
    expect(
      deviations(
        [got?.rate ?? null, got?.low ?? null, got?.high ?? null],
        [expected.rate, expected.wilson95_low, expected.wilson95_high],
        1e-10,
      ),
    ).toEqual([]);
  },
);

test('a share of more than all is refused', () => {
  expect(() => wilson(3, 2)).toThrow('3 of 2');
});
