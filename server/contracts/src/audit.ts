import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day } from './filters.ts';

/** Every kind of entry of the log, `<what>.<done>`. */
export const auditActions = [
  'session.signed_in',
  'session.refused',
  'session.signed_out',
  'session.revoked',
  'session.password_changed',
  'session.second_factor_on',
  'session.second_factor_off',
  'account.created',
  'account.changed',
  'account.suspended',
  'account.restored',
  'account.password_reset',
  'account.locked',
  'import.received',
  'import.reread',
  'import.refused',
  'import.committed',
  'import.undone',
  'import.dropped',
  'boundaries.imported',
  'reporting.confirmed',
  'reporting.retracted',
  'alert.opened',
  'alert.withdrawn',
  'alert.decided',
  'area.created',
  'area.changed',
  'area.event_entered',
  'area.event_approved',
  'area.event_refused',
  'area.file_added',
  'area.list_imported',
  'area.rules_changed',
  'area_task.opened',
  'area_task.withdrawn',
  'area_task.decided',
  'area_candidate.refused',
  'export.made',
  'setting.changed',
  'access.denied',
] as const;
export const AuditAction = z.enum(auditActions);
export type AuditAction = z.output<typeof AuditAction>;

export const AuditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  sequence: z.number().int(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Name of the account; `null` for the server itself; the name as typed for a refused sign-in. */
  username: z.string().nullable(),
  role: z.string().nullable(),
  /** Where from: the client's address; "command line" for chores. */
  address: z.string(),
  action: AuditAction,
  /** The record it was done to, e.g. `import/9b1d…`, `account/xa.bentre`. */
  target: z.string(),
  /** The record before and after, without secrets; null where there is none. */
  before: z.unknown(),
  after: z.unknown(),
  /** SHA-256 over the entry and the hash before it, hexadecimal. */
  hash: z.string(),
});
export type AuditEntry = z.output<typeof AuditEntry>;

/** Control characters are in no entry, and the database refuses NUL. */
const searched = z
  .string()
  .max(100)
  .regex(/^\P{Cc}*$/u, 'expected text without control characters');

/** `from` included, `to` excluded, days of Asia/Ho_Chi_Minh. `text` is looked for in username, target and address. */
export const AuditFilter = z.object({
  from: Day.optional(),
  to: Day.optional(),
  action: AuditAction.optional(),
  username: searched.optional(),
  text: searched.optional(),
});
export type AuditFilter = z.output<typeof AuditFilter>;

/** Newest first, 100 a page: `before` = the sequence of the last entry seen. */
export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  query: AuditFilter.extend({ before: z.coerce.number<string | number>().int().positive().optional() }),
  response: z.object({ entries: z.array(AuditEntry), total: z.number().int(), next: z.number().int().nullable() }),
});

/** GET: the filtered log as a workbook (query as AuditFilter), at most 100,000 entries; the export is itself logged. */
export const auditExportPath = '/api/audit.xlsx';

/**
 * Look over the whole chain. `entries`: how many fit, from the first on. `anchors`: hashes noted outside the database that were
 * compared. `fault` names the first entry that does not fit; null when all do.
 */
export const verifyAudit = endpoint({
  method: 'POST',
  path: '/api/audit/verify',
  response: z.object({
    entries: z.number().int(),
    head: z.string(),
    anchors: z.number().int(),
    fault: z
      .object({ sequence: z.number().int(), reason: z.enum(['changed', 'missing', 'inserted', 'cut_off']) })
      .nullable(),
  }),
});
