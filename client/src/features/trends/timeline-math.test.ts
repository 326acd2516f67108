import { describe, expect, test } from 'vitest';
import {
  dragWindow,
  fromYears,
  labelledMonths,
  lengthInMonths,
  monthAt,
  nextWindow,
  periodOf,
  toYears,
  windowOf,
} from './timeline-math.ts';

const first = '2021-11-01';

test('a period and its window are two forms of one thing', () => {
  const window = windowOf({ from: '2025-11-01', to: '2026-11-01' }, first, 60);
  expect(window).toEqual({ start: 48, end: 60 });
  expect(periodOf(window, first)).toEqual({ from: '2025-11-01', to: '2026-11-01' });
});

test('a period of days takes the months it touches, inside the row', () => {
  expect(windowOf({ from: '2021-12-15', to: '2022-01-02' }, first, 60)).toEqual({ start: 1, end: 3 });
  expect(windowOf({ from: '2019-01-01', to: '2030-01-01' }, first, 60)).toEqual({ start: 0, end: 60 });
});

test('a window of months and the calendar years it touches, in a row that begins in November', () => {
  expect(toYears({ start: 2, end: 14 }, first)).toEqual({ start: 1, end: 2 });
  expect(toYears({ start: 0, end: 59 }, first)).toEqual({ start: 0, end: 6 });
  expect(fromYears({ start: 1, end: 2 }, first, 59)).toEqual({ start: 2, end: 14 });
  expect(fromYears({ start: 0, end: 6 }, first, 59)).toEqual({ start: 0, end: 59 });
});

test('a pointer outside the row means its first or last month', () => {
  expect([-5, 0, 599, 600, 900].map((x) => monthAt(x, 600, 60))).toEqual([0, 0, 59, 59, 59]);
});

describe('dragging', () => {
  const before = { start: 10, end: 22 };
  test('draws a new window in either direction', () => {
    expect(dragWindow('new', before, 30, 27, 60)).toEqual({ start: 27, end: 31 });
  });
  test('moves a window without changing its length, and stops at the ends of the row', () => {
    expect(dragWindow('move', before, 12, 14, 60)).toEqual({ start: 12, end: 24 });
    expect(dragWindow('move', before, 12, 59, 60)).toEqual({ start: 48, end: 60 });
  });
  test('never leaves less than one month', () => {
    expect(dragWindow('start', before, 10, 40, 60)).toEqual({ start: 21, end: 22 });
    expect(dragWindow('end', before, 21, 3, 60)).toEqual({ start: 10, end: 11 });
  });
});

test('playing goes on a month and begins again after the last', () => {
  expect(nextWindow({ start: 10, end: 22 }, 60)).toEqual({ start: 11, end: 23 });
  expect(nextWindow({ start: 48, end: 60 }, 60)).toEqual({ start: 0, end: 12 });
});

test('names Januaries, and fewer of them when there is no room', () => {
  const months = Array.from(
    { length: 48 },
    (_, i) => `${2022 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
  );
  expect(labelledMonths(months, 960, 60)).toEqual([0, 12, 24, 36]);
  expect(labelledMonths(months, 160, 60)).toEqual([0, 24]);
});

test('tells the length in months only when it is one', () => {
  expect(lengthInMonths({ from: '2025-11-01', to: '2026-11-01' })).toBe(12);
  expect(lengthInMonths({ from: '2025-11-03', to: '2026-11-01' })).toBeNull();
});
