import { describe, expect, it } from 'vitest';
import { type CountOf, lastWindow, sameMonth, windowAgain } from './relapse-window-rules.ts';

const month = (text: string) => 12 * Number(text.slice(0, 4)) + Number(text.slice(5)) - 1;
/** One record in January 2022, one more each month; `silent` ones were not reported, those from 2025-01 on are not over. */
const counts =
  (...silent: string[]): CountOf =>
  (asked) =>
    asked >= month('2025-01')
      ? undefined
      : silent.some((each) => month(each) === asked)
        ? null
        : asked - month('2021-12');
const round = { begunOn: '2023-03-10', successOn: '2023-12-20', endMonth: month('2025-01'), months: 3 };

describe('the window that is compared', () => {
  it('is the last complete months against the same ones of the year before the beginning', () => {
    expect(lastWindow(counts(), round)).toEqual({
      window: { from: '2024-10-01', to: '2025-01-01', count: 34 + 35 + 36, days: 92 },
      baseline: { from: '2022-03-01', to: '2023-03-01', count: 10 + 11 + 12, days: 92 },
    });
  });

  it('passes over months that were not reported on either side', () => {
    expect(lastWindow(counts('2024-12', '2022-11'), round)).toEqual({
      window: { from: '2024-08-01', to: '2024-11-01', count: 32 + 33 + 34, days: 92 },
      baseline: { from: '2022-03-01', to: '2023-03-01', count: 8 + 9 + 10, days: 92 },
    });
  });

  it('lies after the success, and is not made of fewer months than the rule asks for', () => {
    expect(lastWindow(counts(), { ...round, successOn: '2024-10-02' })).toBeUndefined();
    expect(lastWindow(counts(), { ...round, successOn: '2024-10-01' })?.window.from).toBe('2024-10-01');
    expect(lastWindow(() => null, round)).toBeUndefined();
    expect(lastWindow(counts(), { ...round, months: 12 })?.window).toMatchObject({ from: '2024-01-01', days: 366 });
  });

  it('has each month once, by its name', () => {
    const start = month('2023-03');
    expect(sameMonth(month('2024-02'), start)).toBe(month('2023-02'));
    expect(sameMonth(month('2024-03'), start)).toBe(month('2022-03'));
    expect(sameMonth(month('2022-03'), start)).toBe(month('2022-03'));
  });

  it('is read again as the data stand, and is gone when under half of it is left', () => {
    const task = { begunOn: '2023-03-10', from: '2024-10-01', to: '2025-01-01' };
    expect(windowAgain(counts(), task)?.window).toEqual({ ...lastWindow(counts(), round)?.window });
    expect(windowAgain(counts('2024-11'), task)).toMatchObject({
      window: { from: '2024-10-01', to: '2025-01-01', count: 34 + 36, days: 62 },
      baseline: { count: 10 + 12, days: 62 },
    });
    expect(windowAgain(counts('2024-11', '2022-12'), task)).toBeUndefined();
  });
});
