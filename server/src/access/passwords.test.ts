import { shortestPassword } from '@diemnong/contracts';
import { expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';
import { findPasswordFault, generatePassword } from './passwords.ts';

it('asks for length and counts characters, not bytes', () => {
  expect(findPasswordFault('x7Kq!z', 'an.nguyen')).toBe('too_short');
  expect(findPasswordFault('ở đâu cũng'.slice(0, shortestPassword - 1), 'an.nguyen')).toBe('too_short');
  expect(findPasswordFault('ruộng lúa chín', 'an.nguyen')).toBeUndefined();
  expect(findPasswordFault('ruộng lúa chín'.normalize('NFD').slice(0, 13), 'an.nguyen')).toBe('too_short');
  expect(findPasswordFault('thuyền trôi '.repeat(30), 'an.nguyen')).toBe('too_long');
});

it.each([
  ['a leaked one', 'qwertyuiop123'],
  ['the usual word with a year', 'Password2026!'],
  ['the usual Vietnamese word with a year', 'MatKhau@2026'],
  ['with marks and spaces', 'Mật Khẩu 123456'],
  ['words of love', 'anhyeuem123456'],
  ['local words only', 'conganhungyen2026'],
  ['one character', 'aaaaaaaaaaaaaa'],
  ['a short unit again and again', 'abcdabcdabcdabcd'],
  ['a longer leaked unit again', 'dragondragondragon'],
  ['digits in order', '123456789012'],
  ['a run along the keyboard', 'qwertyuiopasdfg'],
  ['a date', '02091945-2091945'],
])('finds %s common', (_, password) => {
  expect(findPasswordFault(password, 'an.nguyen')).toBe('too_common');
});

it.each(['ruộng lúa chín vàng', 'correct horse battery staple', 'k7mpq-x3w9d-aaaab', 'chim sẻ trên mái ngói'])(
  'takes "%s"',
  (password) => {
    expect(isCommonPassword(password)).toBe(false);
    expect(findPasswordFault(password, 'an.nguyen')).toBeUndefined();
  },
);

it('refuses the name of the account and of the platform, not a two-letter part of it', () => {
  expect(findPasswordFault('xin-TRUONG.giang-92', 'truong.giang')).toBe('has_name');
  expect(findPasswordFault('vườn Trường nhiều hoa', 'truong.giang')).toBe('has_name');
  expect(findPasswordFault('ruộng Điểm Nóng xanh', 'an')).toBe('has_name');
  expect(findPasswordFault('an ruộng lúa chín', 'an.le')).toBeUndefined();
});

it('generates passwords that pass the rules and never come twice', () => {
  const many = Array.from({ length: 2000 }, generatePassword);
  expect(new Set(many).size).toBe(many.length);
  for (const password of many) {
    expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/);
    expect(findPasswordFault(password, 'an.nguyen')).toBeUndefined();
  }
});
