import { expect, test } from 'vitest';
import { changeOf, shortCell } from './story-words.ts';

test('tells a rise whose interval lies above no change as sure', () => {
  const change = changeOf({
    count: 124,
    previous: 105,
    changePercent: 18.1,
    ratio: { value: 1.18, low: 1.03, high: 1.35, p: 0.02 },
  });
  expect(change).toMatchObject({ kind: 'change', direction: 'up', percent: 18, isSure: true, p: 0.02 });
  expect(change.kind === 'change' && Math.round(change.low)).toBe(3);
});

test('tells a fall whose interval holds no change as not sure', () => {
  expect(
    changeOf({ count: 95, previous: 105, changePercent: -9.5, ratio: { value: 0.905, low: 0.7, high: 1.2, p: 0.5 } }),
  ).toMatchObject({
    direction: 'down',
    percent: 10,
    isSure: false,
  });
});

test('compares nothing that is hidden', () => {
  expect(changeOf({ count: null, previous: 30, changePercent: null, ratio: null })).toEqual({ kind: 'hidden' });
  expect(changeOf({ count: 30, previous: null, changePercent: null, ratio: null })).toEqual({ kind: 'hidden' });
});

test('gives no percentage of a small base', () => {
  expect(
    changeOf({ count: 9, previous: 3, changePercent: null, ratio: { value: 3, low: 0.8, high: 17, p: 0.1 } }),
  ).toEqual({ kind: 'small-base' });
  expect(changeOf({ count: 0, previous: 0, changePercent: null, ratio: null })).toEqual({ kind: 'none' });
});

test('shortens a cell to the digits that differ', () => {
  expect(shortCell('8841a4c6a1fffff')).toBe('8841 a4c6a1');
});
