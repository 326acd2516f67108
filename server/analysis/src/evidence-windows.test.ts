import { describe, expect, test } from 'vitest';
import { daysOf, firstDayOf, pairMonths, pairPast } from './evidence-windows.ts';

const march2025 = 12 * 2025 + 2;
const always = () => true;

test('months are named and measured as the calendar has them', () => {
  expect([firstDayOf(march2025), firstDayOf(12 * 2024 + 11)]).toEqual(['2025-03-01', '2024-12-01']);
  expect([daysOf([12 * 2024 + 1]), daysOf([12 * 2025 + 1]), daysOf([])]).toEqual([29, 28, 0]);
});

describe('the months compared', () => {
  test('begin with the month of the start when it starts on the first, and are at most twelve', () => {
    const pairs = pairMonths({ startMonth: march2025, startsOnFirst: true }, march2025 + 30, always);
    expect(pairs.after).toEqual(Array.from({ length: 12 }, (_, i) => march2025 + i));
    expect(pairs.before).toEqual(pairs.after.map((month) => month - 12));
    expect(pairs.past).toEqual({
      recent: pairs.before,
      earlier: pairs.after.map((month) => month - 24),
      share: 1,
    });
  });

  test('leave out the month that holds the start, on both sides', () => {
    const pairs = pairMonths({ startMonth: march2025, startsOnFirst: false }, march2025 + 30, always);
    expect(pairs.after).toEqual(Array.from({ length: 11 }, (_, i) => march2025 + 1 + i));
    expect(pairs.before).not.toContain(march2025);
  });

  test('leave out a month not reported together with its counterpart', () => {
    const missing = new Set([march2025 + 2, march2025 + 4 - 12]);
    const pairs = pairMonths({ startMonth: march2025, startsOnFirst: true }, march2025 + 6, (m) => !missing.has(m));
    expect(pairs.after).toEqual([0, 1, 3, 5].map((i) => march2025 + i));
    expect(pairs.unreported).toBe(2);
  });

  test('end before the month that is running, and know no earlier year that was not reported', () => {
    const start = { startMonth: march2025, startsOnFirst: true };
    const pairs = pairMonths(start, march2025 + 2, (month) => month >= march2025 - 12);
    expect(pairs.after).toEqual([march2025, march2025 + 1]);
    expect(pairs.past).toBeNull();
  });
});

describe('the year before the window', () => {
  const before = Array.from({ length: 12 }, (_, i) => march2025 - 12 + i);
  const without = (...missing: number[]) => pairPast(before, (month) => !missing.includes(month));

  test('is told from the calendar months that both years reported, and stands for their days', () => {
    const [may2023, february2024] = [march2025 - 22, march2025 - 13];
    const past = without(may2023, february2024);
    expect(past?.earlier).toEqual(before.map((month) => month - 12).filter((m) => m !== may2023 && m !== february2024));
    expect(past?.recent).toEqual(past?.earlier.map((month) => month + 12));
    // May and February 2025 leave the window of 365 days; that February 2024 had 29 does not matter.
    expect(past?.share).toBeCloseTo((365 - 31 - 28) / 365, 12);
  });

  test('is not told from under half of the months, nor from under three', () => {
    const earlier = before.map((month) => month - 12);
    expect(without(...earlier.slice(0, 6))?.recent).toHaveLength(6);
    expect(without(...earlier.slice(0, 7))).toBeNull();
    const four = before.slice(0, 4);
    expect(pairPast(four, (month) => month !== four[0] - 12)?.recent).toHaveLength(3);
    expect(pairPast(four, (month) => month > four[1] - 12)).toBeNull();
  });

  test('lacks nothing where too few months have passed for a window, unless they were not reported', () => {
    expect(pairPast([], always)).toEqual({ recent: [], earlier: [], share: 0 });
    expect(pairPast(before.slice(0, 2), always)?.share).toBe(1);
    expect(pairPast(before.slice(0, 2), (month) => month !== before[0] - 12)).toBeNull();
  });
});
