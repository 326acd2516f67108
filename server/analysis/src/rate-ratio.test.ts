import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { eTest, rateRatio } from './rate-ratio.ts';
import { withInfinities } from './test-data.ts';

interface Pair {
  before: number;
  after: number;
  exposure_before: number;
  exposure_after: number;
  expected: Record<'rr' | 'ci_low' | 'ci_high' | 'p_exact_central' | 'p_etest_wald_unpooled', number | null>;
}
const { pairs } = withInfinities(readGolden<{ pairs: Pair[] }>('03_period_comparison.json'));

function expectNear(got: number | null, expected: number | null, tolerance: number) {
  if (expected === null || !Number.isFinite(expected)) expect(got).toBe(expected);
  else expect(Math.abs((got ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
}

describe.each(pairs)('$before in $exposure_before, then $after in $exposure_after', ({ expected, ...pair }) => {
  const comparison = {
    before: pair.before,
    after: pair.after,
    exposureBefore: pair.exposure_before,
    exposureAfter: pair.exposure_after,
  };

  test('ratio, limits and central p are those of R', () => {
    const { ratio, low, high, p } = rateRatio(comparison);
    expectNear(ratio, expected.rr, 1e-12 * (expected.rr ?? 0));
    expectNear(low, expected.ci_low, 1e-8 * (expected.ci_low ?? 0));
    expectNear(high, expected.ci_high, 1e-8 * (expected.ci_high ?? 0));
    expectNear(p, expected.p_exact_central, 1e-9);
  });

  test('the e-test is that of the paper', () => {
    expectNear(eTest(comparison).p, expected.p_etest_wald_unpooled, 1e-6);
  });
});

test('exposures are 1 when not given', () => {
  expect(rateRatio({ before: 3, after: 8 })).toEqual(
    rateRatio({ before: 3, after: 8, exposureBefore: 1, exposureAfter: 1 }),
  );
});

test('p falls below 0.05 exactly when the limits leave out 1', () => {
  for (let before = 0; before < 30; before++) {
    for (let after = before === 0 ? 1 : 0; after < 30; after++) {
      const { low, high, p } = rateRatio({ before, after, exposureBefore: 3, exposureAfter: 2 });
      expect((p ?? 1) < 0.05).toBe((low ?? 0) > 1 || (high ?? 0) < 1);
    }
  }
});

test('large counts keep their accuracy: limits approach those of the normal distribution', () => {
  const { low, high } = rateRatio({ before: 1_000_000, after: 1_002_000 });
  const half = 1.959963984540054 * Math.sqrt(1 / 1_000_000 + 1 / 1_002_000);
  expect(Math.log(low ?? 0)).toBeCloseTo(Math.log(1.002) - half, 5);
  expect(Math.log(high ?? 0)).toBeCloseTo(Math.log(1.002) + half, 5);
});

test('counts that are not whole and exposures that are not positive are refused', () => {
  expect(() => rateRatio({ before: 1.5, after: 2 })).toThrow('1.5');
  expect(() => rateRatio({ before: -1, after: 2 })).toThrow(RangeError);
  expect(() => eTest({ before: 1, after: 2, exposureAfter: 0 })).toThrow('exposure 0');
});
