import { randomUUID } from 'node:crypto';
import { AppError, type ParsedRequestOf, type postSession, type ResponseOf } from '@diemnong/contracts';
import { knownDevice } from '../../access/known-device.ts';
import { hashPassword, isOutdated, verifyPassword } from '../../access/password-hash.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import type { HttpContext } from '../../http/serve.ts';
import { handOver, type OpenedSession, openSession } from './open-session.ts';
import { freeTries, waitSeconds } from './session-rules.ts';
import { toSessionAnswer } from './session-view.ts';
import { findSignInAccount, giveTryBack, reserveTry, type SignInAccount, takeTotpStep } from './sign-in-queries.ts';
import { refuseForNow } from './sign-in-throttle.ts';
import { findTotpStep } from './totp.ts';

/** Who tries to sign in, and as whom. */
type Try = {
  username: string;
  address: string;
  /** The account has signed in from this device before: strangers' failures do not delay it. */
  device: string | undefined;
};

/**
 * Sign in with name and password, and the code of a second factor where one is on.
 * Unknown, wrong, suspended, of a demonstration that is off: one answer, after the same work. A name that must wait answers so
 * whether or not there is an account of it.
 */
export async function signIn(
  context: AppContext,
  body: ParsedRequestOf<typeof postSession>['body'],
  http: HttpContext,
): Promise<ResponseOf<typeof postSession>> {
  const username = body.username.trim().normalize('NFKC').toLowerCase();
  const device = knownDevice(context, http.request, username);
  const who: Try = { username, address: http.request.ip ?? '', device };
  const leave = device === undefined ? context.sessions.throttle.admitStranger(http.response) : undefined;
  try {
    return await signInAs(context, who, body, http);
  } finally {
    leave?.();
  }
}

async function signInAs(
  context: AppContext,
  who: Try,
  { password, code }: ParsedRequestOf<typeof postSession>['body'],
  { request, response }: HttpContext,
): Promise<ResponseOf<typeof postSession>> {
  const { db, sessions } = context;
  const { address, device } = who;
  const attempt = await sessions.throttle.begin(device === undefined ? { address } : { device }, response, () =>
    noteRefusal(context, who, 'too many tries'),
  );

  const { account, failures, waitS } = await beginTry(context, who);
  if (waitS > 0) refuseForNow(response, waitS);
  const fits = await verifyPassword(account?.passwordHash ?? null, password, device === undefined ? 'last' : 'first');
  if (account === undefined || !fits || !mayUse(context, account)) {
    await noteRefusal(context, who, 'name or password', failures);
    throw refused();
  }

  let step: number | undefined;
  if (account.totpSecret !== null) {
    if (code === undefined || code.trim() === '') {
      if (device === undefined)
        await db.transaction(systemScope, (transaction) => giveTryBack(transaction, account.id));
      await attempt.succeeded();
      throw new AppError('unauthenticated', 'Nhập mã xác thực hai bước. (Enter the code of the second factor.)', {
        details: { reason: 'code_needed' },
      });
    }
    step = findTotpStep(context.secrets, account.id, account.totpSecret, code);
    if (step === undefined) {
      await noteRefusal(context, who, 'code', failures);
      throw wrongCode();
    }
  }
  const { passwordHash } = account;
  const renewedHash = passwordHash !== null && isOutdated(passwordHash) ? await hashPassword(password) : undefined;

  const opened = await db.transaction(
    systemScope,
    async (transaction): Promise<OpenedSession | 'code used' | 'changed'> => {
      // The account may have changed while the password was hashed; what was checked must still hold.
      const now = await findSignInAccount(transaction, { id: account.id }, { lock: true });
      if (now?.passwordHash !== passwordHash || now.totpSecret !== account.totpSecret || !mayUse(context, now))
        return 'changed';
      if (step !== undefined && !(await takeTotpStep(transaction, account.id, step))) return 'code used';
      return openSession(transaction, { request, configuration: context.configuration }, now, {
        means: step === undefined ? 'password' : 'second factor',
        clearFailures: device === undefined,
        passwordHash: renewedHash,
      });
    },
  );
  if (typeof opened === 'string') {
    await noteRefusal(context, who, opened, failures);
    throw opened === 'code used' ? wrongCode() : refused();
  }
  await attempt.succeeded();
  await handOver(context, request, response, opened, account.username);
  return toSessionAnswer(await sessions.find(opened.id));
}

/** May the account sign in at all? */
export function mayUse({ configuration }: Pick<AppContext, 'configuration'>, account: SignInAccount): boolean {
  return !account.isSuspended && !(account.isDemo && configuration.demo === false);
}

/** Count the try of a stranger, on an account or on a name without one, or learn how long it has to wait. */
async function beginTry(
  { db, sessions: { throttle } }: AppContext,
  { username, device }: Try,
): Promise<{ account: SignInAccount | undefined; failures: number | undefined; waitS: number }> {
  const { account, failures } = await db.transaction(systemScope, async (transaction) => {
    const found = await findSignInAccount(transaction, { username });
    // Names without an account go through the same statements: they take as long.
    const counted = device === undefined ? await reserveTry(transaction, found?.id ?? randomUUID()) : undefined;
    return { account: found, failures: counted };
  });
  if (account === undefined) {
    const waitS = throttle.reserveName(username) ? 0 : throttle.nameWaitsS(username);
    return { account, failures, waitS };
  }
  if (device !== undefined || failures !== undefined) return { account, failures, waitS: 0 };
  // Tries that came at the same moment may have been counted since it was read.
  return { account, failures, waitS: Math.max(1, waitSeconds(account.failures) - (account.failedAgoS ?? 0)) };
}

/** Names are logged as typed when they could be one; what does not look like a name may be a password in the wrong field. */
async function noteRefusal(
  { db }: AppContext,
  { username, address }: Try,
  reason: string,
  failures?: number,
): Promise<void> {
  const name = /^[a-z0-9][a-z0-9._-]{1,49}$/.test(username) ? username : null;
  const actor = { accountId: null, username: name, role: null, address };
  const target = `account/${name ?? '?'}`;
  await db.transaction(systemScope, async (transaction) => {
    await recordAudit(transaction, actor, { action: 'session.refused', target, after: { reason } });
    if (failures === freeTries)
      await recordAudit(transaction, actor, {
        action: 'account.locked',
        target,
        after: { wrongPasswords: failures, note: 'strangers wait longer with each further try' },
      });
  });
}

function refused(): AppError {
  return new AppError(
    'unauthenticated',
    'Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản không dùng được. (Wrong name or password, or the account is not in use.)',
  );
}

function wrongCode(): AppError {
  return new AppError('unauthenticated', 'Mã xác thực không đúng hoặc đã dùng. (Wrong code, or used before.)', {
    details: { reason: 'code_wrong' },
  });
}
