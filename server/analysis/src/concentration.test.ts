import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concentrationOf } from './concentration.ts';
import { seededRandom } from './test-data.ts';

const zeros = (n: number) => new Array<number>(n).fill(0);

test('shares by hand: of 10 cells two hold 8 of 10 records', () => {
  const { n, half, topShare, curve } = concentrationOf([0, 1, 0, 5, 0, 1, 0, 3, 0, 0]);
  expect(n).toBe(10);
  expect([0, 0.1, 0.2, 0.3, 0.4, 1].map((cells) => topShare(cells).records)).toEqual([0, 0.5, 0.8, 0.9, 1, 1]);
  // A quarter of ten cells is two cells and half of the third.
  expect(topShare(0.25).records).toBeCloseTo(0.85, 12);
  expect(half).toBeCloseTo(0.1, 12);
  expect(curve(5).map(({ cells }) => cells)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(curve()).toHaveLength(101);
  expect(curve()[0]).toEqual({ cells: 0, records: 0, chance: 0 });
  expect(curve().at(-1)).toEqual({ cells: 1, records: 1, chance: 1 });
});

test('half of the records may end inside a cell', () => {
  // 4, then 1 of the second cell's 3, make 5 of 10.
  expect(concentrationOf([3, 4, 2, 1]).half).toBeCloseTo((1 + 1 / 3) / 4, 12);
  expect(concentrationOf([7, 7]).half).toBe(0.5);
});

describe('the Gini coefficient', () => {
  test.each([
    // The first two are worked in the documentation of W. Steenbeek's R package lorenzgini, without its later correction.
    { counts: [10, 8, 2, ...zeros(7)], gini: 0.78, why: 'plain with more records than cells' },
    { counts: [5, 2, 1, ...zeros(7)], gini: 0.75, why: 'generalised with fewer: 10/8 · (0.8 − 1) + 1' },
    { counts: [3, 1, 1, ...zeros(7)], gini: 0.56, why: 'generalised with fewer: 10/5 · (0.78 − 1) + 1' },
    { counts: [2, 2, 2], gini: 0, why: '0 when cells are equal' },
    { counts: [1, 0, 1, 0, 0, 1, 0, 0], gini: 0, why: '0 when records lie as evenly as so few can' },
    { counts: [8, ...zeros(3)], gini: 0.75, why: '1 − 1/cells when many records lie in one cell' },
    { counts: [4, ...zeros(99)], gini: 0.75, why: '1 − 1/records when few records lie in one cell' },
  ])('is $why: $gini', ({ counts, gini }) => {
    expect(concentrationOf(counts).gini).toBeCloseTo(gini, 12);
  });
});

test('any counts: the definition of the plain Gini, and a curve that rises, bends down and does not mind order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 40 }), (counts) => {
      const { n, gini, half, curve, topShare } = concentrationOf(counts);
      fc.pre(n > 0);
      // Mean absolute difference of all pairs ÷ twice the mean.
      const pairs = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, gap) => sum + gap, 0);
      const plain = pairs / (2 * counts.length * n);
      expect(gini).toBeCloseTo(Math.max(1, counts.length / n) * (plain - 1) + 1, 9);
      expect(topShare(half!).records).toBeCloseTo(0.5, 9);
      const points = curve(31);
      points.slice(1).forEach((point, i) => {
        expect(point.records).toBeGreaterThanOrEqual(points[i].records - 1e-12);
        expect(point.records).toBeGreaterThanOrEqual(point.cells - 1e-12);
        if (i > 0) expect(points[i - 1].records + point.records).toBeLessThanOrEqual(2 * points[i].records + 1e-9);
      });
      expect(concentrationOf(counts.toReversed()).curve(31)).toEqual(points);
    }),
    { numRuns: 100 },
  );
});

describe('chance', () => {
  test.each([
    { records: 1, cells: 100, draws: 200, within: 1e-9 },
    { records: 40, cells: 100, draws: 20_000, within: 0.003 },
    { records: 50, cells: 1000, draws: 3000, within: 0.004 },
    { records: 1000, cells: 100, draws: 3000, within: 0.002 },
    { records: 5000, cells: 1000, draws: 500, within: 0.002 },
    { records: 10, cells: 10, draws: 40_000, within: 0.006 },
    { records: 5, cells: 10, draws: 40_000, within: 0.008 },
  ])(
    '$records records thrown over $cells cells hold what they hold on average',
    ({ records, cells, draws, within }) => {
      const random = seededRandom(records * cells);
      const shares = [0.01, 0.05, 0.1, 0.25, 0.5, 1];
      const sums = shares.map(() => 0);
      for (let draw = 0; draw < draws; draw++) {
        const counts = new Float64Array(cells);
        for (let i = 0; i < records; i++) counts[Math.floor(random() * cells)]++;
        const { topShare } = concentrationOf(counts);
        shares.forEach((share, k) => (sums[k] += topShare(share).records));
      }
      // What is thrown does not change what chance expects of as many.
      const { topShare } = concentrationOf([records, ...zeros(cells - 1)]);
      shares.forEach((share, k) => expect(Math.abs(topShare(share).chance - sums[k] / draws)).toBeLessThan(within));
    },
  );

  test('is exact by hand: two and three records over two cells', () => {
    // 2–0 or 1–1, each half of the time; 3–0 a quarter, 2–1 three quarters.
    expect(concentrationOf([1, 1]).topShare(0.5).chance).toBeCloseTo(1.5 / 2, 9);
    expect(concentrationOf([3, 0]).topShare(0.5).chance).toBeCloseTo(2.25 / 3, 2);
  });

  test('comes near an even spread when records are many, also beyond where shares of empty cells underflow', () => {
    const { topShare } = concentrationOf(new Float64Array(104).fill(20_000));
    // The highest tenth of a normal distribution lies 1.755 deviations above its mean; a count of λ has deviation √λ.
    expect(topShare(0.1).chance).toBeCloseTo(0.1 * (1 + 1.755 / Math.sqrt(20_000)), 4);
  });

  test('of one cell is everything', () => {
    expect(concentrationOf([7]).topShare(0.5)).toEqual({ records: 0.5, chance: 0.5 });
  });
});

test('no records, or no cells, have shares of 0, and neither a half nor a Gini', () => {
  for (const counts of [[], [0, 0, 0]]) {
    const { n, half, gini, topShare, curve } = concentrationOf(counts);
    expect([n, half, gini]).toEqual([0, null, null]);
    expect(topShare(0.05)).toEqual({ records: 0, chance: 0 });
    expect(curve(3).at(-1)).toEqual({ cells: 1, records: 0, chance: 0 });
  }
});

test('counts that are not whole, and shares that are none, are refused', () => {
  expect(() => concentrationOf([1, 0.5])).toThrow('a count of 0.5');
  expect(() => concentrationOf([1, -1])).toThrow('a count of -1');
  expect(() => concentrationOf([1, Number.NaN])).toThrow('a count of NaN');
  expect(() => concentrationOf([1]).topShare(5)).toThrow('a share of 5');
  expect(() => concentrationOf([1]).curve(1)).toThrow('1 points');
});
