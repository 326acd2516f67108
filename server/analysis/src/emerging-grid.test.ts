import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { classifyEmerging } from './emerging.ts';
import { classifyGrid } from './emerging-grid.ts';
import { mannKendall } from './mann-kendall.ts';

interface Golden {
  T: number;
  bins: { label: string; z: number[]; category: string; category_alpha10: string; category_alpha01: string }[];
}
const { T, bins } = readGolden<Golden>('02b_emerging_hotspot.json');
/** "new hot spot" → new-hot */
const labelOf = (category: string) =>
  category === 'no pattern detected' ? 'none' : category.replace(' spot', '').replace(' ', '-');

describe.each([
  { confidence: undefined, column: 'category' },
  { confidence: 0.9, column: 'category_alpha10' },
  { confidence: 0.99, column: 'category_alpha01' },
] as const)('the reference series at $confidence, $column', ({ confidence, column }) => {
  const expected = bins.map((bin) => labelOf(bin[column]));

  test('have their labels as cells of one grid', () => {
    const { labels, rule } = classifyGrid(Float64Array.from(bins.flatMap(({ z }) => z)), T, { confidence });
    expect(labels).toEqual(expected);
    expect(rule).toBe(classifyEmerging([], { confidence }).rule);
  });

  test('have the same labels with unreported steps strewn between theirs', () => {
    const strewn = bins.flatMap(({ z }, bin) => {
      const steps = z.map((score) => [score]);
      for (let k = 0; k < 5; k++) steps[(7 * bin + 3 * k) % T].splice(k % 2, 0, Number.NaN);
      return steps.flat();
    });
    expect(classifyGrid(Float64Array.from(strewn), T + 5, { confidence }).labels).toEqual(expected);
  });
});

test('any grid has the labels of its cells one by one, the unreported steps taken out', () => {
  // Whole numbers make ties; a lift makes cells that are mostly hot or cold, with a trend.
  const score = fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -4, max: 4, noNaN: true }),
  );
  const cell = fc.tuple(
    fc.array(score, { minLength: 15, maxLength: 15 }),
    fc.constantFrom(0, 0, 9, -9),
    fc.constantFrom(0, 0.4, -0.4),
    fc.boolean(),
  );
  const seen = new Set<string | null>();
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(0.9, 0.95, 0.99),
      (cells, confidence) => {
        const series = cells.map(([z, lift, slope, isOver]) =>
          z.map((value, step) => (isOver && step === 14 ? 0 : value + lift + slope * step)),
        );
        const { labels } = classifyGrid(Float64Array.from(series.flat()), 15, { confidence });
        series.forEach((z, at) => {
          const reported = z.filter((value) => !Number.isNaN(value));
          expect(labels[at]).toBe(reported.length < 12 ? null : classifyEmerging(reported, { confidence }).label);
          seen.add(labels[at]);
        });
      },
    ),
    { numRuns: 300, seed: 4 },
  );
  for (const label of [null, 'none', 'intensifying-hot', 'diminishing-cold', 'persistent-hot', 'historical-cold'])
    expect(seen).toContain(label);
});

test('a cell with fewer than 12 reported steps has no label, one with 12 has', () => {
  const z = new Float64Array(26).fill(3);
  z[0] = z[13] = z[14] = Number.NaN;
  expect(classifyGrid(z, 13).labels).toEqual(['persistent-hot', null]);
});

test('the last reported step decides, and a step of equal cells given as 0 is a step', () => {
  const z = Float64Array.from([...new Array<number>(12).fill(0), 3, Number.NaN, ...new Array<number>(13).fill(3), 0]);
  expect(classifyGrid(z, 14).labels).toEqual(['new-hot', 'historical-hot']);
});

test('scores that do not fill whole cells, and a confidence in percent, are refused', () => {
  expect(() => classifyGrid(new Float64Array(13), 12)).toThrow('13 scores in steps of 12');
  expect(() => classifyGrid(new Float64Array(12), 0)).toThrow('12 scores in steps of 0');
  expect(() => classifyGrid(new Float64Array(12), 12, { confidence: 95 })).toThrow('confidence 95');
});

test('the trend of a series does not depend on the room it is counted in', () => {
  // By hand: pairs of [2, 1, 2, 3] rise, fall or tie: −1 0 +1, +1 +1, +1.
  expect(mannKendall([2, 1, 2, 3])).toMatchObject({ s: 3, varS: (4 * 3 * 13 - 2 * 1 * 9) / 18 });
  expect(Number.isNaN(mannKendall([1, Number.NaN, 2]).s)).toBe(true);
});
