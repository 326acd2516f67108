import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { AppContext } from '../app-context.ts';
import type { SignedIn } from './identity.ts';
import { scopeOf } from './scope.ts';

/**
 * The operator at the server's own machine: a chore that has read the key from the data directory, which only the account
 * that runs the server can read. undefined when the request does not carry it or does not come from this machine.
 */
export function operatorOf({ secrets }: Pick<AppContext, 'secrets'>, request: Request): SignedIn | undefined {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined || !isSame(key, secrets.operatorKey) || !isLoopback(request)) return undefined;
  return {
    accountId: null,
    username: 'command line',
    displayName: 'Dòng lệnh',
    role: 'admin',
    scope: scopeOf({ id: null, role: 'admin', provinceCode: null, communeCode: null }),
    officeCode: null,
    sessionId: null,
    mustChangePassword: false,
  };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** By the connection itself: no header can claim it. A proxy's connection carries X-Forwarded-For. */
function isLoopback(request: Request): boolean {
  const { remoteAddress = '' } = request.socket;
  const isLocal = /^(::ffff:)?127\./.test(remoteAddress) || remoteAddress === '::1';
  return isLocal && request.headers['x-forwarded-for'] === undefined;
}
