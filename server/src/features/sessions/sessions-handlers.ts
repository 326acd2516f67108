import {
  AppError,
  type deleteSession,
  type getSession,
  type getSignIn,
  type listSessions,
  type ParsedRequestOf,
  type postPassword,
  type ResponseOf,
  type revokeSession,
} from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { hashPassword, verifyPassword } from '../../access/password-hash.ts';
import { findPasswordFault, passwordMessages } from '../../access/passwords.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from '../../access/session-cookie.ts';
import type { AppContext } from '../../app-context.ts';
import { raiseAccessVersion } from '../../database/data-version.ts';
import type { HttpContext, SignedInContext } from '../../http/serve.ts';
import { confirmPerson, requirePerson } from './confirm-person.ts';
import { renewSession } from './open-session.ts';
import { idleMs } from './session-rules.ts';
import { toSessionAnswer, toSessionRow } from './session-view.ts';
import { endSession, listSessionsOf } from './sessions-queries.ts';
import { replacePassword } from './sign-in-queries.ts';

export async function describeSignIn({ configuration, sessions }: AppContext): Promise<ResponseOf<typeof getSignIn>> {
  const { oidc, demo } = configuration;
  return {
    openIdConnect: oidc === undefined ? null : { name: oidc.name },
    demo: demo !== false && (await sessions.offersDemo()),
  };
}

export async function describeSession(
  { sessions }: AppContext,
  identity: Identity,
): Promise<ResponseOf<typeof getSession>> {
  return toSessionAnswer(await sessions.find(requirePerson(identity).sessionId));
}

/** Also without a session: whoever wants to be signed out is. */
export async function signOut(
  { db, sessions, configuration }: AppContext,
  { request, response }: HttpContext,
): Promise<ResponseOf<typeof deleteSession>> {
  const token = sessionToken(request, configuration);
  const signedIn = token === undefined ? undefined : await sessions.identify(token);
  if (signedIn !== undefined) {
    const { accountId, sessionId } = requirePerson(signedIn);
    await db.transaction(systemScope, async (transaction) => {
      await endSession(transaction, accountId, sessionId);
      await raiseAccessVersion(transaction);
      await recordAudit(
        transaction,
        { ...signedIn, address: request.ip ?? '' },
        { action: 'session.signed_out', target: `session/${sessionId}` },
      );
    });
    await sessions.reload();
  }
  clearSessionCookie(response, configuration);
  return { signedOut: true };
}

/** The other sessions of the account end; this one goes on under a new token. */
export async function changePassword(
  context: AppContext,
  { current, next }: ParsedRequestOf<typeof postPassword>['body'],
  http: SignedInContext,
): Promise<ResponseOf<typeof postPassword>> {
  const { db, sessions, configuration } = context;
  const { account, sessionId } = await confirmPerson(context, current, http);
  const fault = findPasswordFault(next, account.username) ?? ((await isSame(account, next)) ? 'same' : undefined);
  if (fault !== undefined) throw new AppError('unprocessable', passwordMessages[fault], { details: { reason: fault } });
  const passwordHash = await hashPassword(next);
  const token = await db.transaction(systemScope, async (transaction) => {
    if (!(await replacePassword(transaction, account.id, { from: account.passwordHash, to: passwordHash })))
      throw new AppError(
        'conflict',
        'Mật khẩu vừa được đổi ở nơi khác. (The password was changed elsewhere meanwhile.)',
      );
    const renewed = await renewSession(transaction, { accountId: account.id, sessionId });
    await recordAudit(transaction, http.identity, {
      action: 'session.password_changed',
      target: `account/${account.username}`,
    });
    return renewed;
  });
  await sessions.reload();
  const session = await sessions.find(sessionId);
  const { user } = toSessionAnswer(session);
  if (session !== undefined) setSessionCookie(http.response, configuration, token, session.expiresAt);
  return { user };
}

function isSame({ passwordHash }: { passwordHash: string }, next: string): Promise<boolean> {
  return verifyPassword(passwordHash, next, 'first');
}

export async function listOwnSessions(
  { db }: AppContext,
  identity: Identity,
): Promise<ResponseOf<typeof listSessions>> {
  const { accountId, sessionId } = requirePerson(identity);
  const found = await db.transaction(identity.scope, (transaction) => listSessionsOf(transaction, accountId, idleMs));
  return { sessions: found.map((session) => toSessionRow(session, sessionId)) };
}

/** Errors: `not_found` for a session of somebody else as for none. */
export async function endOwnSession(
  { db, sessions, configuration }: AppContext,
  id: string,
  { identity, response }: SignedInContext,
): Promise<ResponseOf<typeof revokeSession>> {
  const { accountId, sessionId } = requirePerson(identity);
  await db.transaction(identity.scope, async (transaction) => {
    if (!(await endSession(transaction, accountId, id)))
      throw new AppError('not_found', 'Không có phiên này. (There is no such session.)');
    await raiseAccessVersion(transaction);
    await recordAudit(transaction, identity, { action: 'session.revoked', target: `session/${id}` });
  });
  await sessions.reload();
  if (id === sessionId) clearSessionCookie(response, configuration);
  return { id };
}
