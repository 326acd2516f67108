import { expect, it } from 'vitest';
import { toDay, toDayNumber } from '../../snapshot/local-days.ts';
import { type PeriodKind, periodsOf, wholePeriodsOf } from './trends-rules.ts';

function list(by: PeriodKind, from: string, to: string, cutoffDay = 15): string[] {
  return periodsOf(by, toDayNumber(from), toDayNumber(to), cutoffDay).map(
    (period) => `${toDay(period.from)}…${toDay(period.to)}`,
  );
}

it('cuts the first and the last month at the window', () => {
  expect(list('month', '2025-12-20', '2026-02-10')).toEqual([
    '2025-12-20…2026-01-01',
    '2026-01-01…2026-02-01',
    '2026-02-01…2026-02-10',
  ]);
});

it('begins weeks on Monday', () => {
  expect(list('week', '2026-10-29', '2026-11-10')).toEqual([
    '2026-10-29…2026-11-02',
    '2026-11-02…2026-11-09',
    '2026-11-09…2026-11-10',
  ]);
});

it('begins quarters and years where the calendar does', () => {
  expect(list('quarter', '2025-11-15', '2026-04-02')).toEqual([
    '2025-11-15…2026-01-01',
    '2026-01-01…2026-04-01',
    '2026-04-01…2026-04-02',
  ]);
  expect(list('year', '2024-02-29', '2026-01-01')).toEqual(['2024-02-29…2025-01-01', '2025-01-01…2026-01-01']);
});

it('runs reporting periods from the cut-off day to the day before the next', () => {
  expect(list('reporting', '2025-12-15', '2026-02-15')).toEqual(['2025-12-15…2026-01-15', '2026-01-15…2026-02-15']);
  expect(list('reporting', '2026-01-01', '2026-03-31', 31)).toEqual([
    '2026-01-01…2026-01-31',
    '2026-01-31…2026-02-28',
    '2026-02-28…2026-03-31',
  ]);
});

it('keeps only periods that the window does not cut', () => {
  const whole = (by: PeriodKind, from: string, to: string) =>
    wholePeriodsOf(by, toDayNumber(from), toDayNumber(to), 15).map(({ from }) => toDay(from));
  expect(whole('month', '2025-12-20', '2026-03-10')).toEqual(['2026-01-01', '2026-02-01']);
  expect(whole('month', '2025-12-01', '2026-02-01')).toEqual(['2025-12-01', '2026-01-01']);
  expect(whole('month', '2026-01-02', '2026-01-31')).toEqual([]);
  expect(whole('reporting', '2025-12-15', '2026-02-14')).toEqual(['2025-12-15']);
  expect(whole('year', '2023-06-01', '2026-01-01')).toEqual(['2024-01-01', '2025-01-01']);
});
