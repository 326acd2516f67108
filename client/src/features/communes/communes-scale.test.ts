import { expect, test } from 'vitest';
import { classOf } from '../../ui/class-scale.ts';
import { changeBounds, communesScale, measureOf } from './communes-scale.ts';
import type { CommuneCount } from './use-commune-counts.ts';

const commune = (values: Partial<CommuneCount>): CommuneCount => ({
  code: '1',
  count: 0,
  inCells: 0,
  communeOnly: 0,
  perKm2: 0,
  per10k: null,
  previous: 0,
  changePercent: null,
  ratio: null,
  reported: true,
  unreportedMonths: 0,
  ...values,
});

test('has no colour for a commune without population or with too few to compare', () => {
  expect(measureOf(commune({}), 'per10k')).toBeNull();
  expect(measureOf(commune({ previous: 3 }), 'change')).toBeNull();
  expect(measureOf(commune({ count: 7 }), 'count')).toBe(7);
});

test('puts a change of less than five percent into the middle class and equal rises and falls opposite each other', () => {
  expect([-60, -30, -10, 0, 10, 30, 60].map((percent) => classOf(percent, changeBounds))).toEqual([
    0, 1, 2, 3, 4, 5, 6,
  ]);
});

test('takes its classes from the counts that lock them, whole numbers for counts', () => {
  const { bounds, colors } = communesScale(
    [10, 20, 40, 80, 160].map((count) => commune({ count })),
    'count',
    false,
  );
  expect(bounds).toHaveLength(6);
  expect(bounds.every(Number.isInteger)).toBe(true);
  expect(colors).toHaveLength(6);
});
