import type { CookieOptions, Request, Response } from 'express';
import { type Configuration, isBehindTls } from '../configuration.ts';

/** Behind TLS the `__Host-` name makes browsers refuse a cookie set by a neighbouring host or path (RFC 6265bis §4.1.3.2). */
const plainName = 'diemnong_session';
const secureName = `__Host-${plainName}`;

/** The session's token as the browser sends it; undefined without one. Behind TLS the plain name counts for nothing. */
export function sessionToken(request: Request, configuration: Configuration): string | undefined {
  return readCookie(request, settingsOf(configuration).name);
}

/** Give the browser a session until `expiresAt`. Scripts cannot read it, other sites' forms do not send it. */
export function setSessionCookie(
  response: Response,
  configuration: Configuration,
  token: string,
  expiresAt: Date,
): void {
  const { name, options } = settingsOf(configuration);
  response.cookie(name, token, { ...options, expires: expiresAt });
}

export function clearSessionCookie(response: Response, configuration: Configuration): void {
  const { name, options } = settingsOf(configuration);
  response.clearCookie(name, options);
}

function settingsOf(configuration: Configuration): { name: string; options: CookieOptions } {
  const secure = isBehindTls(configuration);
  return { name: secure ? secureName : plainName, options: { httpOnly: true, sameSite: 'lax', secure, path: '/' } };
}

/** One cookie of a request; the first of its name. */
export function readCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
