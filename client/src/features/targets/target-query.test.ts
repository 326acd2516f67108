import { expect, test } from 'vitest';
import { lastDayOf, toTargetsQuery, yearChoices } from './target-query.ts';

const today = '2026-11-22';

test('asks for the running year unless the address names one', () => {
  expect(toTargetsQuery({}, today)).toEqual({ year: 2026, asOf: undefined, cohort: undefined });
  expect(toTargetsQuery({ targetYear: 2024, asOf: '2024-06-30', cohort: 'watched' }, today)).toEqual({
    year: 2024,
    asOf: '2024-06-30',
    cohort: 'watched',
  });
});

test('offers years with a list, the running one and the open one, each once and newest first', () => {
  expect(yearChoices([2025, 2024], 2021, today)).toEqual([2026, 2025, 2024, 2021]);
  expect(yearChoices([], 2026, today)).toEqual([2026]);
});

test('a year that is over ends with December, the running one with today', () => {
  expect(lastDayOf(2025, today)).toBe('2025-12-31');
  expect(lastDayOf(2026, today)).toBe(today);
});
