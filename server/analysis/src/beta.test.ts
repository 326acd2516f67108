import { expect, test } from 'vitest';
import { betaQuantile, binomialAtLeast, binomialAtMost, incompleteBeta } from './beta.ts';

test('the incomplete beta function meets its closed forms', () => {
  expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 15);
  expect(incompleteBeta(0.3, 2, 1)).toBeCloseTo(0.09, 15);
  expect(incompleteBeta(0.3, 1, 5)).toBeCloseTo(1 - 0.7 ** 5, 15);
  expect(incompleteBeta(0.5, 1e6, 1e6)).toBeCloseTo(0.5, 10);
  expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
});

test('quantiles meet those of R and undo the function, far into the tails', () => {
  // qbeta(.025, 3, 8) of R 4.2.2
  expect(betaQuantile(0.025, 3, 8)).toBeCloseTo(0.06673951117773447, 15);
  for (const [a, b] of [
    [1, 1000],
    [1000, 1],
    [5, 5],
    [100000, 99000],
    [2, 3e6],
  ]) {
    for (const p of [1e-9, 0.025, 0.5, 0.975]) {
      expect(Math.abs(incompleteBeta(betaQuantile(p, a, b), a, b) / p - 1)).toBeLessThan(1e-9);
    }
  }
});

test('binomial tails add up to one and the probability they share', () => {
  // P(X = 3) of Bin(10, 0.3)
  expect(binomialAtMost(3, 10, 0.3) + binomialAtLeast(3, 10, 0.3) - 1).toBeCloseTo(120 * 0.3 ** 3 * 0.7 ** 7, 14);
  expect([binomialAtMost(10, 10, 0.3), binomialAtLeast(0, 10, 0.3)]).toEqual([1, 1]);
});
