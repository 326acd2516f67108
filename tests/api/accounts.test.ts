import type {
  Account,
  ErrorResponse,
  listAccounts,
  postAccount,
  ResponseOf,
  revokeAccountSessions,
} from '@diemnong/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { goodPassword, insertPerson, openBrowser, readLog } from '../support/sign-in.ts';
import { COMMUNES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Created = ResponseOf<typeof postAccount> & ErrorResponse;
type Changed = { account: Account } & ErrorResponse;

describeOnBothDatabases('accounts', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let serial = 0;
  let name: string;

  beforeAll(async () => {
    db = await open();
    await fillSmallProvince(db);
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  beforeEach(() => {
    name = `person-${++serial}`;
  });
  const create = (input: object) =>
    app.send<Created>('POST', '/api/accounts', {
      username: name,
      displayName: 'Nguyễn Thị Hoa',
      role: 'viewer',
      ...input,
    });
  const patch = (id: string, changes: object) => app.send<Changed>('PATCH', `/api/accounts/${id}`, changes);
  const communeOf = (index: number) => ({
    role: 'commune',
    communeCode: COMMUNES[index],
    officeCode: `XA-${index}-${name}`,
  });
  const log = async () => (await readLog(db)).filter(({ target }) => target === `account/${name}`);

  it('are made with an initial password that is told once, kept hashed, and must be changed', async () => {
    const { status, body } = await create({ role: 'province', provinceCode: '33' });
    expect(status).toBe(201);
    expect(body.initialPassword).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(body.account).toMatchObject({
      username: name,
      displayName: 'Nguyễn Thị Hoa',
      role: 'province',
      provinceCode: '33',
      communeCode: null,
      officeCode: null,
      isSuspended: false,
      isDemo: false,
      mustChangePassword: true,
      hasSecondFactor: false,
      lastSignInAt: null,
      sessions: 0,
    });
    const signedIn = await openBrowser(app.url).signIn(name, body.initialPassword);
    expect(signedIn.body.user).toMatchObject({ provinceCode: '33', mustChangePassword: true });
    const listed = await app.get<ResponseOf<typeof listAccounts>>('/api/accounts');
    const own = listed.body.accounts.find(({ username }) => username === name);
    expect(own).toMatchObject({ sessions: 1, lastSignInAt: expect.any(String) });
    expect(JSON.stringify([listed.body, await readLog(db)])).not.toContain(body.initialPassword);
    expect((await log()).map(({ action }) => action)).toEqual(['account.created']);
    expect(await db.knex('account').where({ username: name }).first()).toMatchObject({
      password_hash: expect.stringMatching(/^\$argon2id\$/),
    });
  });

  it('have names of their own, in one spelling', async () => {
    expect((await create({})).status).toBe(201);
    const twice = await create({});
    expect([twice.status, twice.body.error.details]).toEqual([409, { reason: 'username' }]);
    for (const username of ['Person', 'a', 'x y', '-x', 'os:root', 'command line', 'x'.repeat(60)])
      expect((await create({ username })).status).toBe(400);
  });

  it.each([
    ['province_needed', { role: 'province' }],
    ['province_needed', { role: 'planner' }],
    ['province_unknown', { role: 'province', provinceCode: '99' }],
    ['commune_needed', { role: 'commune', provinceCode: '33' }],
    ['commune_needed', { role: 'commune', communeCode: '10002' }],
    ['commune_unknown', { role: 'commune', communeCode: '20002', officeCode: 'XA' }],
    ['commune_unknown', { role: 'commune', provinceCode: '99', communeCode: '10002', officeCode: 'XA' }],
    ['commune_not_wanted', { role: 'viewer', communeCode: '10002' }],
    ['commune_not_wanted', { role: 'admin', officeCode: 'CAT' }],
  ])('need a place that fits the role: %s %o', async (reason, input) => {
    const { status, body } = await create(input);
    expect([status, body.error.details]).toEqual([422, { reason }]);
    expect(await db.knex('account').where({ username: name })).toEqual([]);
    expect(await db.knex('office').where({ code: 'XA' })).toEqual([]);
  });

  it('of a commune bring an office of that commune, new or its own, never another’s', async () => {
    const first = await create(communeOf(1));
    const office = `XA-1-${name}`;
    expect(first.body.account).toMatchObject({ provinceCode: '33', communeCode: '10002', officeCode: office });
    expect(await db.knex('office').where({ code: office })).toMatchObject([
      { province_code: '33', commune_code: '10002', name: 'Công an Xã 2'.replace('Xã', 'xã') },
    ]);
    expect((await create({ ...communeOf(1), username: `${name}-b`, officeCode: office })).status).toBe(201);
    for (const officeCode of [office, 'CAT']) {
      const { status, body } = await create({ ...communeOf(2), username: `${name}-c`, officeCode });
      expect([status, body.error.details]).toEqual([409, { reason: 'office_of_another' }]);
    }
    expect((await db.knex('office').where({ code: 'CAT' }).first()).commune_code).toBeNull();
  });

  describe('changed', () => {
    it('in name only keep their sessions; what is left out stays', async () => {
      const { account, initialPassword } = (await create(communeOf(1))).body;
      const browser = openBrowser(app.url);
      await browser.signIn(name, initialPassword);
      const { body } = await patch(account.id, { displayName: 'Trần Văn Nam' });
      expect(body.account).toEqual({
        ...account,
        displayName: 'Trần Văn Nam',
        sessions: 1,
        lastSignInAt: expect.any(String),
      });
      const session = await browser.send<{ user: { displayName: string } }>('GET', '/api/session');
      expect(session.body.user.displayName).toBe('Trần Văn Nam');
    });

    it.each([
      ['role', { role: 'planner' }, 'account.changed'],
      ['commune', { communeCode: '10003', officeCode: 'XA-moved' }, 'account.changed'],
      ['suspension', { isSuspended: true }, 'account.suspended'],
    ])('in %s lose them on the next request', async (_, changes, action) => {
      await db.knex('office').where({ code: 'XA-moved' }).delete();
      const { account, initialPassword } = (await create(communeOf(1))).body;
      const browser = openBrowser(app.url);
      await browser.signIn(name, initialPassword);
      expect((await browser.send('GET', '/api/session')).status).toBe(200); // positive control
      expect((await patch(account.id, changes)).status).toBe(200);
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
      const entry = (await log()).at(-1);
      expect(entry).toMatchObject({ action, username: expect.stringMatching(/^admin-/), after: changes });
      expect(Object.keys((entry as unknown as { before: object }).before).sort()).toEqual(
        Object.keys((entry as unknown as { after: object }).after).sort(),
      );
    });

    it('to a role without a commune drop it; suspended ones come back as they were', async () => {
      const { account, initialPassword } = (await create(communeOf(1))).body;
      expect((await patch(account.id, { role: 'province' })).body.account).toMatchObject({
        role: 'province',
        provinceCode: '33',
        communeCode: null,
        officeCode: null,
      });
      await patch(account.id, { isSuspended: true });
      expect((await openBrowser(app.url).signIn(name, initialPassword)).status).toBe(401);
      await patch(account.id, { isSuspended: false });
      expect((await openBrowser(app.url).signIn(name, initialPassword)).status).toBe(200);
      expect((await log()).map(({ action }) => action)).toEqual([
        'account.created',
        'account.changed',
        'account.suspended',
        'session.refused',
        'account.restored',
      ]);
    });

    it('to what they are already write nothing', async () => {
      const { account } = (await create({})).body;
      expect((await patch(account.id, { role: 'viewer', isSuspended: false })).status).toBe(200);
      expect(await log()).toHaveLength(1);
      expect((await patch('00000000-0000-4000-8000-000000000000', {})).status).toBe(404);
    });
  });

  it('reset get another initial password; second factor, delays and sessions are gone', async () => {
    const id = await insertPerson(db, name);
    const browser = openBrowser(app.url);
    await browser.signIn(name, goodPassword);
    await db.knex('account').where({ id }).update({ totp_secret: 'sealed', failures: 30, failed_at: db.knex.fn.now() });
    const { body } = await app.send<Created>('POST', `/api/accounts/${id}/password`);
    expect(body.account).toMatchObject({ mustChangePassword: true, hasSecondFactor: false, sessions: 0 });
    expect((await browser.send('GET', '/api/session')).status).toBe(401);
    const anew = openBrowser(app.url);
    expect((await anew.signIn(name, goodPassword)).status).toBe(401);
    expect((await anew.signIn(name, body.initialPassword)).status).toBe(200);
    expect((await log()).map(({ action }) => action)).toContain('account.password_reset');
  });

  it('show their sessions to administrators, who end them', async () => {
    const id = await insertPerson(db, name);
    const browser = openBrowser(app.url);
    await browser.signIn(name, goodPassword);
    await openBrowser(app.url).signIn(name, goodPassword);
    const listed = await app.get<{ sessions: { isCurrent: boolean }[] }>(`/api/accounts/${id}/sessions`);
    expect(listed.body.sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, false]);
    const ended = await app.send<ResponseOf<typeof revokeAccountSessions>>('DELETE', `/api/accounts/${id}/sessions`);
    expect(ended.body).toEqual({ ended: 2 });
    expect((await browser.send('GET', '/api/session')).status).toBe(401);
    expect((await app.get('/api/accounts')).status).toBe(200); // one’s own goes on
  });

  it('are nobody’s business but administrators’', async () => {
    const { account } = (await create({})).body;
    for (const role of ['province', 'planner', 'commune', 'viewer'] as const) {
      const visitor = await app.as(role, { commune: '10001', office: 'CAT' });
      const answers = [
        await visitor.get('/api/accounts'),
        await visitor.send('POST', '/api/accounts', { username: `${name}-x`, displayName: 'x', role: 'admin' }),
        await visitor.send('PATCH', `/api/accounts/${account.id}`, { role: 'admin' }),
        await visitor.send('PATCH', `/api/accounts/${visitor.accountId}`, { role: 'admin' }),
        await visitor.send('POST', `/api/accounts/${account.id}/password`),
        await visitor.get(`/api/accounts/${account.id}/sessions`),
        await visitor.send('DELETE', `/api/accounts/${account.id}/sessions`),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    }
  });

  describe('the last administrator', () => {
    const othersOut = async (keep: string[]) => {
      await db.knex('account').where({ role: 'admin' }).whereNotIn('id', keep).update({ is_suspended: true });
    };

    it('can be neither suspended nor given another role, also by themselves', async () => {
      const only = await app.as('admin');
      await othersOut([only.accountId ?? '']);
      for (const changes of [{ isSuspended: true }, { role: 'viewer' }, { role: 'province', provinceCode: '33' }]) {
        const { status, body } = await only.send<Changed>('PATCH', `/api/accounts/${only.accountId}`, changes);
        expect([status, body.error.details]).toEqual([409, { reason: 'last_administrator' }]);
      }
      // Positive control: with a second one it goes.
      await app.as('admin');
      expect((await only.send('PATCH', `/api/accounts/${only.accountId}`, { role: 'viewer' })).status).toBe(200);
      await db.knex('account').where({ id: app.accountId }).update({ is_suspended: false });
    });

    it('is left when two take each other’s rights away at once', async () => {
      for (let round = 0; round < 10; round++) {
        const pair = [await app.as('admin'), await app.as('admin')];
        await othersOut(pair.map(({ accountId }) => accountId ?? ''));
        await app.context.sessions.reload();
        const answers = await Promise.all(
          pair.map((one, i) => one.send('PATCH', `/api/accounts/${pair[1 - i]?.accountId}`, { isSuspended: true })),
        );
        // The slower one is refused by the rule, or is suspended before it is heard.
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        const left = await db.knex('account').where({ role: 'admin', is_suspended: false });
        expect(left).toHaveLength(1);
      }
      await db.knex('account').where({ id: app.accountId }).update({ is_suspended: false });
      await app.context.sessions.reload();
    });
  });
});
