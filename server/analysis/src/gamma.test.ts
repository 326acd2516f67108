import { expect, test } from 'vitest';
import { poissonAtLeast } from './count-distributions.ts';
import { gammaQuantile, gammaTail, incompleteGamma, poissonLimits } from './gamma.ts';

/** R 4.2.2, qgamma(p, a). */
const QUANTILES = [
  [1e-10, 0.5, 7.8539816339744674e-21],
  [1e-10, 1, 1.0000000000499988e-10],
  [1e-10, 10, 0.47272209260635234],
  [1e-10, 300, 202.61040319416256],
  [1e-10, 100000, 98001.504165448292],
  [1e-10, 1000000, 993651.8087301997],
  [0.025000000000000001, 0.02, 4.5018812291177545e-81],
  [0.025000000000000001, 0.5, 0.00049103455858762809],
  [0.025000000000000001, 1, 0.025317807984289876],
  [0.025000000000000001, 10, 4.7953886961324335],
  [0.025000000000000001, 300, 267.00927523296644],
  [0.025000000000000001, 100000, 99381.152663744724],
  [0.025000000000000001, 1000000, 998040.98334029387],
  [0.5, 0.02, 5.0686676564801973e-16],
  [0.5, 0.5, 0.22746821155978642],
  [0.5, 1, 0.69314718055994529],
  [0.5, 10, 9.6687146147141352],
  [0.5, 300, 299.66673259043927],
  [0.5, 100000, 99999.666666864199],
  [0.5, 1000000, 999999.66666668642],
  [0.97499999999999998, 0.02, 0.19275640056826304],
  [0.97499999999999998, 0.5, 2.5119430936574423],
  [0.97499999999999998, 1, 3.6888794541139354],
  [0.97499999999999998, 10, 17.08480345141917],
  [0.97499999999999998, 300, 334.88457610820552],
  [0.97499999999999998, 100000, 100620.74164077373],
  [0.97499999999999998, 1000000, 1001960.9109654503],
  [0.99999999900000003, 0.02, 14.161840725957811],
  [0.99999999900000003, 0.5, 18.662446553259358],
  [0.99999999900000003, 1, 20.723265865228342],
  [0.99999999900000003, 10, 41.739562216623753],
  [0.99999999900000003, 300, 415.80532563056619],
  [0.99999999900000003, 100000, 101908.34622530905],
  [0.99999999900000003, 1000000, 1006009.469738052],
] as const;

test.each(QUANTILES)('the %d quantile of shape %d is that of R', (p, a, expected) => {
  expect(Math.abs(gammaQuantile(p, a) - expected) / expected).toBeLessThan(2e-12);
});

test('both sides add up to 1 and meet the Poisson tails', () => {
  for (const k of [1, 2, 7, 40, 900, 30_000]) {
    for (const mean of [0.3 * k, 0.9 * k, k, 1.1 * k, 3 * k]) {
      const { below, above } = incompleteGamma(mean, k);
      expect(below + above).toBeCloseTo(1, 14);
      const expected = poissonAtLeast(k, mean);
      expect(Math.abs(below - expected)).toBeLessThan(1e-11 * expected + 1e-14);
    }
  }
});

test('the logarithm goes on where the tail itself is too small for a number', () => {
  const logTail = (x: number, a: number) => {
    const { logFront, factor } = gammaTail(x, a);
    return logFront + Math.log(factor);
  };
  expect(logTail(3, 9)).toBeCloseTo(Math.log(incompleteGamma(3, 9).below), 12);
  expect(logTail(30, 9)).toBeCloseTo(Math.log(incompleteGamma(30, 9).above), 12);
  // R: pgamma(100, 5000, log.p = TRUE), pgamma(9000, 100, lower.tail = FALSE, log.p = TRUE)
  expect(Math.abs(logTail(100, 5000) / -14665.272380393029 - 1)).toBeLessThan(1e-12);
  expect(Math.abs(logTail(9000, 100) / -8457.7301398959753 - 1)).toBeLessThan(1e-12);
});

test("limits of a Poisson mean are Garwood's", () => {
  // R: poisson.test(0)$conf.int, poisson.test(7)$conf.int
  expect(poissonLimits(0).low).toBe(0);
  expect(poissonLimits(0).high).toBeCloseTo(3.688879454113936, 12);
  expect(poissonLimits(7).low).toBeCloseTo(2.8143630515198672, 12);
  expect(poissonLimits(7).high).toBeCloseTo(14.422675361702378, 12);
});

test('impossible chances and shapes are refused', () => {
  expect(() => gammaQuantile(1, 2)).toThrow('1');
  expect(() => gammaQuantile(0.5, 0)).toThrow('shape 0');
});
