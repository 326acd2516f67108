import { createHash } from 'node:crypto';
import type { AuditAction, Role } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { type AuditFields, auditHash } from './audit-hash.ts';

/** Who did something, as the log keeps it. An `Identity` is one; a refused sign-in has the name as it was typed. */
export type Actor = {
  accountId: string | null;
  username: string | null;
  role: Role | null;
  /** The client's address, "server" or "command line". */
  address: string;
};

/** Work the server does of its own accord. */
export const serverActor: Actor = { accountId: null, username: null, role: null, address: 'server' };

/** A person at the machine itself. No account's name holds a colon, so none can be mistaken for it. */
export function commandLineActor(osUserName: string): Actor {
  return { accountId: null, username: `os:${osUserName}`, role: null, address: 'command line' };
}

export type AuditRecord = {
  action: AuditAction;
  /** The record it was done to: `import/9b1d…`, `account/xa.bentre`. */
  target: string;
  /** The record before and after, as plain values without secrets; left out where there is none. */
  before?: unknown;
  after?: unknown;
};

/**
 * Add one entry to the log, inside the transaction that makes the change: both are there or neither is. Call it last, also
 * after `raiseDataVersion`: from here to the end of the transaction every other writer of the log waits.
 * @returns the entry's number.
 */
export async function recordAudit(transaction: Knex.Transaction, actor: Actor, record: AuditRecord): Promise<number> {
  const { rows } = await transaction.raw<{ rows: { sequence: number; hash: string; at: string }[] }>(
    `select sequence, hash, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
     from audit_head
     for update`,
  );
  const head = rows[0];
  if (head === undefined) throw new Error('audit_head is empty: the log has lost its end');
  const fields: AuditFields = {
    previousHash: head.hash,
    sequence: head.sequence + 1,
    at: head.at,
    accountId: actor.accountId,
    username: actor.username === null ? null : plainText(actor.username, 100),
    role: actor.role,
    address: plainText(actor.address, 100),
    action: record.action,
    target: plainText(record.target, 300),
    before: jsonText(record.before),
    after: jsonText(record.after),
  };
  const hash = auditHash(fields);
  // No `returning`: most accounts may add to the log and not read it.
  await transaction('audit_event').insert({
    sequence: fields.sequence,
    at: fields.at,
    account_id: fields.accountId,
    username: fields.username,
    role: fields.role,
    address: fields.address,
    action: fields.action,
    target: fields.target,
    before: fields.before,
    after: fields.after,
    previous_hash: fields.previousHash,
    hash,
  });
  await transaction('audit_head').update({ sequence: fields.sequence, hash });
  return fields.sequence;
}

const LONGEST_STRING = 2000;
const LONGEST_JSON = 20_000;

/**
 * Text from clients as the log keeps it: control characters, line and direction marks are spelled out (`\u000a`), so that no
 * entry can look like two, or like another; cut to `longest` characters.
 */
export function plainText(text: string, longest: number): string {
  const visible = text
    .slice(0, longest)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) => `\\u${mark.codePointAt(0)?.toString(16).padStart(4, '0')}`);
  return visible.length > longest || text.length > longest
    ? `${visible.slice(0, longest - 1).toWellFormed()}…`
    : visible;
}

/** A record as JSON with plain texts; of one that is very long, its length and SHA-256, by which it can still be recognised. */
function jsonText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? plainText(inner, LONGEST_STRING) : inner,
  );
  if (text.length <= LONGEST_JSON) return text;
  return JSON.stringify({ tooLong: text.length, sha256: createHash('sha256').update(text).digest('hex') });
}
