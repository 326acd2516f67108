import { AuditAction, AuditFilter, type listAudit, type RequestOf } from '@diemnong/contracts';
import { z } from 'zod';
import { addDays } from '../../state/days.ts';

const day = z.iso.date().optional().catch(undefined);
const text = AuditFilter.shape.text.catch(undefined);

/** What the address of the log holds; `tu` and `den` are both included, as people say them. A damaged value is no filter. */
const AuditSearch = z.object({
  tu: day,
  den: day,
  viec: AuditAction.optional().catch(undefined),
  ai: text,
  tim: text,
  /** Sequence of the entry that is open. */
  muc: z.coerce.number<string | number>().int().positive().optional().catch(undefined),
});
export type AuditSearch = z.output<typeof AuditSearch>;

export function validateAuditSearch(search: Record<string, unknown>): AuditSearch {
  const found = AuditSearch.parse(search);
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export type AuditQuery = NonNullable<RequestOf<typeof listAudit>['query']>;

/** The filter as the server takes it: `to` is the day after the last. */
export function toAuditQuery({ tu, den, viec, ai, tim }: AuditSearch): AuditQuery {
  return { from: tu, to: den === undefined ? undefined : addDays(den, 1), action: viec, username: ai, text: tim };
}
