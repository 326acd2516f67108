import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { type EarsMethod, earsScores, earsThreshold } from './ears.ts';
import { type FarringtonOptions, farringtonThreshold } from './farrington.ts';
import { seasonalThreshold } from './seasonal-threshold.ts';
import { deviations } from './test-data.ts';

type Column = (number | null)[];

interface Golden {
  series: {
    name: string;
    y: number[];
    expected: {
      farrington: Record<
        string,
        Record<'upperbound' | 'alarm' | 'expected' | 'phi' | 'trend_coef_0_if_none' | 'pvalue', Column>
      >;
      ears_surveillance: Record<
        EarsMethod,
        Record<
          string,
          { first_index0: number; baseline: number; alpha: number; minSigma: number; upperbound: Column; alarm: Column }
        >
      >;
      ears_classic_min_sd_0p5: (Record<'c1' | 'c2' | 'c3', number | null> &
        Record<'c1_alarm' | 'c2_alarm' | 'c3_alarm', boolean | null>)[];
      simple: (Record<
        | 'index0'
        | 'mean'
        | 'var'
        | 'pois_q95'
        | 'pois_q99'
        | 'nb_q95'
        | 'nb_q99'
        | 'p_upper'
        | 'p_upper_pois'
        | 'gamma_pois_pred_q99',
        number
      > & { base_index0: number[] })[];
    };
  }[];
}

const FARRINGTON: Record<string, FarringtonOptions> = {
  ff_delta_w1: { method: 'delta' },
  ff_nbPlugin_w1: {},
  ff_nbPlugin_np6: { seasons: 6 },
  ff_nbPlugin_w0_notrend: { halfWindow: 0, trend: false, reweight: false },
};

describe.each(readGolden<Golden>('07_seasonal_anomaly.json').series)('series $name', ({ y, expected }) => {
  test('seasonal quantiles and tails are those of R', () => {
    const got = expected.simple.map(({ index0 }) => ({
      q95: seasonalThreshold(y, index0, { level: 0.95 })!,
      q99: seasonalThreshold(y, index0)!,
    }));
    expect(
      got.map(({ q95, q99 }) => [q95.upper, q99.upper, q95.upperPoisson, q99.upperPoisson, q99.upperPredictive]),
    ).toEqual(
      expected.simple.map((row) => [row.nb_q95, row.nb_q99, row.pois_q95, row.pois_q99, row.gamma_pois_pred_q99]),
    );
    expect(got.map(({ q99 }) => q99.baseline)).toEqual(expected.simple.map((row) => row.base_index0));
    for (const [field, column] of [
      ['mean', 'mean'],
      ['variance', 'var'],
      ['p', 'p_upper'],
      ['pPoisson', 'p_upper_pois'],
    ] as const) {
      expect(
        deviations(
          got.map(({ q99 }) => q99[field]),
          expected.simple.map((row) => row[column]),
          1e-10,
        ),
      ).toEqual([]);
    }
  });

  test('EARS scores and alarms are the published ones', () => {
    const rows = expected.ears_classic_min_sd_0p5;
    const { c1, c2, c3, alarms } = earsScores(y);
    expect(
      deviations(
        c1,
        rows.map((row) => row.c1),
        1e-9,
      ),
    ).toEqual([]);
    expect(
      deviations(
        c2,
        rows.map((row) => row.c2),
        1e-9,
      ),
    ).toEqual([]);
    expect(
      deviations(
        c3,
        rows.map((row) => row.c3),
        1e-9,
      ),
    ).toEqual([]);
    expect(alarms).toEqual({
      C1: rows.map((row) => row.c1_alarm),
      C2: rows.map((row) => row.c2_alarm),
      C3: rows.map((row) => row.c3_alarm),
    });
  });

  test.each(['C1', 'C2', 'C3'] as const)('EARS %s thresholds and alarms are those of surveillance', (method) => {
    for (const { first_index0, baseline, alpha, minSigma, upperbound, alarm } of Object.values(
      expected.ears_surveillance[method],
    )) {
      const got = earsThreshold(y, { method, baseline, alpha, minDeviation: minSigma });
      expect(got.upper.slice(0, first_index0)).toEqual(Array(first_index0).fill(null));
      expect(deviations(got.upper.slice(first_index0), upperbound, 1e-9)).toEqual([]);
      expect(got.alarm.slice(first_index0)).toEqual(alarm.map((value) => (value === null ? null : value === 1)));
    }
  });

  test.each(Object.keys(FARRINGTON))('Farrington %s is that of surveillance', (name) => {
    const want = expected.farrington[name];
    const got = want.alarm.map((_, at) => farringtonThreshold(y, 72 + at, FARRINGTON[name])!);
    expect(got.map(({ alarm }) => alarm)).toEqual(want.alarm.map((value) => value === 1));
    const shown = (pick: (threshold: (typeof got)[number]) => number) =>
      got.map((threshold) => (threshold.hasEnoughCases ? pick(threshold) : null));
    expect(
      deviations(
        shown(({ upper }) => upper),
        want.upperbound,
        1e-4,
      ),
    ).toEqual([]);
    expect(
      deviations(
        shown(({ expected }) => expected),
        want.expected,
        1e-4,
      ),
    ).toEqual([]);
    expect(
      deviations(
        got.map(({ phi }) => phi),
        want.phi,
        1e-4,
      ),
    ).toEqual([]);
    expect(
      deviations(
        got.map(({ trend }) => trend),
        want.trend_coef_0_if_none,
        1e-4,
      ),
    ).toEqual([]);
    expect(
      deviations(
        got.map(({ p }) => p),
        want.pvalue,
        1e-4,
      ),
    ).toEqual([]);
  });
});

test('a series that does not reach back far enough has no threshold', () => {
  const counts = Array<number>(61).fill(2);
  expect(seasonalThreshold(counts, 60)).toBeNull();
  expect(farringtonThreshold(counts, 60)).toBeNull();
  expect(earsThreshold(counts).upper[8]).toBeNull();
});

describe('Farrington with months that are not known', () => {
  const counts: (number | null)[] = Array.from({ length: 62 }, (_, at) => 10 + ((at * 7) % 5));

  test('leaves them out of the baseline, null or NaN alike', () => {
    const whole = farringtonThreshold(counts, 61, { seasons: 4 });
    const gaps = counts.map((count, at) => (at % 9 === 4 ? null : count));
    const found = farringtonThreshold(gaps, 61, { seasons: 4 });
    expect(found?.expected).toBeCloseTo(whole?.expected ?? 0, 0);
    expect(
      farringtonThreshold(
        gaps.map((count) => count ?? Number.NaN),
        61,
        { seasons: 4 },
      ),
    ).toEqual(found);
    // Control: zeros in their place would lower it.
    const zeros = farringtonThreshold(
      gaps.map((count) => count ?? 0),
      61,
      { seasons: 4 },
    );
    expect(zeros?.expected).toBeLessThan((whole?.expected ?? 0) - 0.5);
  });

  test('has no threshold for a step that is not known itself, nor on too few that are', () => {
    expect(farringtonThreshold(counts.with(61, null), 61)).toBeNull();
    expect(
      farringtonThreshold(
        counts.map((count, at) => (at === 61 || at === 49 ? count : null)),
        61,
      ),
    ).toBeNull();
  });

  test('is wider when the uncertainty of the expected count is added', () => {
    const high = counts.with(61, 24);
    const plain = farringtonThreshold(high, 61, { seasons: 4 });
    const predictive = farringtonThreshold(high, 61, { seasons: 4, method: 'predictive' });
    expect(predictive?.upper).toBeGreaterThanOrEqual(plain?.upper ?? Infinity);
    expect(predictive?.p).toBeGreaterThan(plain?.p ?? Infinity);
  });
});
