import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  addYears,
  defaultPeriod,
  isWholeMonths,
  isYearBeforeCovered,
  lastWholeYear,
  monthEnd,
  monthStart,
  monthsBetween,
  shiftPeriod,
  wholeYears,
} from './days.ts';

test('counts days and months over the ends of years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  expect(addMonths('2026-11-30', 2)).toBe('2027-01-01');
  expect(addMonths('2026-01-15', -1)).toBe('2025-12-01');
  expect(monthsBetween('2025-11-01', '2026-11-01')).toBe(12);
});

test('knows where months begin and end', () => {
  expect(monthStart('2026-10-22')).toBe('2026-10-01');
  expect(monthEnd('2026-10-22')).toBe('2026-11-01');
  expect(monthEnd('2026-11-01')).toBe('2026-11-01');
  expect(isWholeMonths({ from: '2026-10-01', to: '2026-10-22' })).toBe(false);
});

test('opens on the 12 months that end with the data', () => {
  expect(defaultPeriod({ from: '2021-11-05', to: '2026-10-22' })).toEqual({ from: '2025-11-01', to: '2026-11-01' });
});

test('opens a page of trends on five years, or on what there is', () => {
  expect(defaultPeriod({ from: '2019-11-05', to: '2026-10-22' }, 60)).toEqual({ from: '2021-11-01', to: '2026-11-01' });
  expect(defaultPeriod({ from: '2024-11-05', to: '2026-10-22' }, 60)).toEqual({ from: '2024-11-01', to: '2026-11-01' });
});

describe('shiftPeriod', () => {
  const range = { from: '2021-11-05', to: '2026-10-22' };
  test('moves by months and stays inside the data', () => {
    const period = { from: '2025-10-01', to: '2026-10-01' };
    expect(shiftPeriod(period, 1, range)).toEqual({ from: '2025-11-01', to: '2026-11-01' });
    expect(shiftPeriod(period, 5, range)).toEqual({ from: '2025-11-01', to: '2026-11-01' });
    expect(shiftPeriod({ from: '2021-11-01', to: '2022-01-01' }, -1, range)).toEqual({
      from: '2021-11-01',
      to: '2022-01-01',
    });
  });
  test('moves a period of days by its own length', () => {
    expect(shiftPeriod({ from: '2026-03-03', to: '2026-03-10' }, -1, range)).toEqual({
      from: '2026-02-24',
      to: '2026-03-03',
    });
  });
});

test('moves a date by years', () => {
  expect(addYears('2026-11-01', -1)).toBe('2025-11-01');
  expect(addYears('2024-02-29', -1)).toBe('2023-02-28');
  expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
});

test('compares with the year before only where the data reach back to it', () => {
  const range = { from: '2021-11-05', to: '2026-10-22' };
  expect(isYearBeforeCovered('2022-11-01', range)).toBe(true);
  expect(isYearBeforeCovered('2022-10-31', range)).toBe(false);
});

test('the last whole calendar year of the data', () => {
  expect(lastWholeYear({ from: '2021-11-01', to: '2026-10-01' })).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  expect(lastWholeYear({ from: '2021-11-01', to: '2026-01-01' })).toEqual({ from: '2025-01-01', to: '2026-01-01' });
});

test('the calendar years of a period, inside the data', () => {
  const range = { from: '2021-11-01', to: '2026-10-01' };
  expect(wholeYears({ from: '2024-05-01', to: '2025-01-01' }, range)).toEqual({ from: '2024-01-01', to: '2025-01-01' });
  expect(wholeYears({ from: '2024-05-01', to: '2026-06-01' }, range)).toEqual({ from: '2024-01-01', to: '2026-01-01' });
  expect(wholeYears({ from: '2026-01-01', to: '2027-01-01' }, range)).toEqual({ from: '2025-01-01', to: '2026-01-01' });
  expect(wholeYears({ from: '2028-01-01', to: '2029-01-01' }, range)).toEqual({ from: '2025-01-01', to: '2026-01-01' });
});
