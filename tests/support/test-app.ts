import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoint, Role } from '@diemnong/contracts';
import type { Express } from 'express';
import { createApp } from '../../server/src/app.ts';
import type { AppContext } from '../../server/src/app-context.ts';
import type { TestDatabase } from './database.ts';

type TestAnswer<Body> = { status: number; headers: Headers; body: Body };

/** The application as one account sees it. */
export type TestVisitor = {
  accountId: string | undefined;
  sessionId: string | undefined;
  /** `diemnong_session=…`; '' for nobody. */
  cookie: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** GET a path; the answer's body is parsed, and checked against the schema when an endpoint is given. */
  get<Body = never>(path: string, endpoint?: Endpoint): Promise<TestAnswer<Body>>;
  /** The same for a method with a JSON body. */
  send<Body = never>(method: string, path: string, body?: unknown): Promise<TestAnswer<Body>>;
};

export type TestApp = TestVisitor & {
  url: string;
  context: AppContext;
  /** What runs, for tests that look into its router. */
  application: Express;
  /** An account of a role, made on the fly and signed in; `province` defaults to the only one of the database. */
  as(role: Role, account?: TestAccount): Promise<TestVisitor>;
  /** Somebody who is not signed in. */
  nobody: TestVisitor;
  close(): Promise<void>;
};

type TestAccount = {
  username?: string;
  province?: string;
  commune?: string;
  office?: string;
  isSuspended?: boolean;
  /** Seconds that the session still lasts; negative for one that has ended. */
  lastsSeconds?: number;
};

/** The real application on a free port, with an administrator signed in. */
export async function startTestApp(context: AppContext): Promise<TestApp> {
  const db = context.db as TestDatabase;
  const application = createApp(context);
  const server = createServer(application);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const as: TestApp['as'] = async (role, account = {}) => {
    const { accountId, sessionId, token } = await insertAccount(db, role, account);
    await context.sessions.reload();
    return visitor(url, `diemnong_session=${token}`, { accountId, sessionId });
  };
  return {
    ...(await as('admin')),
    url,
    context,
    application,
    as,
    nobody: visitor(url, ''),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function visitor(url: string, cookie: string, ids: { accountId?: string; sessionId?: string } = {}): TestVisitor {
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    return fetch(url + path, { ...init, headers });
  };
  const read = async <Body>(answer: Response, endpoint?: Endpoint): Promise<TestAnswer<Body>> => {
    const text = await answer.text();
    const body = (answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as Body;
    if (endpoint !== undefined && answer.ok) endpoint.response.parse(body);
    return { status: answer.status, headers: answer.headers, body };
  };
  return {
    accountId: ids.accountId,
    sessionId: ids.sessionId,
    cookie,
    fetch: ask,
    get: async (path, endpoint) => read(await ask(path), endpoint),
    send: async (method, path, body) =>
      read(
        await ask(path, {
          method,
          ...(body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        }),
      ),
  };
}

/** By plain SQL: what signing in makes, without its passwords. */
async function insertAccount(
  { knex }: TestDatabase,
  role: Role,
  { username, province, commune, office, isSuspended = false, lastsSeconds = 3600 }: TestAccount,
): Promise<{ accountId: string; sessionId: string; token: string }> {
  const accountId = randomUUID();
  const sessionId = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const only = await knex('province').first<{ code: string } | undefined>('code');
  await knex.transaction(async (transaction) => {
    await transaction('account').insert({
      id: accountId,
      username: username ?? `${role}-${accountId.slice(0, 8)}`,
      display_name: role,
      role,
      province_code: role === 'admin' ? null : (province ?? only?.code ?? null),
      commune_code: role === 'commune' ? (commune ?? null) : null,
      office_code: role === 'commune' ? (office ?? null) : null,
      must_change_password: false,
      is_suspended: isSuspended,
    });
    await transaction('session').insert({
      id: sessionId,
      account_id: accountId,
      token_hash: createHash('sha256').update(token).digest(),
      address: '127.0.0.1',
      user_agent: 'test',
      expires_at: transaction.raw(`now() + make_interval(secs => ?)`, [lastsSeconds]),
    });
    await transaction('data_version').update({ access: transaction.raw('access + 1') });
  });
  return { accountId, sessionId, token };
}
