import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classOf, countBounds, rateBounds } from './class-scale.ts';

describe('classOf', () => {
  test('takes a bound into its own class', () => {
    expect([0, 1, 2, 3, 34, 35, 900].map((value) => classOf(value, [1, 3, 6, 11, 20, 35]))).toEqual([
      -1, 0, 0, 1, 4, 5, 5,
    ]);
  });
});

describe('countBounds', () => {
  test('makes even steps of the logarithm up to the top two percent', () => {
    const counts = [...Array.from({ length: 1000 }, () => 1), ...Array.from({ length: 30 }, () => 35)];
    expect(countBounds(counts)).toEqual([1, 2, 4, 8, 17, 35]);
  });
  test('gives six classes even where every count is 1, and where there is none', () => {
    expect(countBounds([1, 1, 1])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(countBounds([])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(countBounds([3, 4, 4], 3)).toEqual([3, 4, 5, 6, 7, 8]);
  });
  test('always rises by whole numbers from 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e6 })), (counts) => {
        const bounds = countBounds(counts);
        expect(bounds[0]).toBe(1);
        for (let i = 1; i < bounds.length; i++) {
          expect(Number.isInteger(bounds[i])).toBe(true);
          expect(bounds[i]).toBeGreaterThan(bounds[i - 1] ?? 0);
        }
      }),
    );
  });
});

describe('rateBounds', () => {
  test('returns [] when nothing is above zero', () => {
    expect(rateBounds([0, 0], false)).toEqual([]);
  });
  test('always rises from zero, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e5, noNaN: true }), { minLength: 1 }),
        fc.boolean(),
        (values, isWhole) => {
          const bounds = rateBounds(values, isWhole);
          expect(bounds).toHaveLength(6);
          expect(bounds[0]).toBe(0);
          for (let i = 1; i < bounds.length; i++) expect(bounds[i]).toBeGreaterThan(bounds[i - 1] ?? 0);
        },
      ),
    );
  });
});
