import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seal, unseal } from './sealed.ts';
import { openSecrets } from './secrets.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'diemnong-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('makes the keys at the first start, for the owner only, and finds them again', () => {
  const before = process.umask(0);
  const first = openSecrets(dataDir);
  process.umask(before);
  expect(openSecrets(dataDir)).toEqual(first);
  expect(readdirSync(dataDir)).toEqual(['secrets.json']);
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect([first.encryptionKey.length, first.deviceKey.length, first.operatorKey.length]).toEqual([32, 32, 43]);
  const kept = readFileSync(join(dataDir, 'secrets.json'), 'utf8');
  expect(new Set(kept.match(/[\w-]{43}/g)).size).toBe(3);
});

it.skipIf(process.platform === 'win32')('refuses a file that others may read', () => {
  openSecrets(dataDir);
  for (const mode of [0o640, 0o604, 0o666]) {
    chmodSync(join(dataDir, 'secrets.json'), mode);
    expect(() => openSecrets(dataDir)).toThrow('chmod 600');
  }
  chmodSync(join(dataDir, 'secrets.json'), 0o600);
  expect(() => openSecrets(dataDir)).not.toThrow();
});

it('refuses a damaged file, and neither replaces it nor tells what it holds', () => {
  const secrets = openSecrets(dataDir);
  const path = join(dataDir, 'secrets.json');
  const whole = readFileSync(path, 'utf8');
  for (const damaged of ['', '{', '{}', whole.slice(0, -20), whole.replace('deviceKey', 'devicekey'), `[${whole}]`]) {
    writeFileSync(path, damaged);
    let message = '';
    try {
      openSecrets(dataDir);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('secrets.json hỏng');
    expect(message).not.toContain(secrets.operatorKey);
    expect(readFileSync(path, 'utf8')).toBe(damaged);
  }
});

it('opens what was sealed for the same purpose with the same key only, and nothing that was changed', () => {
  const { encryptionKey, deviceKey } = openSecrets(dataDir);
  const sealed = seal(encryptionKey, 'totp/1', 'JBSWY3DP');
  expect(unseal(encryptionKey, 'totp/1', sealed)).toBe('JBSWY3DP');
  expect(sealed).not.toBe(seal(encryptionKey, 'totp/1', 'JBSWY3DP'));
  expect(unseal(encryptionKey, 'totp/2', sealed)).toBeUndefined();
  expect(unseal(deviceKey, 'totp/1', sealed)).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64url');
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(unseal(encryptionKey, 'totp/1', changed.toString('base64url'))).toBeUndefined();
  }
  expect(unseal(encryptionKey, 'totp/1', '')).toBeUndefined();
});
