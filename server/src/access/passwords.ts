import { randomInt } from 'node:crypto';
import { longestPassword, shortestPassword } from '@diemnong/contracts';
import { fold, isCommonPassword } from './common-passwords.ts';

export type PasswordFault = 'too_short' | 'too_long' | 'too_common' | 'has_name';

/** For people; the reasons of `postPassword` in contracts/sessions.ts. */
export const passwordMessages: Record<PasswordFault | 'same', string> = {
  too_short: `Mật khẩu cần ít nhất ${shortestPassword} ký tự. (At least ${shortestPassword} characters.)`,
  too_long: `Mật khẩu dài quá ${longestPassword} ký tự. (At most ${longestPassword} characters.)`,
  too_common: 'Mật khẩu này quá dễ đoán; hãy ghép vài từ không liên quan nhau. (Too easy to guess.)',
  has_name: 'Mật khẩu không được chứa tên đăng nhập hay tên nền tảng. (It holds the account’s or the platform’s name.)',
  same: 'Mật khẩu mới trùng mật khẩu đang dùng. (The new password is the current one.)',
};

const platformNames = ['diemnong', 'hotspot', 'congan'];

/**
 * What is wrong with a new password; undefined when it may be used. Length and guessability decide; no kinds of characters are
 * asked for (NIST SP 800-63B-4 §3.1.1.2, OWASP ASVS 5.0 §6.2).
 */
export function findPasswordFault(password: string, username: string): PasswordFault | undefined {
  const length = Array.from(password.normalize('NFKC')).length;
  if (length < shortestPassword) return 'too_short';
  if (length > longestPassword) return 'too_long';
  if (isCommonPassword(password)) return 'too_common';
  const plain = fold(password).replaceAll(/[\s._-]+/g, '');
  const names = [...platformNames, ...fold(username).split(/[._-]/), fold(username).replaceAll(/[._-]+/g, '')];
  return names.some((name) => name.length >= 4 && plain.includes(name)) ? 'has_name' : undefined;
}

/** Without letters and digits that look alike. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be written down once: four groups of five, `k7mpq-x3w9d-…`; 31^20 ≈ 2^99 of them. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => readable[randomInt(readable.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
