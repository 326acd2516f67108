import { expect, test } from 'vitest';
import { seasonalIndex } from './seasonal-index.ts';

const even = (years: number, steps: number) =>
  Array.from({ length: years }, () => Array.from({ length: steps }, () => 30));

test('with every step known the index is the share of all counts', () => {
  const index = seasonalIndex(
    [
      [10, 20, 30],
      [30, 20, 40],
    ],
    even(2, 3),
  ).map((step) => step.index);
  expect(index.map((value) => Math.round((value ?? 0) * 1e10) / 1e10)).toEqual([0.8, 0.8, 1.4]);
});

test('a longer month with as many more records is no season', () => {
  for (const { index } of seasonalIndex([[31, 28, 30]], [[31, 28, 30]])) expect(index).toBeCloseTo(1, 12);
});

test('a missing step is not compared with a year that it is not part of', () => {
  // The second year is ten times the first; the third step is always twice the others.
  const whole = [
    [10, 10, 20],
    [100, 100, 200],
  ];
  const [, , full] = seasonalIndex(whole, even(2, 3));
  const [, , gap] = seasonalIndex([[10, 10, null], whole[1]], even(2, 3));
  expect(full.index).toBeCloseTo(1.5, 10);
  expect(gap.index).toBeCloseTo(1.5, 10);
  // Control: the mean of what is known, year by year, would be misled.
  expect(200 / ((10 + 10 + 100 + 100 + 200) / 5)).toBeGreaterThan(2);
});

test('limits widen when the season differs from year to year, and hold the index', () => {
  const steady = seasonalIndex(
    [
      [10, 20],
      [10, 20],
      [10, 20],
    ],
    even(3, 2),
  );
  const changing = seasonalIndex(
    [
      [2, 28],
      [18, 12],
      [10, 20],
    ],
    even(3, 2),
  );
  expect(changing[0].index).toBeCloseTo(steady[0].index ?? 0, 12);
  const width = ({ low, high }: (typeof steady)[number]) => (high ?? 0) - (low ?? 0);
  expect(width(changing[0])).toBeGreaterThan(1.5 * width(steady[0]));
  for (const { index, low, high } of [...steady, ...changing]) {
    expect(low).toBeLessThan(index ?? 0);
    expect(high).toBeGreaterThan(index ?? 0);
  }
});

test('what cannot be told is null', () => {
  const nothing = { index: null, low: null, high: null };
  expect(seasonalIndex([[0, 0]], even(1, 2))).toEqual([nothing, nothing]);
  expect(seasonalIndex([], [])).toEqual([]);
  expect(seasonalIndex([[4, null, 4]], even(1, 3))[1]).toEqual(nothing);
  // No year links the fourth step with the others.
  expect(
    seasonalIndex(
      [
        [4, 5, 6, null],
        [null, null, null, 9],
      ],
      even(2, 4),
    )[3],
  ).toEqual(nothing);
  expect(seasonalIndex([[0, 12]], even(1, 2))[0]).toMatchObject({ index: 0, low: 0 });
  expect(() => seasonalIndex([[1, 2]], [[30]])).toThrow('shapes');
});
