import { expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
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

type Target = Record<
  | 'p_value_rate_above_target_H1'
  | 'p_value_rate_below_target_H1'
  | 'posterior_prob_rate_ge_target_uniform_prior'
  | 'posterior_prob_rate_ge_target_jeffreys',
  number
>;
type Share = {
  k: number;
  n: number;
  expected: {
    clopper_pearson95_low: number | null;
    clopper_pearson95_high: number | null;
    targets: Record<string, Partial<Target>>;
  };
};
const shares = readGolden<{ cases: Share[] }>('04_proportions_wilson.json').cases.filter(({ n }) => n > 0);

test.each(shares)(
  'of $k in $n the exact limits, tails and posteriors are those of the reference',
  ({ k, n, expected }) => {
    expect(k === 0 ? 0 : betaQuantile(0.025, k, n - k + 1)).toBeCloseTo(
      expected.clopper_pearson95_low ?? Number.NaN,
      10,
    );
    expect(k === n ? 1 : betaQuantile(0.975, k + 1, n - k)).toBeCloseTo(
      expected.clopper_pearson95_high ?? Number.NaN,
      10,
    );
    const targets = Object.entries(expected.targets);
    expect(targets).not.toEqual([]);
    for (const [name, want] of targets) {
      const target = Number(name);
      const got = [
        binomialAtLeast(k, n, target),
        binomialAtMost(k, n, target),
        1 - incompleteBeta(target, k + 1, n - k + 1),
        1 - incompleteBeta(target, k + 0.5, n - k + 0.5),
      ];
      const reference = [
        want.p_value_rate_above_target_H1,
        want.p_value_rate_below_target_H1,
        want.posterior_prob_rate_ge_target_uniform_prior,
        want.posterior_prob_rate_ge_target_jeffreys,
      ];
      got.forEach((value, at) => expect(value).toBeCloseTo(reference[at] ?? Number.NaN, 10));
    }
  },
);
