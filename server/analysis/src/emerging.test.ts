import { describe, expect, test } from 'vitest';
import { readGolden } from '../../../tests/support/shared-data.ts';
import { classifyEmerging, emergingGroup } from './emerging.ts';
import { giStar } from './gi-star.ts';
import { mannKendall } from './mann-kendall.ts';
import { deviations, seededRandom } from './test-data.ts';

interface Golden {
  bins: {
    label: string;
    z: number[];
    category: string;
    category_alpha10: string;
    category_alpha01: string;
    mk_S: number;
    mk_varS: number;
    mk_z_cc: number;
    mk_p_cc: number;
  }[];
}

/** "new hot spot" → new-hot */
const labelOf = (category: string) =>
  category === 'no pattern detected' ? 'none' : category.replace(' spot', '').replace(' ', '-');

describe.each(readGolden<Golden>('02b_emerging_hotspot.json').bins)('$label', (bin) => {
  test(`is ${bin.category}`, () => {
    expect(classifyEmerging(bin.z).label).toBe(labelOf(bin.category));
    expect(classifyEmerging(bin.z, { confidence: 0.9 }).label).toBe(labelOf(bin.category_alpha10));
    expect(classifyEmerging(bin.z, { confidence: 0.99 }).label).toBe(labelOf(bin.category_alpha01));
  });

  test('has the trend of R', () => {
    const { s, varS, z, p } = mannKendall(bin.z);
    expect(deviations([s, varS, z, p], [bin.mk_S, bin.mk_varS, bin.mk_z_cc, bin.mk_p_cc], 1e-9)).toEqual([]);
  });

  test('has the mirrored label when mirrored', () => {
    const mirrored = classifyEmerging(bin.z.map((score) => -score)).label;
    const sides: Record<string, string> = { hot: 'cold', cold: 'hot', none: 'none' };
    expect(mirrored).toBe(labelOf(bin.category).replace(/hot|cold|none/, (side) => sides[side]));
  });
});

test('a label carries the version and confidence of its rules', () => {
  expect(classifyEmerging([0, 0, 3]).rule).toBe('emerging-17 v1, confidence 0.95');
  expect(classifyEmerging([0, 0, 3], { confidence: 0.9 }).rule).toMatch(/confidence 0.9$/);
  expect(() => classifyEmerging([0, 0, 3], { confidence: 95 })).toThrow('confidence 95');
});

test('steps without a score are neither hot nor cold', () => {
  expect(classifyEmerging([null, 3, 3]).label).toBe('consecutive-hot');
  expect(classifyEmerging([null, null]).label).toBe('none');
  expect(classifyEmerging([]).label).toBe('none');
});

test('labels fall into five plain groups', () => {
  expect(
    ['new-hot', 'consecutive-cold', 'intensifying-hot', 'diminishing-cold', 'oscillating-hot', 'historical-cold'].map(
      (label) => emergingGroup(label as 'new-hot'),
    ),
  ).toEqual(['emerging', 'emerging', 'lasting', 'falling', 'unsteady', 'past']);
  expect(emergingGroup('none')).toBeNull();
});

// How fast: tests/bench/hotspot-grid.ts.
test('20,000 cells of 60 months are scored and classified', () => {
  const side = 142;
  const random = seededRandom(7);
  const neighbours = Array.from({ length: side * side }, (_, at) =>
    [-side, -side + 1, -1, 1, side - 1, side].map((step) => at + step).filter((to) => to >= 0 && to < side * side),
  );
  const rate = neighbours.map(() => random() ** 4 * 5);
  const months = Array.from(
    { length: 60 },
    () =>
      giStar(
        rate.map((mean) => Math.round(mean * random() * 2)),
        neighbours,
      ).z,
  );
  const labels = neighbours.map((_, cell) => classifyEmerging(months.map((z) => z[cell])).label);
  expect(labels.filter((label) => label !== 'none').length).toBeGreaterThan(500);
});
