import { longestPassword, shortestPassword } from '@diemnong/contracts';

/**
 * What is asked of a new password, told before it is sent. `isKept` null = only the server knows (its list of common
 * passwords); the server looks at every rule again and has the last word.
 */
export type PasswordRule = {
  name: 'too_short' | 'too_long' | 'has_name' | 'same' | 'too_common';
  isKept: boolean | null;
};

export function passwordRules(
  next: string,
  { current, username }: { current: string; username: string },
): PasswordRule[] {
  const length = lettersIn(next);
  return [
    { name: 'too_short', isKept: length >= shortestPassword },
    ...(length > longestPassword ? [{ name: 'too_long', isKept: false } as const] : []),
    { name: 'has_name', isKept: next !== '' && !holdsName(next, username) },
    { name: 'same', isKept: next !== '' && next !== current },
    { name: 'too_common', isKept: null },
  ];
}

/** Parts of a name shorter than four letters are in too many honest words. */
function holdsName(password: string, username: string): boolean {
  const plain = password.toLowerCase();
  return username.split(/[._-]/).some((part) => part.length >= 4 && plain.includes(part));
}

/** Length as people count it: an emoji or a rare letter is one, not two. */
export function lettersIn(text: string): number {
  return Array.from(text).length;
}
