import { createHash } from 'node:crypto';

/** Everything an entry of the log says, as text or null: what its hash covers. */
export type AuditFields = {
  previousHash: string;
  sequence: number;
  /** UTC to the microsecond, `2026-10-31T07:05:09.120456Z`. */
  at: string;
  accountId: string | null;
  username: string | null;
  role: string | null;
  address: string;
  action: string;
  target: string;
  /** JSON to the letter. */
  before: string | null;
  after: string | null;
};

/** Hash before the first entry. */
export const firstHash = '0'.repeat(64);

/**
 * SHA-256 (hexadecimal) of the canonical text of an entry: the eleven fields in this order, each as a netstring
 * (cr.yp.to/proto/netstrings.txt), `<length in bytes of UTF-8>:<text>,`; null is `-,`. So no two entries share a text, and
 * any tool can work it out again: docs/decisions/audit-log.md has it in SQL.
 */
export function auditHash(fields: AuditFields): string {
  const hash = createHash('sha256');
  for (const value of [
    fields.previousHash,
    String(fields.sequence),
    fields.at,
    fields.accountId,
    fields.username,
    fields.role,
    fields.address,
    fields.action,
    fields.target,
    fields.before,
    fields.after,
  ])
    hash.update(value === null ? '-,' : `${Buffer.byteLength(value)}:${value},`);
  return hash.digest('hex');
}
