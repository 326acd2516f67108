import { describe, expect, test } from 'vitest';
import { type GroupRow, isWhole, markOf, sortLines, sparkPath } from './group-rows.ts';

const ratio = (value: number, low: number, high: number) => ({ value, low, high, p: 0.01 });

describe('markOf', () => {
  test('marks a clear rise or fall, and nothing else', () => {
    expect(markOf({ comparedCount: 60, comparedPrevious: 30, ratio: ratio(2, 1.3, 3.2) })).toBe('up');
    expect(markOf({ comparedCount: 30, comparedPrevious: 60, ratio: ratio(0.5, 0.3, 0.8) })).toBe('down');
    expect(markOf({ comparedCount: 33, comparedPrevious: 30, ratio: ratio(1.1, 0.7, 1.8) })).toBe('unsure');
  });
  test('marks a small base instead, however large the rise', () => {
    expect(markOf({ comparedCount: 60, comparedPrevious: 19, ratio: ratio(3.2, 1.8, 5.6) })).toBe('small');
  });
  test('leaves a cell without a mark that nothing is compared in', () => {
    expect(markOf({ comparedCount: 0, comparedPrevious: 0, ratio: null })).toBe('none');
  });
});

describe('sortLines', () => {
  const row = (code: string | null, total: number, previous: number): GroupRow => ({
    code,
    cells: [],
    total,
    previous,
    comparedCount: total,
    comparedPrevious: previous,
    comparedMonths: 12,
    communeMonths: 12,
    ratio: previous > 0 ? ratio(total / previous, 0.1, 10) : null,
    changePercent: null,
    isSmallBase: previous < 20,
    trend: null,
  });
  const lines = [row('a', 50, 100), row('b', 200, 100), row('tiny', 9, 3), row(null, 259, 203)].map((one) => ({
    row: one,
    latest: one,
  }));
  const codes = (by: 'order' | 'total' | 'change', isDescending: boolean) =>
    sortLines(lines, { by, isDescending }).map(({ row: { code } }) => code);
  test('keeps the row of all first and the groups in the order of the tree', () => {
    expect(codes('order', false)).toEqual([null, 'a', 'b', 'tiny']);
    expect(codes('total', true)).toEqual([null, 'b', 'a', 'tiny']);
  });
  test('puts a small base last in the order of changes, whichever way', () => {
    expect(codes('change', true)).toEqual([null, 'b', 'a', 'tiny']);
    expect(codes('change', false)).toEqual([null, 'a', 'b', 'tiny']);
  });
});

test('tells a period that the window cuts from a whole one, February included', () => {
  expect(isWhole({ from: '2026-02-01', to: '2026-03-01' }, 'month')).toBe(true);
  expect(isWhole({ from: '2026-02-01', to: '2026-02-28' }, 'month')).toBe(false);
  expect(isWhole({ from: '2026-01-31', to: '2026-02-28' }, 'reporting')).toBe(true);
  expect(isWhole({ from: '2026-01-01', to: '2026-04-01' }, 'quarter')).toBe(true);
  expect(isWhole({ from: '2026-10-01', to: '2026-11-01' }, 'quarter')).toBe(false);
  expect(isWhole({ from: '2025-01-01', to: '2026-01-01' }, 'year')).toBe(true);
});

test('a sparkline stands on zero and reaches the top with its largest value', () => {
  expect(sparkPath([0, 10, 5], 100, 20)).toBe('M0.0 20.0L50.0 0.0L100.0 10.0');
  expect(sparkPath([0, 0], 100, 20)).toBe('M0.0 20.0L100.0 20.0');
});
