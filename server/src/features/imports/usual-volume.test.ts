import { expect, test } from 'vitest';
import { usualVolumeWarnings } from './usual-volume.ts';

const live = { '2025-01': 100, '2025-02': 90, '2025-03': 110 };
const told = (file: Record<string, number>, others: Record<string, number> = live) =>
  usualVolumeWarnings(file, others).map(({ code, rows, message }) => ({
    code,
    rows,
    month: /\d\d\/\d{4}/.exec(message)?.[0],
  }));

test('twice as many or half as many rows as usual are told, month by month', () => {
  expect(told({ '2025-04': 200, '2025-05': 50, '2025-06': 120 })).toEqual([
    { code: 'more_than_usual', rows: 200, month: '04/2025' },
    { code: 'less_than_usual', rows: 50, month: '05/2025' },
  ]);
});

test('the months that the file itself corrects do not say what is usual', () => {
  expect(told({ '2025-03': 400 })).toEqual([]);
  expect(told({ '2025-03': 400 }, { ...live, '2025-04': 105 })).toHaveLength(1);
});

test('small numbers vary by chance: two instead of five is no warning', () => {
  expect(told({ '2025-04': 2 }, { '2025-01': 5, '2025-02': 4, '2025-03': 6 })).toEqual([]);
});

test('two months of history say nothing', () => {
  expect(told({ '2025-04': 900 }, { '2025-01': 10, '2025-02': 10 })).toEqual([]);
});
