import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * Text under AES-256-GCM: nobody without the key reads it or changes a bit of it. `purpose` is bound to it, so that what was
 * sealed for one use or one account opens for no other. Form: nonce (12 bytes), tag (16), text, as base64url.
 * Source: NIST SP 800-38D; a random nonce is fit for far more than the few thousand texts of an installation.
 */
export function seal(key: Buffer, purpose: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @returns the text; undefined when it was sealed for another purpose, with another key, or changed. */
export function unseal(key: Buffer, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
