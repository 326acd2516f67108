import { expect, test } from 'vitest';
import { saidIn } from './said-in.ts';

test('a message in two languages is split', () => {
  const message = 'Đang nhập một bộ ranh giới khác: hãy chờ xong. (Another boundary import is running.)';
  expect(saidIn(message, 'vi')).toBe('Đang nhập một bộ ranh giới khác: hãy chờ xong.');
  expect(saidIn(message, 'en')).toBe('Another boundary import is running.');
});

test('the English part may begin with the name of a field', () => {
  const message = 'Ngày này chưa tới. (on: expected a day not after 2026-11-22, got 2027-01-01.)';
  expect(saidIn(message, 'vi')).toBe('Ngày này chưa tới.');
  expect(saidIn(message, 'en')).toBe('on: expected a day not after 2026-11-22, got 2027-01-01.');
});

test('parentheses that belong to the Vietnamese stay', () => {
  const message = 'Hãy khai --province (mã tỉnh) hoặc --province-field. (Give --province or --province-field.)';
  expect(saidIn(message, 'vi')).toBe('Hãy khai --province (mã tỉnh) hoặc --province-field.');
  expect(saidIn('Tệp bị hỏng (gzip)', 'en')).toBe('Tệp bị hỏng (gzip)');
});
