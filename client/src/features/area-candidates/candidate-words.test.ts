import { expect, test } from 'vitest';
import { changeOf, timesExpected } from './candidate-words.ts';

test('a change is told in records, and in percent only from 20 records on', () => {
  expect(changeOf({ count: 36, previous: 24 })).toEqual({ direction: 'up', by: 12, percent: 50 });
  expect(changeOf({ count: 9, previous: 19 })).toEqual({ direction: 'down', by: 10, percent: null });
  expect(changeOf({ count: 5, previous: 5 })).toEqual({ direction: 'same', by: 0, percent: null });
});

test('a count stands against what would be there by even spread, where that is known', () => {
  expect(timesExpected({ count: 30, expected: 7.5 })).toBe(4);
  expect(timesExpected({ count: 30, expected: 0 })).toBeNull();
});
