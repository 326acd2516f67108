import { expect, test } from 'vitest';
import { CHANGE_MIN_MONTHS, changePoints, type MonthCount } from './change-points.ts';
import { cutIntoLevels } from './change-points-search.ts';
import { rateRatio } from './rate-ratio.ts';
import { seededRandom } from './test-data.ts';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function poisson(random: () => number, mean: number): number {
  let count = 0;
  for (let time = -Math.log(1 - random()); time < mean; time -= Math.log(1 - random())) count++;
  return count;
}

function series(seed: number, months: number, meanAt: (at: number) => number): MonthCount[] {
  const random = seededRandom(seed);
  return Array.from({ length: months }, (_, at) => ({
    count: poisson(random, (meanAt(at) * DAYS[at % 12]) / 30),
    days: DAYS[at % 12],
    monthOfYear: at % 12,
  }));
}

/** Every way to cut, one after the other. */
function bruteForce(
  counts: readonly number[],
  exposures: readonly number[],
  minLength: number,
  penalty: number,
): number {
  const cost = (from: number, to: number) => {
    const count = counts.slice(from, to).reduce((sum, value) => sum + value, 0);
    const exposure = exposures.slice(from, to).reduce((sum, value) => sum + value, 0);
    return count === 0 ? 0 : -2 * count * Math.log(count / exposure);
  };
  const best = (from: number): number => {
    let least = cost(from, counts.length);
    for (let to = from + minLength; to <= counts.length - minLength; to++) {
      least = Math.min(least, cost(from, to) + penalty + best(to));
    }
    return least;
  };
  return best(0);
}

test('the search finds the least of all cuts', () => {
  const random = seededRandom(11);
  let changes = 0;
  for (let round = 0; round < 120; round++) {
    const n = 4 + Math.floor(12 * random());
    const minLength = 1 + Math.floor(3 * random());
    const penalty = 12 * random();
    const counts = Array.from({ length: n }, () => Math.floor(9 * random()));
    const exposures = counts.map(() => 0.5 + random());
    const cuts = cutIntoLevels(counts, exposures, { minLength, penalty });
    expect(cuts[0].from).toBe(0);
    expect(cuts.at(-1)?.to).toBe(n);
    const found = cuts.reduce((sum, { from, to }, at) => {
      if (at > 0) expect(from).toBe(cuts[at - 1].to);
      if (cuts.length > 1) expect(to - from).toBeGreaterThanOrEqual(minLength);
      return sum + bruteForce(counts.slice(from, to), exposures.slice(from, to), n + 1, 0) + (at > 0 ? penalty : 0);
    }, 0);
    expect(found).toBeCloseTo(bruteForce(counts, exposures, minLength, penalty), 8);
    changes += cuts.length - 1;
  }
  expect(changes).toBeGreaterThan(40);
});

test('a change of level is found where it is, also under a strong season', () => {
  const months = series(3, 72, (at) => (at < 40 ? 20 : 40) * (1 + 0.5 * Math.sin((at * Math.PI) / 6)));
  const { changes, segments, fitted, season } = changePoints(months);
  expect(changes).toHaveLength(1);
  expect(Math.abs(changes[0].at - 40)).toBeLessThanOrEqual(1);
  expect(changes[0].ratio.low).toBeLessThan(2);
  expect(changes[0].ratio.high).toBeGreaterThan(2);
  expect(changes[0].ratio.p).toBeLessThan(1e-6);
  expect(segments).toHaveLength(2);
  expect(segments[0].low).toBeLessThan(20);
  expect(segments[0].high).toBeGreaterThan(20);
  expect(season[3]).toBeGreaterThan(1.3);
  expect(season.reduce((sum, value) => sum + value, 0)).toBeCloseTo(12, 10);
  const total = (values: (number | null)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  expect(total(fitted)).toBeCloseTo(total(months.map(({ count }) => count)), 6);
});

test('season alone, length of month alone and constants are no change', () => {
  expect(changePoints(series(5, 60, (at) => 30 * (1 + 0.5 * Math.cos((at * Math.PI) / 6)))).changes).toEqual([]);
  const constant = DAYS.concat(DAYS, DAYS).map((days, at) => ({ count: days, days, monthOfYear: at % 12 }));
  const level = changePoints(constant);
  expect(level.changes).toEqual([]);
  expect(level.segments[0].level).toBeCloseTo(30, 6);
  const zeros = changePoints(constant.map((month) => ({ ...month, count: 0 })));
  expect(zeros.segments).toEqual([expect.objectContaining({ from: 0, to: 36, level: 0, low: 0 })]);
  expect(zeros.trend).toMatchObject({ z: 0, p: 1, slope: 0 });
});

test('series without a change show one at most one time in twenty', () => {
  const wrong = Array.from({ length: 200 }, (_, seed) => changePoints(series(100 + seed, 48, () => 6)).changes.length);
  expect(wrong.filter((changes) => changes > 0).length).toBeLessThanOrEqual(10);
});

test('months that were not reported are left out, not counted as zero', () => {
  const months = series(8, 48, () => 25).map((month, at) => (at >= 20 && at < 28 ? { ...month, count: null } : month));
  const { changes, fitted, segments } = changePoints(months);
  expect(changes).toEqual([]);
  expect(segments).toEqual([expect.objectContaining({ from: 0, to: 48 })]);
  expect(fitted.filter((value) => value === null)).toHaveLength(8);
  // Control: as zeros they would be a change.
  expect(changePoints(months.map((month) => ({ ...month, count: month.count ?? 0 }))).changes).toHaveLength(2);
});

test('too few months: no segments under 24, no trend under 12', () => {
  const months = series(2, 24, () => 9);
  expect(CHANGE_MIN_MONTHS).toBe(24);
  expect(changePoints(months).segments).toHaveLength(1);
  const short = changePoints(months.with(4, { ...months[4], count: null }));
  expect(short).toMatchObject({ segments: [], changes: [] });
  expect(short.trend).not.toBeNull();
  expect(changePoints(months.slice(0, 11)).trend).toBeNull();
  expect(changePoints([])).toMatchObject({ segments: [], trend: null, fitted: [] });
});

test('the slope is per calendar month, also across a gap', () => {
  const rising = Array.from({ length: 40 }, (_, at) => ({
    count: at >= 10 && at < 25 ? null : 100 + 2 * at,
    days: 30,
    monthOfYear: at % 12,
  })).filter((_, at) => at < 36);
  const { trend } = changePoints(rising.map((month, at) => (at === 0 ? { ...month, count: null } : month)));
  expect(trend?.slope).toBeCloseTo(2, 10);
});

test('over-dispersion widens the ratio as if there were as many fewer counts', () => {
  const plain = rateRatio({ before: 40, after: 80 });
  const wide = rateRatio({ before: 40, after: 80 }, 4);
  const fewer = rateRatio({ before: 10, after: 20 });
  expect(wide).toEqual({ ...fewer, ratio: plain.ratio });
  expect(() => rateRatio({ before: 1, after: 2 }, 0.5)).toThrow('dispersion 0.5');
});
