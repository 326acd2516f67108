import { expect, test } from 'vitest';
import { dispersionOf, monthSpread, shrunkDispersion, windowSpread } from './evidence-dispersion.ts';
import { expectedLevel, levelPrior } from './regression-to-mean.ts';

/** A year before the window in which every month was reported. */
const whole = (earlier: number) => ({ recent: 25, earlier, share: 1 });
const even = Array.from({ length: 24 }, () => 100);

test('months as the season has them do not vary beyond chance, each year at its own level', () => {
  const season = even.map((_, month) => 100 + 50 * (month % 12));
  const series = season.map((whole, month) => (whole / 50) * (month < 12 ? 1 : 3));
  expect(monthSpread(series, season).squares).toBeCloseTo(0, 10);
  expect(monthSpread(series, season).freedom).toBe(22);
});

test('the sum of squares is that of Pearson, over reported months alone', () => {
  const { squares, freedom } = monthSpread([2, null, 6, 4], [1, 1, 1, 1]);
  expect([squares, freedom]).toEqual([(4 + 4 + 0) / 4, 2]);
  expect(monthSpread([0, 0, 0], even)).toEqual({ squares: 0, freedom: 0 });
});

test('what became of places is held against one common course', () => {
  expect(
    windowSpread([
      { before: 10, after: 5 },
      { before: 40, after: 20 },
    ]).squares,
  ).toBeCloseTo(0, 12);
  const { squares, freedom } = windowSpread([
    { before: 60, after: 40 },
    { before: 40, after: 60 },
  ]);
  // Two shares of 0.4 and 0.6 about 0.5, each of 100: z² = 4.
  expect([squares, freedom]).toEqual([8, 1]);
  expect(windowSpread([{ before: 3, after: 0 }])).toEqual({ squares: 0, freedom: 0 });
});

test('a dispersion leans towards comparable places and is never below 1', () => {
  const wild = { squares: 44, freedom: 11 };
  expect(shrunkDispersion(wild, [{ squares: 240, freedom: 240 }])).toBeCloseTo((44 + 24) / 35, 12);
  expect(shrunkDispersion({ squares: 1, freedom: 11 }, [])).toBe(1);
  expect([dispersionOf(wild), dispersionOf({ squares: 0, freedom: 0 })]).toEqual([4, 1]);
});

test('a high count is expected to fall back towards its like, less so when the year before was high too', () => {
  const prior = levelPrior([8, 12, 10, 9, 11, 14, 6, 10, 16, 4, 13, 7], 1)!;
  const once = expectedLevel(prior, { before: 25, past: whole(10) }, 1);
  const twice = expectedLevel(prior, { before: 25, past: whole(25) }, 1);
  expect(once).toBeGreaterThan(10);
  expect(twice).toBeGreaterThan(once);
  expect(twice).toBeLessThan(25);
  // The more a place varies by itself the less its own count says.
  expect(expectedLevel(prior, { before: 25, past: whole(10) }, 3)).toBeLessThan(once);
});

test('a year before that half of the months pair with speaks by its rate, and half as loud', () => {
  const prior = { shape: 4, rate: 0.4 };
  const half = { recent: 12, earlier: 10, share: 0.5 };
  // By hand: (4 + 25 + ½ · 10) ÷ (0.4 + 1 + ½ · ½); not as if ten were all that the year had.
  expect(expectedLevel(prior, { before: 25, past: half }, 1)).toBeCloseTo(34 / 1.65, 12);
  expect(expectedLevel(prior, { before: 25, past: whole(10) }, 1)).toBeCloseTo(34 / 1.9, 12);
  // A rate like the prior's own and the window's changes nothing, however little of the year it was watched.
  for (const share of [0.25, 0.5, 1])
    expect(expectedLevel(prior, { before: 10, past: { recent: 0, earlier: 10 * share, share } }, 1)).toBeCloseTo(
      10,
      12,
    );
  expect(expectedLevel(prior, { before: 10, past: null }, 1)).toBeCloseTo(10, 12);
});

test('too few places, or places without a record, tell nothing of levels', () => {
  expect(levelPrior([1, 2, 3], 1)).toBeNull();
  expect(
    levelPrior(
      Array.from({ length: 20 }, () => 0),
      1,
    ),
  ).toBeNull();
});
