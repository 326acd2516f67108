import { expect, it } from 'vitest';
import { toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { alignToTet } from './tet-season.ts';

function align(from: string, to: string): string[] | undefined {
  const before = alignToTet({ from: toDayNumber(from), to: toDayNumber(to) });
  return before && [toDay(before.from), toDay(before.to)];
}

// Tết: 22 January 2023, 10 February 2024 (384 days later).
it('moves a period to the same distance from last Tết', () => {
  expect(align('2024-02-10', '2024-02-17')).toEqual(['2023-01-22', '2023-01-29']);
  expect(align('2024-02-01', '2024-03-01')).toEqual(['2023-01-13', '2023-02-11']);
});

it('moves whatever shares a day with the 14 days before or after, and nothing else', () => {
  expect(align('2024-01-20', '2024-01-27')).toBeUndefined(); // ends on the 26th, 15 days before
  expect(align('2024-01-20', '2024-01-28')).toEqual(['2023-01-01', '2023-01-09']);
  expect(align('2024-02-24', '2024-03-01')).toEqual(['2023-02-05', '2023-02-11']);
  expect(align('2024-02-25', '2024-03-01')).toBeUndefined();
});

it('knows a season from the other side of the new year', () => {
  // Tết 2023 on 22 January: its season begins on 8 January.
  expect(align('2022-12-20', '2023-01-09')?.[1]).toBe('2022-01-19');
});

it('moves nothing where Tết is not reckoned', () => {
  expect(align('1960-01-01', '1960-04-01')).toBeUndefined();
  expect(align('2150-01-01', '2150-04-01')).toBeUndefined();
});
