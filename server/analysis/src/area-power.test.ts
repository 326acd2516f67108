import { expect, test } from 'vitest';
import { detectableFall, fallPower } from './area-power.ts';

/** R 4.2.2: expected records before, least fall in thousandths found with 80%, power of a fall by half; ppois and pbinom only. */
const REFERENCE = [
  [8, 0.996, 0.133930590642628],
  [9, 0.957, 0.15584990752224],
  [10, 0.925, 0.177730923872805],
  [15, 0.808, 0.276437501315657],
  [20, 0.731, 0.373479594891391],
  [30, 0.62, 0.5627035208797],
  [50, 0.5, 0.801719608110422],
  [100, 0.367, 0.982144718901251],
  [200, 0.266, 0.999939008013374],
] as const;

test.each(REFERENCE)('of %d records the least fall and the power are those of R', (count, fall, power) => {
  expect(detectableFall(count)).toBe(fall);
  expect(fallPower(count, 0.5)).toBeCloseTo(power, 9);
});

test('so few that even none afterwards would not show it have no such fall', () => {
  for (const count of [0, 1, 5, 7]) expect(detectableFall(count)).toBeNull();
});

test('more records show smaller falls, also where the curve of roots takes over', () => {
  const falls = [10, 30, 100, 300, 399, 401, 1000, 5000].map((count) => detectableFall(count) ?? 1);
  expect(falls).toEqual(falls.toSorted((a, b) => b - a));
  expect(Math.abs(falls[4] - falls[5])).toBeLessThan(0.005);
});

test('a dispersion acts as so many times fewer records', () => {
  expect(detectableFall(60, { dispersion: 2 })).toBe(detectableFall(30));
  expect(() => detectableFall(-1)).toThrow('count -1');
  expect(() => detectableFall(10, { dispersion: 0.5 })).toThrow('dispersion 0.5');
});
