import { expect, it } from 'vitest';
import {
  addYears,
  dayInMonth,
  isoWeekday,
  localDayOf,
  localHourOf,
  monthOf,
  startOfDaySeconds,
  toDay,
  toDayNumber,
} from './local-days.ts';

it('turns days into numbers and back', () => {
  expect(toDayNumber('1970-01-01')).toBe(0);
  for (const day of ['0001-01-01', '1969-12-31', '2024-02-29', '2026-10-31', '9999-12-31'])
    expect(toDay(toDayNumber(day))).toBe(day);
});

it('begins a day at 17:00 UTC of the day before', () => {
  const newYear = toDayNumber('2026-01-01');
  expect(startOfDaySeconds(newYear) * 1000).toBe(Date.parse('2025-12-31T17:00:00Z'));
  expect(localDayOf(Date.parse('2025-12-31T17:00:00Z'))).toBe(newYear);
  expect(localDayOf(Date.parse('2025-12-31T16:59:59.999Z'))).toBe(newYear - 1);
  expect(localHourOf(Date.parse('2025-12-31T17:00:00Z'))).toBe(0);
  expect(localHourOf(Date.parse('1960-05-01T16:30:00Z'))).toBe(23);
});

it('knows weekdays on both sides of 1970', () => {
  expect(isoWeekday(toDayNumber('2026-11-02'))).toBe(1);
  expect(isoWeekday(toDayNumber('2026-11-01'))).toBe(7);
  expect(isoWeekday(toDayNumber('1969-12-28'))).toBe(7);
});

it('moves by whole years, 29 February to 28 February', () => {
  const yearBefore = (day: string) => toDay(addYears(toDayNumber(day), -1));
  expect(yearBefore('2026-03-01')).toBe('2025-03-01');
  expect(yearBefore('2024-02-29')).toBe('2023-02-28');
  expect(yearBefore('2025-02-28')).toBe('2024-02-28');
  expect(toDay(addYears(toDayNumber('2024-02-29'), 4))).toBe('2028-02-29');
});

it('cuts a date that a month does not have to its last day', () => {
  const february = monthOf(toDayNumber('2026-02-10'));
  expect(toDay(dayInMonth(february, 31))).toBe('2026-02-28');
  expect(toDay(dayInMonth(february, 15))).toBe('2026-02-15');
  expect(toDay(dayInMonth(february - 2, 31))).toBe('2025-12-31');
});
