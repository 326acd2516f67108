import { expect, test } from 'vitest';
import { formatDay, formatMoment, formatMonth, formatNumber, formatSigned } from './formats.ts';

test('writes numbers as Vietnamese and as English readers expect them', () => {
  expect(formatNumber(1240, 'vi')).toBe('1.240');
  expect(formatNumber(12.5, 'vi', 1)).toBe('12,5');
  expect(formatNumber(1240, 'en')).toBe('1,240');
});

test('writes signs with a true minus, and none before zero', () => {
  expect(formatSigned(18, 'vi')).toBe('+18');
  expect(formatSigned(-5.4, 'vi')).toBe('−5');
  expect(formatSigned(-0.2, 'vi')).toBe('0');
});

test('writes days and months in the order of the office', () => {
  expect(formatDay('2026-10-31')).toBe('31/10/2026');
  expect(formatMonth('2026-10-01')).toBe('10/2026');
});

test('writes moments by the clock of Viet Nam, whatever clock the reader has', () => {
  expect(formatMoment('2026-10-31T17:05:09.000Z')).toBe('01/11/2026 00:05');
  expect(formatMoment('2026-10-31T17:05:09.000Z', { seconds: true })).toBe('01/11/2026 00:05:09');
});
