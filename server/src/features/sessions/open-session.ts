import { randomBytes, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import { markDevice } from '../../access/known-device.ts';
import { plainText, recordAudit } from '../../access/record-audit.ts';
import { sessionToken, setSessionCookie } from '../../access/session-cookie.ts';
import type { AppContext } from '../../app-context.ts';
import type { Configuration } from '../../configuration.ts';
import { raiseAccessVersion } from '../../database/data-version.ts';
import { absoluteMs, idleMs, longestUserAgent, sessionsPerAccount } from './session-rules.ts';
import { hashToken } from './session-store.ts';
import { endSessionByToken, endSessionsOf, insertSession, removeOldSessions, rotateToken } from './sessions-queries.ts';
import { noteSignIn, type SignInAccount } from './sign-in-queries.ts';

/** A session as the browser is to get it. */
export type OpenedSession = { id: string; token: string; expiresAt: Date };

function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Open a session for an account that has shown who it is, always under a new token: whatever session the browser held before
 * ends, so that none can be planted. Writes the log: nothing may follow in the transaction.
 */
export async function openSession(
  transaction: Knex.Transaction,
  { request, configuration }: { request: Request; configuration: Configuration },
  account: SignInAccount,
  how: {
    means: 'password' | 'second factor' | 'OpenID Connect';
    clearFailures: boolean;
    passwordHash?: string | undefined;
  },
): Promise<OpenedSession> {
  const id = randomUUID();
  const token = createToken();
  const address = request.ip ?? '';
  const userAgent = plainText(request.headers['user-agent'] ?? '', longestUserAgent);
  const before = sessionToken(request, configuration);
  if (before !== undefined) await endSessionByToken(transaction, hashToken(before));
  await removeOldSessions(transaction, account.id, { kept: sessionsPerAccount - 1, idleMs });
  const expiresAt = await insertSession(transaction, {
    id,
    accountId: account.id,
    tokenHash: hashToken(token),
    address,
    userAgent,
    lastsMs: absoluteMs,
  });
  await noteSignIn(transaction, account.id, how);
  await raiseAccessVersion(transaction);
  await recordAudit(
    transaction,
    { accountId: account.id, username: account.username, role: account.role, address },
    { action: 'session.signed_in', target: `session/${id}`, after: { by: how.means, userAgent } },
  );
  return { id, token, expiresAt };
}

/** Once the session is committed: make it known and give it to the browser. */
export async function handOver(
  context: AppContext,
  request: Request,
  response: Response,
  { token, expiresAt }: OpenedSession,
  username: string,
): Promise<void> {
  await context.sessions.reload();
  setSessionCookie(response, context.configuration, token, expiresAt);
  markDevice(context, request, response, username);
}

/**
 * After a change of what an account signs in with: this session goes on under a new token, the account's others end.
 * @returns the token.
 */
export async function renewSession(
  transaction: Knex.Transaction,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<string> {
  const token = createToken();
  await rotateToken(transaction, sessionId, hashToken(token));
  await endSessionsOf(transaction, accountId, { except: sessionId });
  await raiseAccessVersion(transaction);
  return token;
}
