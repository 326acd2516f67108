import type { Request, Response } from 'express';
import type { AppContext } from '../app-context.ts';
import { isBehindTls } from '../configuration.ts';
import { seal, unseal } from './sealed.ts';
import { readCookie } from './session-cookie.ts';

/**
 * A value the browser keeps for one step of a dialogue, unreadable and unchangeable for it: what a sign-in at another server,
 * or a second factor that is not confirmed yet, has to remember. So the server keeps nothing for those who never return.
 */
export type SealedCookie = {
  name: string;
  path: string;
  /** Bound to it: a cookie made for one account does not open for another. */
  purpose: string;
  lastsMs: number;
};
type Context = Pick<AppContext, 'configuration' | 'secrets'>;

export function setSealedCookie(
  { configuration, secrets }: Context,
  response: Response,
  { name, path, purpose, lastsMs }: SealedCookie,
  value: object,
): void {
  const text = JSON.stringify({ value, endsAt: Date.now() + lastsMs });
  response.cookie(name, seal(secrets.encryptionKey, purpose, text), {
    httpOnly: true,
    sameSite: 'lax', // comes along when the other server sends the browser back
    secure: isBehindTls(configuration),
    path,
    maxAge: lastsMs,
  });
}

/** @returns the value as it was set; undefined when there is none, it is too old, or it is not ours. */
export function readSealedCookie<Value>(
  { secrets }: Context,
  request: Request,
  { name, purpose }: SealedCookie,
): Value | undefined {
  const text = unseal(secrets.encryptionKey, purpose, readCookie(request, name) ?? '');
  if (text === undefined) return undefined;
  const { value, endsAt } = JSON.parse(text) as { value: Value; endsAt: number };
  return endsAt > Date.now() ? value : undefined;
}

export function clearSealedCookie(response: Response, { name, path }: SealedCookie): void {
  response.clearCookie(name, { path });
}
