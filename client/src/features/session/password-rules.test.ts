import { expect, test } from 'vitest';
import { passwordRules } from './password-rules.ts';

const account = { current: 'ban-dau-123456', username: 'xa.bentre' };
const broken = (next: string) =>
  passwordRules(next, account)
    .filter(({ isKept }) => isKept === false)
    .map(({ name }) => name);

test('nothing typed keeps no rule', () => {
  expect(broken('')).toEqual(['too_short', 'has_name', 'same']);
});

test('counts letters, not code units', () => {
  expect(broken('trời xanh 🌤🌤')).toEqual([]);
  expect(broken('trời 🌤🌤🌤')).toEqual(['too_short']);
});

test('names each broken rule', () => {
  expect(broken('BenTre-2026-10')).toEqual(['has_name']);
  expect(broken(account.current)).toEqual(['same']);
  expect(broken('a'.repeat(201))).toEqual(['too_long']);
});

test('a short part of a name is in too many honest words', () => {
  expect(broken('xa xôi muôn trùng')).toEqual([]);
});

test('leaves the list of common passwords to the server', () => {
  expect(passwordRules('một câu dài dễ nhớ', account).at(-1)).toEqual({ name: 'too_common', isKept: null });
});
