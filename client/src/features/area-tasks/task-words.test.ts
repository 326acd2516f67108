import { expect, test } from 'vitest';
import { expectedCount, levelWords } from './task-words.ts';

const months = { from: '2026-08-01', to: '2026-11-01' };

test('holds the count against the baseline over as many days', () => {
  const window = { ...months, count: 20, days: 61 };
  expect(expectedCount({ window, baseline: { ...months, count: 36, days: 92 } })).toBeCloseTo((36 * 61) / 92, 12);
  expect(expectedCount({ window, baseline: { ...months, count: 0, days: 0 } })).toBeNull();
});

test('tells a ratio as a level, with an open upper end where there is none', () => {
  expect(levelWords({ ratio: 0.915, low: 0.701, high: 1.18 })).toEqual({ percent: 92, low: 70, high: 118 });
  expect(levelWords({ ratio: 2, low: 1.1, high: null })).toEqual({ percent: 200, low: 110, high: null });
  expect(levelWords({ ratio: null, low: null, high: null })).toBeNull();
});
