import { describe, expect, test } from 'vitest';
import { comparedLevels, phaseRuns, placeOfDay, rowsOfLabels } from './area-series.ts';

const months = [
  { from: '2026-01-01', to: '2026-02-01' },
  { from: '2026-02-01', to: '2026-03-01' },
];

describe('the place of a day in a series', () => {
  test('grows with the days inside a month', () => {
    expect(placeOfDay(months, '2026-01-01')).toBe(0);
    expect(placeOfDay(months, '2026-02-15')).toBeCloseTo(1.5, 9);
  });

  test('is clamped to the ends', () => {
    expect(placeOfDay(months, '2020-05-05')).toBe(0);
    expect(placeOfDay(months, '2026-03-01')).toBe(2);
  });
});

test('runs of a phase may come back after another', () => {
  const runs = phaseRuns([{ phase: 'a' }, { phase: 'a' }, { phase: 'b' }, { phase: 'a' }]);
  expect(runs).toEqual([
    { phase: 'a', start: 0, end: 2 },
    { phase: 'b', start: 2, end: 3 },
    { phase: 'a', start: 3, end: 4 },
  ]);
  expect(phaseRuns([])).toEqual([]);
});

test('levels are records per mean month of reported days; a window without days has none', () => {
  const before = { from: '2025-01-01', to: '2026-01-01', count: 60, days: 365.2425 };
  expect(comparedLevels({ before, after: null })).toEqual([
    { phase: 'before', from: '2025-01-01', to: '2026-01-01', level: 5 },
  ]);
  expect(comparedLevels({ before: { ...before, days: 0 }, after: null })).toEqual([]);
});

test('labels that would touch take the next row, and none where no row has room', () => {
  const labels = [
    { left: 0, right: 50 },
    { left: 10, right: 60 },
    { left: 20, right: 70 },
    { left: 55, right: 90 },
  ];
  expect(rowsOfLabels(labels, 2)).toEqual([0, 1, null, 0]);
});
