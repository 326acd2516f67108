import { expect, test } from 'vitest';
import { formatFixed, formatNumber, formatRate, formatShare, formatSigned } from './formats.ts';

test('writes numbers as Vietnamese and as English readers expect them', () => {
  expect(formatNumber(1240, 'vi')).toBe('1.240');
  expect(formatNumber(12.5, 'vi', 1)).toBe('12,5');
  expect(formatNumber(1240, 'en')).toBe('1,240');
  expect(formatFixed(1.3, 'vi', 2)).toBe('1,30');
});

test('writes rates with what they can carry', () => {
  expect([123.456, 12.345, 1.2345, 0.4567].map((rate) => formatRate(rate, 'vi'))).toEqual([
    '123',
    '12,3',
    '1,23',
    '0,46',
  ]);
});

test('writes shares in percent and changes with a true minus', () => {
  expect(formatShare(0.125, 'vi')).toBe('12,5%');
  expect(formatShare(0.05, 'en')).toBe('5%');
  expect(formatSigned(-5.4, 'vi')).toBe('−5');
});
