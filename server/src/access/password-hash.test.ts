import { hash, parseOptions, verify } from '@node-rs/argon2';
import { expect, it, vi } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

/** The library's own functions, watched: in which order work begins is seen, how long it takes is not. */
vi.mock('@node-rs/argon2', { spy: true });

it('keeps argon2id with at least the parameters OWASP names', async () => {
  const kept = await hashPassword('ruộng lúa chín');
  expect(kept).toMatch(/^\$argon2id\$v=19\$/);
  const { memoryCost, timeCost, parallelism } = parseOptions(kept);
  expect({ memoryCost, timeCost, parallelism }).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  expect(await verifyPassword(kept, 'ruộng lúa chín', 'first')).toBe(true);
  expect(await verifyPassword(kept, 'ruộng lúa chính', 'first')).toBe(false);
  expect(await hashPassword('ruộng lúa chín')).not.toBe(kept);
});

it('takes a password typed with combining marks for the same', async () => {
  const kept = await hashPassword('Ruộng lúa'.normalize('NFC'));
  expect(await verifyPassword(kept, 'Ruộng lúa'.normalize('NFD'), 'first')).toBe(true);
});

it('does the same work where there is no hash, and says no', async () => {
  const kept = await hashPassword('ruộng lúa chín');
  vi.mocked(verify).mockClear();
  expect(await verifyPassword(kept, 'another one', 'last')).toBe(false);
  expect(await verifyPassword(null, 'another one', 'last')).toBe(false);
  expect(await verifyPassword(null, 'nobody', 'last')).toBe(false);
  const worked = vi.mocked(verify).mock.calls.map(([hashed]) => parseOptions(hashed));
  expect(worked).toEqual(Array.from({ length: 3 }, () => parseOptions(kept)));
});

it('knows a hash of other parameters', async () => {
  expect(isOutdated(await hashPassword('ruộng lúa chín'))).toBe(false);
  expect(isOutdated(await hash('ruộng lúa chín', { memoryCost: 8192, timeCost: 2 }))).toBe(true);
});

it('sends strangers away when too many wait, and lets known people in before those who wait', async () => {
  vi.mocked(verify).mockClear();
  const refused: string[] = [];
  const strangers = Array.from({ length: 40 }, () =>
    verifyPassword(null, 'stranger', 'last').catch((error: { code: string }) => refused.push(error.code)),
  );
  await Promise.all([...strangers, verifyPassword(null, 'known', 'first')]);
  expect(refused).toEqual(Array.from({ length: 40 - 2 - 16 }, () => 'too_many_requests'));
  const begun = vi.mocked(verify).mock.calls.map(([, password]) => password.toString());
  expect(begun).toEqual(['stranger', 'stranger', 'known', ...Array.from({ length: 16 }, () => 'stranger')]);
});
