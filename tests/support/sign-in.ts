import { randomUUID } from 'node:crypto';
import type { ErrorResponse, postSession, ResponseOf, Role } from '@diemnong/contracts';
import { hashPassword } from '../../server/src/access/password-hash.ts';
import type { TestDatabase } from './database.ts';

/** A browser's cookies: kept from answer to answer, sent with each request. */
export type Browser = {
  cookies: Map<string, string>;
  /** The Set-Cookie headers of the last answer. */
  lastSet: string[];
  send<Body = never>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<Body>>;
  signIn(
    username: string,
    password: string,
    code?: string,
  ): Promise<Answer<ResponseOf<typeof postSession> & ErrorResponse>>;
};
type Answer<Body> = { status: number; headers: Headers; text: string; body: Body };

export function openBrowser(url: string): Browser {
  const browser: Browser = {
    cookies: new Map(),
    lastSet: [],
    async send<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(new URL(path, url), {
        method,
        redirect: 'manual',
        headers: {
          ...(cookie === '' ? {} : { cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      browser.lastSet = answer.headers.getSetCookie();
      for (const set of browser.lastSet) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (value === '' || /Expires=Thu, 01 Jan 1970/.test(set)) browser.cookies.delete(name);
        else browser.cookies.set(name, value);
      }
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') === true;
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        body: (isJson ? JSON.parse(text) : undefined) as Body,
      };
    },
    signIn: (username, password, code) =>
      browser.send('POST', '/api/session', { username, password, ...(code === undefined ? {} : { code }) }),
  };
  return browser;
}

/** Passes the rules; of no account's name. */
export const goodPassword = 'ruộng lúa chín vàng';

/** An account with a password, by plain SQL. */
export async function insertPerson(
  { knex }: TestDatabase,
  username: string,
  account: { role?: Role; password?: string; mustChange?: boolean; isSuspended?: boolean; isDemo?: boolean } = {},
): Promise<string> {
  const { role = 'viewer', password = goodPassword, mustChange = false, isSuspended = false, isDemo = false } = account;
  const id = randomUUID();
  await knex('account').insert({
    id,
    username,
    display_name: username,
    role,
    password_hash: await hashPassword(password),
    must_change_password: mustChange,
    is_suspended: isSuspended,
    is_demo: isDemo,
  });
  return id;
}

export type LogEntry = { sequence: number; action: string; target: string; username: string | null };

/** What the log holds after an entry, oldest first. */
export async function readLog({ knex }: TestDatabase, after = 0): Promise<LogEntry[]> {
  return knex('audit_event')
    .select('sequence', 'action', 'target', 'username', 'before', 'after', 'address')
    .where('sequence', '>', after)
    .orderBy('sequence');
}
