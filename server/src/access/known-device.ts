import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import type { AppContext } from '../app-context.ts';
import { isBehindTls } from '../configuration.ts';
import { readCookie } from './session-cookie.ts';

/**
 * Devices an account has signed in from: each account leaves a signed mark in the browser, so that strangers who try its name
 * delay strangers only. A mark opens nothing; tries with it are counted by themselves.
 * Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
 */
const cookieName = 'diemnong_device';
const lastsMs = 180 * 24 * 60 * 60_000;
/** Accounts a shared computer remembers, newest first. */
const mostMarks = 8;

type Context = Pick<AppContext, 'configuration' | 'secrets'>;

/** A name for this device under which tries are counted, when the account has signed in from it before; else undefined. */
export function knownDevice({ secrets }: Context, request: Request, username: string): string | undefined {
  const account = pseudonym(secrets.deviceKey, username);
  const mark = marksOf(request).find(
    (found) => found.account === account && found.endsAt > Date.now() && isSigned(secrets.deviceKey, found),
  );
  return mark?.nonce;
}

/** Remember the device for this account, beside the others that use it. */
export function markDevice(
  { configuration, secrets }: Context,
  request: Request,
  response: Response,
  username: string,
): void {
  const account = pseudonym(secrets.deviceKey, username);
  const unsigned = { account, endsAt: Date.now() + lastsMs, nonce: randomBytes(12).toString('base64url') };
  const own: Mark = { ...unsigned, signature: sign(secrets.deviceKey, unsigned) };
  const others = marksOf(request).filter((mark) => mark.account !== account && isSigned(secrets.deviceKey, mark));
  response.cookie(cookieName, [own, ...others].slice(0, mostMarks).map(toText).join('.'), {
    httpOnly: true,
    sameSite: 'lax',
    secure: isBehindTls(configuration),
    path: '/api/session',
    maxAge: lastsMs,
  });
}

/** `account`: what stands for its name, so that a shared computer does not show who uses it. */
type Unsigned = { account: string; endsAt: number; nonce: string };
type Mark = Unsigned & { signature: string };

function marksOf(request: Request): Mark[] {
  return (readCookie(request, cookieName) ?? '')
    .split('.')
    .slice(0, mostMarks)
    .flatMap((text) => {
      const [account, endsAt, nonce, signature] = text.split('~');
      if (account === undefined || endsAt === undefined || nonce === undefined || signature === undefined) return [];
      return [{ account, endsAt: Number(endsAt), nonce, signature }];
    });
}

function toText({ account, endsAt, nonce, signature }: Mark): string {
  return [account, endsAt, nonce, signature].join('~');
}

function sign(key: Buffer, { account, endsAt, nonce }: Unsigned): string {
  return createHmac('sha256', key).update(`${account}~${endsAt}~${nonce}`).digest('base64url');
}

function isSigned(key: Buffer, mark: Mark): boolean {
  const expected = Buffer.from(sign(key, mark));
  const got = Buffer.from(mark.signature);
  return got.length === expected.length && timingSafeEqual(got, expected);
}

function pseudonym(key: Buffer, username: string): string {
  return createHmac('sha256', key).update(`name ${username}`).digest('base64url').slice(0, 16);
}
