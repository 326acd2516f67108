import { isIPv6 } from 'node:net';
import { AppError } from '@diemnong/contracts';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { forgottenAfterS, longestWaitS, waitSeconds } from './session-rules.ts';

/** Tries that did not succeed, per address; a whole office may share one. */
const perAddress = { points: 30, duration: 5 * 60 };
/** The same per known device, and per person who confirms something with a password. */
const perDevice = { points: 10, duration: 15 * 60 };
/** Names without an account whose tries are remembered: they answer as accounts do. */
const mostNames = 10_000;

/** Tries of strangers under way at once: some more than may wait for the hash (password-hash.ts), so that few stand before the database. */
const mostStrangers = 24;

/** What this process remembers of sign-ins that failed. An account's own count is in the database (`reserveTry`). */
export type SignInThrottle = {
  /**
   * Let a stranger's try in, while there is room: on the embedded engine, which has one connection, a flood would otherwise stand in
   * line before everybody's work. @returns how to leave. Errors: `too_many_requests`.
   */
  admitStranger(response: Response): () => void;
  /**
   * Begin a try. @returns how to end it well: a try that succeeds costs nothing.
   * Errors: `too_many_requests`, with Retry-After; `onFirst` is called for the first of a row only, so that a flood fills no log.
   */
  begin(who: Asker, response: Response, onFirst?: () => Promise<void>): Promise<{ succeeded(): Promise<void> }>;
  /** Count a try on a name without an account, by the rule for accounts. @returns false when it has to wait. */
  reserveName(name: string): boolean;
  /** Seconds such a name has to wait. */
  nameWaitsS(name: string): number;
};

type Asker = { address: string } | { device: string } | { person: string };

export function createSignInThrottle(): SignInThrottle {
  const limiters = {
    address: new RateLimiterMemory({ ...perAddress, keyPrefix: 'address' }),
    device: new RateLimiterMemory({ ...perDevice, keyPrefix: 'device' }),
    person: new RateLimiterMemory({ ...perDevice, keyPrefix: 'person' }),
  };
  let strangers = 0;
  const names = new Map<string, { failures: number; failedAt: number }>();
  const waits = (name: string) => {
    const known = names.get(name);
    return known === undefined
      ? 0
      : Math.max(0, waitSeconds(known.failures) - (performance.now() - known.failedAt) / 1000);
  };

  return {
    admitStranger(response) {
      if (strangers >= mostStrangers) refuseForNow(response, 2);
      strangers++;
      return () => {
        strangers--;
      };
    },
    async begin(who, response, onFirst) {
      const [kind, key] = keyOf(who);
      const limiter = limiters[kind];
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        if (refusal.consumedPoints === limiter.points + 1) await onFirst?.();
        refuseForNow(response, refusal.msBeforeNext / 1000);
      }
      return { succeeded: async () => void (await limiter.reward(key)) };
    },
    reserveName(name) {
      if (waits(name) > 0) return false;
      const known = names.get(name);
      const isFresh = known !== undefined && performance.now() - known.failedAt < forgottenAfterS * 1000;
      names.delete(name); // a Map keeps the order of insertion: the newest goes last
      names.set(name, { failures: isFresh ? known.failures + 1 : 1, failedAt: performance.now() });
      const [oldest] = names.keys();
      if (names.size > mostNames && oldest !== undefined) names.delete(oldest);
      return true;
    },
    nameWaitsS: waits,
  };
}

/** Throw `too_many_requests` with the seconds to wait, at most those of `longestWaitS`. */
export function refuseForNow(response: Response, seconds: number): never {
  const wait = Math.min(longestWaitS, Math.max(1, Math.ceil(seconds)));
  response.setHeader('Retry-After', String(wait));
  throw new AppError(
    'too_many_requests',
    `Thử quá nhiều lần: hãy đợi ${wait < 120 ? `${wait} giây` : `${Math.ceil(wait / 60)} phút`} rồi thử lại. (Too many tries: wait ${wait} s.)`,
    { details: { retryAfterSeconds: wait } },
  );
}

function keyOf(who: Asker): ['address' | 'device' | 'person', string] {
  if ('address' in who) return ['address', networkOf(who.address)];
  return 'device' in who ? ['device', who.device] : ['person', who.person];
}

/** An IPv6 address by its /64: one machine has all of them. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return [...groups, ...(tail === undefined ? [] : zeros), ...rest].slice(0, 4).join(':');
}
