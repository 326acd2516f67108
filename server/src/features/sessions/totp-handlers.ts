import {
  AppError,
  type confirmTotp,
  type deleteTotp,
  type ParsedRequestOf,
  type postTotp,
  type ResponseOf,
} from '@diemnong/contracts';
import { recordAudit } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import { clearSealedCookie, readSealedCookie, type SealedCookie, setSealedCookie } from '../../access/sealed-cookie.ts';
import { setSessionCookie } from '../../access/session-cookie.ts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { confirmPerson, requirePerson } from './confirm-person.ts';
import { renewSession } from './open-session.ts';
import { toSessionAnswer } from './session-view.ts';
import { findSignInAccount, setSecondFactor } from './sign-in-queries.ts';
import { createTotpSecret, sealTotpSecret, totpStep, totpUri } from './totp.ts';

/** The secret waits in the browser, sealed, until a code shows that the app has it: nothing is on before that. */
function setupCookie(accountId: string): SealedCookie {
  return { name: 'diemnong_totp', path: '/api/session/totp', purpose: `totp-setup/${accountId}`, lastsMs: 10 * 60_000 };
}

export async function beginTotp(
  context: AppContext,
  { password }: ParsedRequestOf<typeof postTotp>['body'],
  http: SignedInContext,
): Promise<ResponseOf<typeof postTotp>> {
  const { account } = await confirmPerson(context, password, http);
  if (account.totpSecret !== null) throw alreadyOn();
  const secret = createTotpSecret();
  setSealedCookie(context, http.response, setupCookie(account.id), { secret });
  return { secret, uri: totpUri(secret, account.username) };
}

/** Errors: `conflict` when none was begun in the last ten minutes; `unauthenticated` (reason 'code_wrong'). */
export async function finishTotp(
  context: AppContext,
  { code }: ParsedRequestOf<typeof confirmTotp>['body'],
  http: SignedInContext,
): Promise<ResponseOf<typeof confirmTotp>> {
  const { accountId, sessionId } = requirePerson(http.identity);
  const cookie = setupCookie(accountId);
  const begun = readSealedCookie<{ secret: string }>(context, http.request, cookie);
  if (begun === undefined)
    throw new AppError('conflict', 'Hãy bắt đầu lại: mã QR đã quá 10 phút. (Begin anew: the QR code is too old.)');
  const attempt = await context.sessions.throttle.begin({ person: accountId }, http.response);
  const step = totpStep(begun.secret, code);
  if (step === undefined)
    throw new AppError('unauthenticated', 'Mã xác thực không đúng. (Wrong code.)', {
      details: { reason: 'code_wrong' },
    });
  await attempt.succeeded();
  const secret = sealTotpSecret(context.secrets, accountId, begun.secret);
  const user = await changeFactor(context, http, { accountId, sessionId }, { secret, step });
  clearSealedCookie(http.response, cookie);
  return { user };
}

export async function removeTotp(
  context: AppContext,
  { password }: ParsedRequestOf<typeof deleteTotp>['body'],
  http: SignedInContext,
): Promise<ResponseOf<typeof deleteTotp>> {
  const { account, sessionId } = await confirmPerson(context, password, http);
  return { user: await changeFactor(context, http, { accountId: account.id, sessionId }, null) };
}

async function changeFactor(
  { db, sessions, configuration }: AppContext,
  { identity, response }: SignedInContext,
  person: { accountId: string; sessionId: string },
  factor: { secret: string; step: number } | null,
): Promise<ResponseOf<typeof confirmTotp>['user']> {
  const token = await db.transaction(systemScope, async (transaction) => {
    const now = await findSignInAccount(transaction, { id: person.accountId }, { lock: true });
    if (factor !== null && now?.totpSecret !== null) throw alreadyOn();
    await setSecondFactor(transaction, person.accountId, factor);
    const renewed = await renewSession(transaction, person);
    await recordAudit(transaction, identity, {
      action: factor === null ? 'session.second_factor_off' : 'session.second_factor_on',
      target: `account/${identity.username}`,
    });
    return renewed;
  });
  await sessions.reload();
  const session = await sessions.find(person.sessionId);
  const { user } = toSessionAnswer(session);
  if (session !== undefined) setSessionCookie(response, configuration, token, session.expiresAt);
  return user;
}

function alreadyOn(): AppError {
  return new AppError(
    'conflict',
    'Xác thực hai bước đang bật: hãy tắt trước. (The second factor is on: turn it off first.)',
  );
}
