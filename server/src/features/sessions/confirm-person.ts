import { AppError } from '@diemnong/contracts';
import type { Identity } from '../../access/identity.ts';
import { verifyPassword } from '../../access/password-hash.ts';
import { recordAudit } from '../../access/record-audit.ts';
import { systemScope } from '../../access/scope.ts';
import type { AppContext } from '../../app-context.ts';
import type { SignedInContext } from '../../http/serve.ts';
import { findSignInAccount, type SignInAccount } from './sign-in-queries.ts';

/** The session a person changes something in. Errors: `forbidden` for a chore, which has none. */
export function requirePerson({ accountId, sessionId }: Pick<Identity, 'accountId' | 'sessionId'>): {
  accountId: string;
  sessionId: string;
} {
  if (accountId === null || sessionId === null)
    throw new AppError('forbidden', 'Lệnh trên máy chủ không có phiên làm việc. (A chore has no session.)');
  return { accountId, sessionId };
}

/**
 * Before what an account signs in with is changed: is it the person, or somebody at an unlocked screen?
 * Errors: `unauthenticated` (details.reason 'password_wrong'), `too_many_requests` after ten wrong ones in a quarter of an hour,
 * `conflict` for an account without a password.
 */
export async function confirmPerson(
  { db, sessions }: AppContext,
  password: string,
  { identity, response }: SignedInContext,
): Promise<{ account: SignInAccount & { passwordHash: string }; sessionId: string }> {
  const { accountId, sessionId } = requirePerson(identity);
  const attempt = await sessions.throttle.begin({ person: accountId }, response);
  const account = await db.transaction(systemScope, (transaction) => findSignInAccount(transaction, { id: accountId }));
  const passwordHash = account?.passwordHash ?? null;
  if (account === undefined || passwordHash === null)
    throw new AppError(
      'conflict',
      'Tài khoản này đăng nhập qua máy chủ định danh, không có mật khẩu ở đây. (This account has no password here.)',
    );
  if (!(await verifyPassword(passwordHash, password, 'first'))) {
    await db.transaction(systemScope, (transaction) =>
      recordAudit(transaction, identity, {
        action: 'session.refused',
        target: `account/${account.username}`,
        after: { reason: 'confirmation' },
      }),
    );
    throw new AppError('unauthenticated', 'Mật khẩu hiện tại không đúng. (The current password is wrong.)', {
      details: { reason: 'password_wrong' },
    });
  }
  await attempt.succeeded();
  return { account: { ...account, passwordHash }, sessionId };
}
