import { AppError, can, type Permission } from '@diemnong/contracts';
import type { Request, RequestHandler, Response } from 'express';
import type { Identity } from '../access/identity.ts';
import { operatorOf } from '../access/operator.ts';
import { recordDenial } from '../access/record-denial.ts';
import { sessionToken } from '../access/session-cookie.ts';
import type { AppContext } from '../app-context.ts';

/**
 * Let a request through to its handler when its account may do what the route is for, with who it is in `identityOf`.
 * Errors: `unauthenticated` without a living session; `forbidden` when the role may not, or the password is to be changed first.
 */
export function allow(context: AppContext, permission: Permission): RequestHandler {
  return async (request, response, next) => {
    response.locals.identity = await requireIdentity(context, permission, request);
    next();
  };
}

/** Who makes the request; only behind `allow`. */
export function identityOf(response: Response): Identity {
  const { identity } = response.locals as { identity?: Identity };
  if (identity === undefined) throw new Error('identityOf: the route is public');
  return identity;
}

async function requireIdentity(context: AppContext, permission: Permission, request: Request): Promise<Identity> {
  const token = sessionToken(request, context.configuration);
  const signedIn =
    operatorOf(context, request) ??
    (token === undefined
      ? undefined
      : await context.sessions.identify(token, { isUse: request.headers['x-background'] === undefined }));
  if (signedIn === undefined)
    throw new AppError('unauthenticated', 'Chưa đăng nhập hoặc phiên đã hết: hãy đăng nhập. (Sign in first.)');
  const { mustChangePassword, ...account } = signedIn;
  const identity: Identity = { ...account, address: request.ip ?? '' };
  if (mustChangePassword && permission !== 'session')
    throw new AppError('forbidden', 'Hãy đổi mật khẩu trước khi làm việc. (Change the password first.)', {
      details: { reason: 'password_change' },
    });
  if (!can(identity.role, permission)) {
    recordDenial(context, identity, permission, `${request.method} ${request.path}`);
    throw new AppError(
      'forbidden',
      'Tài khoản này không có quyền làm việc đó; quản trị viên cấp quyền. (This account may not do that.)',
      { details: { reason: 'role', role: identity.role, permission } },
    );
  }
  return identity;
}
