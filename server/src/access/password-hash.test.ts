import { hash, parseOptions } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

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
  const time = async (hashed: string | null) => {
    const startedAt = performance.now();
    expect(await verifyPassword(hashed, 'another one', 'last')).toBe(false);
    return performance.now() - startedAt;
  };
  const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  const known: number[] = [];
  const nobody: number[] = [];
  for (let i = 0; i < 11; i++) {
    known.push(await time(kept));
    nobody.push(await time(null));
  }
  // Without the work it would be a thousandth: a share that no busy machine can bring about.
  expect(median(nobody)).toBeGreaterThan(median(known) / 3);
  expect(await verifyPassword(null, 'nobody', 'last')).toBe(false);
});

it('knows a hash of other parameters', async () => {
  expect(isOutdated(await hashPassword('ruộng lúa chín'))).toBe(false);
  expect(isOutdated(await hash('ruộng lúa chín', { memoryCost: 8192, timeCost: 2 }))).toBe(true);
});

it('sends strangers away when too many wait, and lets known people in before those who wait', async () => {
  const done: string[] = [];
  const strangers = Array.from({ length: 40 }, () =>
    verifyPassword(null, 'x', 'last').then(
      () => done.push('stranger'),
      (error: { code: string }) => done.push(error.code),
    ),
  );
  const known = verifyPassword(null, 'x', 'first').then(() => done.push('known'));
  await Promise.all([...strangers, known]);
  expect(done.filter((word) => word === 'too_many_requests')).toHaveLength(40 - 2 - 16);
  const finished = done.filter((word) => word !== 'too_many_requests');
  expect(finished).toHaveLength(19);
  expect(finished.indexOf('known')).toBeLessThan(4);
});
