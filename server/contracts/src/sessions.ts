import { z } from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';

/** Shortest password taken (NIST SP 800-63B-4 asks 15 of passwords that stand alone, OWASP ASVS 5.0 6.2.1 at least 8). */
export const shortestPassword = 12;
export const longestPassword = 200;

/** The person at the screen. */
export const SessionUser = z.object({
  id: z.uuid(),
  username: z.string(),
  displayName: z.string(),
  role: Role,
  /** Province the account works in; null for an administrator of all. */
  provinceCode: z.string().nullable(),
  /** Present for `commune` accounts only. */
  communeCode: z.string().optional(),
  communeName: z.string().optional(),
  /** The office whose files the account sends. */
  officeCode: z.string().optional(),
  /** An account of the demonstration. */
  isDemo: z.boolean(),
  /** Until the password is changed every route but the session's own answers `forbidden` with details.reason 'password_change'. */
  mustChangePassword: z.boolean(),
  hasSecondFactor: z.boolean(),
});
export type SessionUser = z.output<typeof SessionUser>;

const SessionAnswer = z.object({
  user: SessionUser,
  /** When the session ends whatever is done (ISO 8601), and after how many idle minutes. */
  expiresAt: z.iso.datetime(),
  idleMinutes: z.number().int(),
});

/**
 * Sign in. Errors: `unauthenticated` for a wrong name or password alike (also for suspended and locked accounts);
 * `unauthenticated` with details.reason 'code_needed' | 'code_wrong' once the password was right and a second factor is on;
 * `too_many_requests` with Retry-After.
 */
export const postSession = endpoint({
  method: 'POST',
  path: '/api/session',
  body: z.object({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(longestPassword),
    /** Six digits of the second factor. */
    code: z.string().max(10).optional(),
  }),
  response: SessionAnswer,
});
export const getSession = endpoint({ method: 'GET', path: '/api/session', response: SessionAnswer });
/** Sign out: the session ends on the server, the cookie goes. Answers also without a session. */
export const deleteSession = endpoint({
  method: 'DELETE',
  path: '/api/session',
  response: z.object({ signedOut: z.literal(true) }),
});

/** What the sign-in page offers; public. */
export const getSignIn = endpoint({
  method: 'GET',
  path: '/api/sign-in',
  response: z.object({
    /** Name of the OpenID Connect provider; null when none is configured. Signing in begins at GET /api/session/oidc. */
    openIdConnect: z.object({ name: z.string() }).nullable(),
    demo: z.boolean(),
  }),
});
export const oidcStartPath = '/api/session/oidc';
export const oidcCallbackPath = '/api/session/oidc/callback';
/**
 * GET oidcStartPath takes `?next=/path` to go on to. A refused one ends at `/dang-nhap?fault=…`: `no_account` for that person
 * here (or not in use), `expired` begun too long ago, `provider` it declined or answered wrongly.
 */
export type SignInFault = 'no_account' | 'expired' | 'provider';

/** Errors: `unprocessable` with details.reason 'too_short' | 'too_long' | 'too_common' | 'same' | 'has_name'; `unauthenticated` (reason 'password_wrong') wrong current one. Ends all other sessions of the account. */
export const postPassword = endpoint({
  method: 'POST',
  path: '/api/session/password',
  body: z.object({ current: z.string().max(longestPassword), next: z.string().max(1000) }),
  response: z.object({ user: SessionUser }),
});

/** Begin a second factor (TOTP, RFC 6238): nothing is on until it is confirmed with a code. */
export const postTotp = endpoint({
  method: 'POST',
  path: '/api/session/totp',
  body: z.object({ password: z.string().max(longestPassword) }),
  response: z.object({ secret: z.string(), uri: z.string() }),
});
export const confirmTotp = endpoint({
  method: 'POST',
  path: '/api/session/totp/confirm',
  body: z.object({ code: z.string().max(10) }),
  response: z.object({ user: SessionUser }),
});
export const deleteTotp = endpoint({
  method: 'DELETE',
  path: '/api/session/totp',
  body: z.object({ password: z.string().max(longestPassword) }),
  response: z.object({ user: SessionUser }),
});

export const SessionRow = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  address: z.string(),
  /** Browser and system as it said itself, cut to 200 characters. */
  userAgent: z.string(),
  isCurrent: z.boolean(),
});
/** One's own sessions, newest first. */
export const listSessions = endpoint({
  method: 'GET',
  path: '/api/sessions',
  response: z.object({ sessions: z.array(SessionRow) }),
});
export const revokeSession = endpoint({
  method: 'DELETE',
  path: '/api/sessions/:id',
  params: z.object({ id: z.uuid() }),
  response: z.object({ id: z.uuid() }),
});
