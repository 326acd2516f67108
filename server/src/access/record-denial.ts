import type { Permission } from '@diemnong/contracts';
import type { AppContext } from '../app-context.ts';
import type { Database } from '../database/open-database.ts';
import type { Identity } from './identity.ts';
import { recordAudit } from './record-audit.ts';
import { systemScope } from './scope.ts';

const quietMs = 60_000;
const mostRemembered = 10_000;
/** When each account's denial of each permission was last logged. */
const lastNoted = new WeakMap<Database, Map<string, number>>();

/**
 * Log that an account asked for what its role may not: once a minute for each account and permission, so that a script that
 * asks a thousand times fills no log. Not in the request's way; a failure goes to the server's own log.
 */
export function recordDenial(
  { db, log }: Pick<AppContext, 'db' | 'log'>,
  identity: Identity,
  permission: Permission,
  asked: string,
): void {
  const noted = lastNoted.get(db) ?? new Map<string, number>();
  lastNoted.set(db, noted);
  const key = `${identity.accountId} ${permission}`;
  const now = performance.now();
  if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
  noted.delete(key);
  noted.set(key, now);
  const [oldest] = noted.keys();
  if (noted.size > mostRemembered && oldest !== undefined) noted.delete(oldest);
  db.transaction(systemScope, (transaction) =>
    recordAudit(transaction, identity, {
      action: 'access.denied',
      target: `permission/${permission}`,
      after: { asked },
    }),
  ).catch((error: unknown) => log.warn({ err: error }, 'a denial was not logged'));
}
