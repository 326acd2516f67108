import { expect, it } from 'vitest';
import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { countReported } from './reported-days.ts';
import type { SpanSums } from './span-sums.ts';

const january = 12 * 2023;
const windows = [0, 1, 2].map((i) => ({ from: firstDayOfMonth(january + i), to: firstDayOfMonth(january + i + 1) }));

/** Communes with their records in January, February and March; null = not reported. */
function count(communes: Record<string, (number | null)[]>) {
  const reportedMonths = new Map(
    Object.entries(communes).map(([code, records]) => [
      code,
      new Set(records.flatMap((count, i) => (count === null ? [] : [january + i]))),
    ]),
  );
  const sums: SpanSums = {
    all: () => Number.NaN,
    of: (code, window) => communes[code][windows.findIndex(({ from }) => from === window.from)] ?? 99,
  };
  return countReported(sums, windows, Object.keys(communes), { reportedMonths } as unknown as Reference);
}

it('counts everything for all the days where everybody reported', () => {
  expect(count({ a: [31, 28, 31], b: [0, 5, 0] })).toEqual([
    { counted: 31, share: 1, count: 31, days: 31 },
    { counted: 33, share: 1, count: 33, days: 28 },
    { counted: 31, share: 1, count: 31, days: 31 },
  ]);
});

it('takes a silent commune out of both sides, by what it usually has', () => {
  // a has 1 a day, b 3 a day: without b a quarter is left, without a three quarters.
  const [first, second, third] = count({ a: [31, 28, null], b: [93, null, 93] });
  expect(first).toEqual({ counted: 124, share: 1, count: 124, days: 31 });
  expect(second).toEqual({ counted: 28, share: 0.25, count: null, days: 7 });
  expect(third).toEqual({ counted: 93, share: 0.75, count: 93, days: 23.25 });
});

it('has nothing to say of a month that nobody reported, nor of a commune that never did', () => {
  const [first, second] = count({ a: [31, null, 31], never: [null, null, null] });
  expect(first).toMatchObject({ counted: 31, share: 1 });
  expect(second).toMatchObject({ counted: 0, share: 0, count: null });
});

it('takes communes for alike while none has a record', () => {
  expect(count({ a: [0, 0, null], b: [0, null, null] }).map(({ share, count }) => [share, count])).toEqual([
    [1, 0],
    [0.5, 0],
    [0, null],
  ]);
  expect(count({}).map(({ share, count }) => [share, count])).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);
});
