import { describe, expect, test } from 'vitest';
import { negativeBinomialAtLeast, poissonAtLeast } from './count-distributions.ts';
import { midScore } from './count-score.ts';
import { funnelLimits, shrunkenRates } from './funnel.ts';
import { normalQuantile } from './normal.ts';
import { seededRandom } from './test-data.ts';

/** Poisson by counting arrivals, in parts small enough for exp. */
function poisson(random: () => number, mean: number): number {
  let count = 0;
  for (let time = -Math.log(1 - random()); time < mean; time -= Math.log(1 - random())) count++;
  return count;
}

describe('places that do not differ', () => {
  const random = seededRandom(20);
  const provinces = Array.from({ length: 150 }, () => {
    const exposures = Array.from({ length: 50 }, (_, at) => (at < 25 ? 4 + at / 10 : 100 + at));
    return {
      exposures,
      ...shrunkenRates(
        exposures.map((exposure) => poisson(random, exposure)),
        exposures,
      ),
    };
  });
  const shareOf = (
    isIn: (at: number) => boolean,
    what: (province: (typeof provinces)[number], at: number) => boolean,
  ) => {
    const places = provinces
      .flatMap((province) => province.exposures.map((_, at) => ({ province, at })))
      .filter(({ at }) => isIn(at));
    return places.filter(({ province, at }) => what(province, at)).length / places.length;
  };
  const isSmall = (at: number) => at < 25;
  const isBig = (at: number) => at >= 25;

  test('small and big ones alike are outside the 95% lines at most about one time in twenty', () => {
    const outside = (isIn: (at: number) => boolean) => shareOf(isIn, ({ rates }, at) => rates[at].outside !== null);
    for (const isIn of [isSmall, isBig]) {
      expect(outside(isIn)).toBeGreaterThan(0.02);
      expect(outside(isIn)).toBeLessThan(0.06);
    }
  });

  test('ranked by raw rates the small ones would stand at both ends, ranked by score they do not', () => {
    const highest = (key: 'rate' | 'z') => {
      const small = provinces.filter(({ rates }) => {
        const top = rates.map((rate) => rate[key]);
        return isSmall(top.indexOf(Math.max(...top)));
      });
      return small.length / provinces.length;
    };
    expect(highest('rate')).toBeGreaterThan(0.95);
    expect(highest('z')).toBeGreaterThan(0.35);
    expect(highest('z')).toBeLessThan(0.65);
  });

  test('shrunken rates are nearer the truth than raw ones, most for small places', () => {
    const error = (key: 'rate' | 'shrunk', isIn: (at: number) => boolean) => {
      const errors = provinces.flatMap(({ rates }) =>
        rates.filter((_, at) => isIn(at)).map((rate) => (rate[key] - 1) ** 2),
      );
      return errors.reduce((sum, value) => sum + value, 0) / errors.length;
    };
    expect(error('shrunk', isSmall)).toBeLessThan(error('rate', isSmall) / 10);
    expect(error('shrunk', isBig)).toBeLessThan(error('rate', isBig));
  });
});

describe('places whose true rates differ by half', () => {
  const random = seededRandom(31);
  const normal = () => normalQuantile(random() || 0.5);
  const draw = (planted: number) => {
    const exposures = Array.from({ length: 51 }, (_, at) => 2000 ** ((at + random()) / 51));
    const counts = exposures.map((exposure, at) =>
      poisson(random, exposure * Math.exp(0.5 * normal() - 0.125) * (at === 40 ? planted : 1)),
    );
    return shrunkenRates(counts, exposures);
  };
  const provinces = Array.from({ length: 60 }, () => draw(1));
  const outside = (from: number, to: number, side: string) => {
    const those = provinces.flatMap(({ rates }) => rates.slice(from, to));
    return those.filter((rate) => rate.outside?.endsWith(side) ?? false).length / those.length;
  };

  test.each([
    ['smallest', 0, 17],
    ['middle', 17, 34],
    ['biggest', 34, 51],
  ])(
    'the %s third is outside the near lines about one time in twenty, and seldom outside the far ones',
    (_, from, to) => {
      const share = outside(from, to, '');
      expect(share).toBeGreaterThan(0.02);
      expect(share).toBeLessThan(0.075);
      expect(outside(from, to, '99.8')).toBeLessThan(0.015);
    },
  );

  test('tau says by how much they differ, and chance alone would have pointed at most big places', () => {
    const taus = provinces.map(({ tau }) => tau).sort((a, b) => a - b);
    expect(taus[30]).toBeGreaterThan(0.43);
    expect(taus[30]).toBeLessThan(0.6);
    const big = provinces.flatMap(({ rates }) => rates.slice(34));
    const byChance = big.filter(({ rate, expected, outside }) => {
      const count = Math.round((rate * expected) / (provinces[0].overall ?? 1));
      return outside === null && Math.abs(midScore(count, { expected, tau: 0 })) > 1.96;
    });
    expect(byChance.length / big.length).toBeGreaterThan(0.5);
  });

  test('one that is tenfold is seen, and widens the limits of the others little', () => {
    const planted = Array.from({ length: 30 }, () => draw(10));
    const seen = planted.filter(({ rates }) => rates[40].outside === 'high-99.8');
    expect(seen.length).toBeGreaterThan(24);
    const mean = (all: { tau: number }[]) => all.reduce((sum, { tau }) => sum + tau, 0) / all.length;
    expect(mean(planted)).toBeLessThan(1.5 * mean(provinces));
  });
});

test('a planted outlier among places alike leaves tau near 0 and is the only one far outside', () => {
  const counts = Array.from({ length: 60 }, (_, at) => 100 + (at % 7) * 4);
  counts[12] = 300;
  const { tau, rates } = shrunkenRates(
    counts,
    counts.map(() => 1),
  );
  expect(tau).toBeLessThan(0.1);
  expect(rates[12].outside).toBe('high-99.8');
  expect(rates.filter(({ outside }) => outside?.endsWith('99.8'))).toHaveLength(1);
});

test('a place is outside exactly when it lies beyond the drawn lines, over-dispersed or not', () => {
  const random = seededRandom(7);
  let flagged = 0;
  for (const spread of [0, 0.3, 0.8, 3]) {
    const exposures = Array.from({ length: 80 }, () => Math.exp(8 * random()) / 3);
    const counts = exposures.map((exposure, at) =>
      poisson(random, exposure * Math.exp(spread * (random() - 0.5)) * (at % 20 === 3 ? 4 : 1)),
    );
    const { overall, tau, rates } = shrunkenRates(counts, exposures);
    const lines = funnelLimits(overall ?? 0, tau, exposures);
    rates.forEach(({ rate, z, outside }, at) => {
      const { low998, low95, high95, high998 } = lines[at];
      expect(outside !== null).toBe(rate > high95 || rate < low95);
      expect(outside?.endsWith('99.8') ?? false).toBe(rate > high998 || rate < low998);
      if (outside !== null) expect(Math.abs(z)).toBeGreaterThan(1.9599);
      else expect(Math.abs(z)).toBeLessThan(1.96);
      flagged += outside === null ? 0 : 1;
    });
  }
  expect(flagged).toBeGreaterThan(10);
});

describe('the lines', () => {
  const upper = normalQuantile(0.975);
  /** P(more) + ½ P(as many) and the same below, counted without the incomplete gamma function. */
  const tails = (atLeast: (k: number) => number, k: number) => ({
    high: (atLeast(k) + atLeast(k + 1)) / 2,
    low: 1 - (atLeast(k) + atLeast(k + 1)) / 2,
  });

  test.each([0.3, 2, 9, 40, 700])(
    'with tau 0 stand where the mid-p of a Poisson count of mean %d is a fortieth',
    (mean) => {
      const [{ low95, high95 }] = funnelLimits(mean, 0, [1]);
      const at = (k: number) => tails((count) => poissonAtLeast(count, mean), k);
      expect(at(Math.floor(high95)).high).toBeGreaterThan(0.025);
      expect(at(Math.floor(high95) + 1).high).toBeLessThan(0.025);
      if (low95 === 0) expect(at(0).low).toBeGreaterThan(0.025);
      else {
        expect(at(Math.ceil(low95)).low).toBeGreaterThan(0.025);
        expect(at(Math.ceil(low95) - 1).low).toBeLessThan(0.025);
      }
      const [nearly] = funnelLimits(mean, 0.0001, [1]);
      expect(nearly.high95 / high95).toBeCloseTo(1, 4);
    },
  );

  test.each([
    [3, 0.4],
    [60, 0.4],
    [900, 0.15],
  ])('of a mean of %d with tau %d stand where the mid-p of a negative binomial count is a thousandth', (mean, tau) => {
    const [{ high998 }] = funnelLimits(mean, tau, [1]);
    const at = (k: number) => tails((count) => negativeBinomialAtLeast(count, { mean, size: 1 / tau ** 2 }), k).high;
    expect(at(Math.floor(high998))).toBeGreaterThan(0.001);
    expect(at(Math.floor(high998) + 1)).toBeLessThan(0.001);
  });

  test('close in with exposure, hold the overall rate, and level off at what true rates differ by', () => {
    const lines = funnelLimits(2, 0.1, [0.1, 1, 10, 100, 1000, 1e6]);
    lines.forEach(({ low998, low95, high95, high998 }, at) => {
      expect(low998 <= low95 && low95 < 2 && 2 < high95 && high95 < high998).toBe(true);
      if (at > 0) expect(high95).toBeLessThan(lines[at - 1].high95);
    });
    expect(lines[0].low95).toBe(0);
    expect(lines[5].high95).toBeCloseTo(2 * (1 + upper * 0.1), 1);
    expect(lines[5].low95).toBeCloseTo(2 * (1 - upper * 0.1), 1);
    expect(funnelLimits(0, 0, [5])).toEqual([{ exposure: 5, low998: 0, low95: 0, high95: 0, high998: 0 }]);
  });

  test('score of R', () => {
    // R 4.2.2: -qnorm(pnbinom(30, size = 1/.16, mu = 20, lower = F) + dnbinom(30, size = 1/.16, mu = 20)/2), and as ppois, dpois.
    expect(midScore(30, { expected: 20, tau: 0.4 })).toBeCloseTo(1.09217261840712, 11);
    expect(midScore(30, { expected: 20, tau: 0 })).toBeCloseTo(2.10498172587588, 11);
  });
});

test('scores far beyond any tail that fits a number stay ordered', () => {
  const { rates } = shrunkenRates([100_000, 200_000, 400_000, 50_000, 100_000, 100_000], [1, 1, 1, 1, 1, 1]);
  const z = rates.map((rate) => rate.z);
  expect(z[3]).toBeLessThan(z[0]);
  expect(z[1]).toBeLessThan(z[2]);
  for (const value of z) expect(Number.isFinite(value)).toBe(true);
});

test('intervals of single rates are exact and tau 0 means chance alone', () => {
  const { overall, tau, rates } = shrunkenRates([7, 9, 8, 0], [2, 2, 2, 0.2]);
  expect(overall).toBeCloseTo(24 / 6.2, 12);
  expect(tau).toBe(0);
  expect(rates[0].rate).toBe(3.5);
  // R: poisson.test(7, 2)$conf.int
  expect(rates[0].low).toBeCloseTo(1.4071815257599336, 12);
  expect(rates[0].high).toBeCloseTo(7.2113376808511891, 12);
  expect(rates[3].low).toBe(0);
  for (const { shrunk, shrunkLow, shrunkHigh } of rates) expect(shrunkLow < shrunk && shrunk < shrunkHigh).toBe(true);
});

test('no places, no counts, one place and bad input', () => {
  expect(shrunkenRates([], [])).toMatchObject({ overall: null, tau: 0, rates: [] });
  const [empty] = shrunkenRates([0, 0], [3, 4]).rates;
  expect(empty).toMatchObject({ rate: 0, shrunk: 0, z: 0, p: 1, outside: null });
  expect(shrunkenRates([12], [3]).rates[0]).toMatchObject({ rate: 4, outside: null });
  // No tau fits: wide limits, not those of chance.
  expect(shrunkenRates([0, 0, 0, 0, 1_000_000], [1, 1, 1, 1, 1]).tau).toBeGreaterThan(1);
  expect(() => shrunkenRates([1], [0])).toThrow('exposure 0');
  expect(() => shrunkenRates([1.5], [1])).toThrow('1.5');
  expect(() => shrunkenRates([1, 2], [1])).toThrow(RangeError);
  expect(() => funnelLimits(1, -0.5, [1])).toThrow('tau -0.5');
});
