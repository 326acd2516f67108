import { Secret, TOTP } from 'otpauth';
import { seal, unseal } from '../../access/sealed.ts';
import type { Secrets } from '../../access/secrets.ts';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 s. */
const settings = { issuer: 'Điểm Nóng', algorithm: 'SHA1', digits: 6, period: 30 };
/** Clocks that differ by one step are forgiven (RFC 6238 §5.2). */
const window = 1;

export function createTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** For the QR code: `otpauth://totp/…`. */
export function totpUri(secret: string, username: string): string {
  return new TOTP({ ...settings, label: username, secret: Secret.fromBase32(secret) }).toString();
}

/** The time step whose code this is; undefined when it is none of now. */
export function totpStep(secret: string, code: string): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const totp = new TOTP({ ...settings, secret: Secret.fromBase32(secret) });
  const timestamp = Date.now();
  const delta = totp.validate({ token, timestamp, window });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}

/** As the database keeps it: bound to the account, so that it works for no other one. */
export function sealTotpSecret({ encryptionKey }: Secrets, accountId: string, secret: string): string {
  return seal(encryptionKey, `totp/${accountId}`, secret);
}

/** The same as `totpStep` for a sealed secret; a secret of another installation's key accepts no code. */
export function findTotpStep(secrets: Secrets, accountId: string, sealed: string, code: string): number | undefined {
  const secret = unseal(secrets.encryptionKey, `totp/${accountId}`, sealed);
  return secret === undefined ? undefined : totpStep(secret, code);
}
