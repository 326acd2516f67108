import { describe, expect, test } from 'vitest';
import { isShort, lastYearOf, pastOnly, yearsOf } from './trend-window.ts';

const range = { from: '2021-11-05', to: '2026-10-22' };

describe('pastOnly', () => {
  const view = { from: '2021-11-01', to: '2026-11-01', categories: ['theft'] };
  test('cuts a month that is still running after its last record, so that it meets the same days of last year', () => {
    expect(pastOnly(view, range, '2026-10-25')).toEqual({ ...view, to: '2026-10-22' });
  });
  test('leaves a month alone once it is over: days without a record are then days without an incident', () => {
    expect(pastOnly(view, range, '2026-11-01')).toBe(view);
  });
  test('leaves a period alone that ends before the data, or begins after them', () => {
    const past = { from: '2025-01-01', to: '2026-01-01' };
    expect(pastOnly(past, range, '2025-06-01')).toBe(past);
    const future = { from: '2026-11-01', to: '2026-12-01' };
    expect(pastOnly(future, range, '2026-10-25')).toBe(future);
  });
});

test('a year is long enough, a day less is not', () => {
  expect(isShort({ from: '2025-11-01', to: '2026-11-01' })).toBe(false);
  expect(isShort({ from: '2025-11-01', to: '2026-10-31' })).toBe(true);
  expect(isShort({ from: '2024-02-29', to: '2025-02-28' })).toBe(false);
});

test('compares the last 12 months of a long period, and all of a short one', () => {
  expect(lastYearOf({ from: '2021-11-01', to: '2026-11-01' })).toEqual({ from: '2025-11-01', to: '2026-11-01' });
  expect(lastYearOf({ from: '2026-03-01', to: '2026-06-01' })).toEqual({ from: '2026-03-01', to: '2026-06-01' });
});

test('offers the years that hold data, newest first', () => {
  expect(yearsOf(range)).toEqual([2026, 2025, 2024, 2023, 2022, 2021]);
  expect(yearsOf({ from: '2024-03-01', to: '2026-01-01' })).toEqual([2025, 2024]);
});
