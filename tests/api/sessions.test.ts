import type { ErrorResponse, getSession, listSessions, postPassword, ResponseOf } from '@diemnong/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  absoluteMs,
  idleMs,
  sessionsPerAccount,
  touchEveryMs,
} from '../../server/src/features/sessions/session-rules.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { goodPassword, insertPerson, openBrowser, readLog } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Session = ResponseOf<typeof getSession>;
const otherPassword = 'thuyền trôi bến vắng';

describeOnBothDatabases('sessions', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let serial = 0;
  let name: string;

  beforeAll(async () => {
    db = await open();
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  beforeEach(() => {
    name = `person-${++serial}`;
  });
  /** What another process does to a session: the row, and the number that says something changed. */
  const change = async (id: string, columns: Record<string, string>) => {
    const raw = Object.fromEntries(Object.entries(columns).map(([column, value]) => [column, db.knex.raw(value)]));
    await db.knex('session').where({ id }).update(raw);
    await db.knex('data_version').update({ access: db.knex.raw('access + 1') });
    app.context.version.invalidate();
  };
  const lastSeen = async (id: string) =>
    (await db.knex('session').where({ id }).first<{ last_seen_at: Date }>()).last_seen_at.getTime();
  const sessionIdOf = async (username: string) =>
    (
      await db
        .knex('session')
        .join('account', 'account.id', 'account_id')
        .where({ username })
        .first<{ id: string }>('session.id')
    ).id;

  describe('signing in', () => {
    it('opens a session with a cookie that scripts cannot read and other sites do not send', async () => {
      const accountId = await insertPerson(db, name);
      const browser = openBrowser(app.url);
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
      const { status, body, headers } = await browser.signIn(` ${name.toUpperCase()} `, goodPassword);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body.user).toEqual({
        id: accountId,
        username: name,
        displayName: name,
        role: 'viewer',
        provinceCode: null,
        isDemo: false,
        mustChangePassword: false,
        hasSecondFactor: false,
      });
      expect(Date.parse(body.expiresAt) - Date.now()).toBeGreaterThan(absoluteMs - 60_000);
      expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(absoluteMs + 60_000);
      const cookie = browser.lastSet.find((set) => set.startsWith('diemnong_session='));
      expect(cookie).toMatch(/^diemnong_session=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
      const device = browser.lastSet.find((set) => set.startsWith('diemnong_device='));
      expect(device).toContain('; HttpOnly; SameSite=Lax');
      expect(device).not.toContain(name);
      expect((await browser.send<Session>('GET', '/api/session')).body).toEqual(body);
    });

    it('keeps only a hash of the token, and the password nowhere but hashed', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const token = browser.cookies.get('diemnong_session') ?? '';
      const { rows } = await db.knex.raw<{ rows: { text: string }[] }>(
        `select concat((select json_agg(session) from session), (select json_agg(account) from account),
                       (select json_agg(audit_event) from audit_event)) as text`,
      );
      const everything = rows[0]?.text ?? '';
      expect(everything).toContain(name);
      for (const secret of [token, Buffer.from(token, 'base64url').toString('hex'), goodPassword])
        expect(everything).not.toContain(secret);
    });

    it('never goes on under a token the browser had before', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      browser.cookies.set('diemnong_session', 'planted'.padEnd(43, 'x'));
      await browser.signIn(name, goodPassword);
      const first = browser.cookies.get('diemnong_session') ?? '';
      expect(first).not.toContain('planted');
      await browser.signIn(name, goodPassword);
      const second = browser.cookies.get('diemnong_session') ?? '';
      expect(second).not.toBe(first);
      browser.cookies.set('diemnong_session', first);
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
      browser.cookies.set('diemnong_session', second);
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
    });

    it('refuses writes that a page of another site sends', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      const body = { username: name, password: goodPassword };
      const { status } = await browser.send('POST', '/api/session', body, { origin: 'https://elsewhere.example' });
      expect(status).toBe(403);
      expect(browser.cookies.size).toBe(0);
    });

    it('hashes a password anew when its hash is of weaker parameters', async () => {
      const id = await insertPerson(db, name);
      // Of `goodPassword`, with 8 MiB and one pass.
      const weak = '$argon2id$v=19$m=8192,t=1,p=1$wGJZYeA/Fj37w1bxdhljSA$98ARkEPM4J96D+dbwMviu+uOS/zUq1IXlNkthgRs/fc';
      await db.knex('account').where({ id }).update({ password_hash: weak });
      expect((await openBrowser(app.url).signIn(name, goodPassword)).status).toBe(200);
      const { password_hash: kept } = await db.knex('account').where({ id }).first<{ password_hash: string }>();
      expect(kept).toContain('m=19456,t=2,p=1');
      expect((await openBrowser(app.url).signIn(name, goodPassword)).status).toBe(200);
    });
  });

  describe('the end of a session', () => {
    it('comes after idle hours, but not while it is used', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const id = await sessionIdOf(name);
      const idle = (ms: number) => change(id, { last_seen_at: `now() - interval '${ms} milliseconds'` });
      await idle(idleMs + 1000);
      // This process has just seen it used; the database says otherwise, as after a restart.
      const later = await startTestApp(createTestContext(db));
      const restarted = openBrowser(later.url);
      restarted.cookies = browser.cookies;
      expect((await restarted.send('GET', '/api/session')).status).toBe(401);
      await idle(idleMs - 60_000);
      await later.context.sessions.reload();
      expect((await restarted.send('GET', '/api/session')).status).toBe(200);
      await later.close();
    });

    it('comes after idle hours also for the process that remembers it, unless another one has seen it used', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const id = await sessionIdOf(name);
      const clock = performance.now.bind(performance);
      const later = vi.spyOn(performance, 'now').mockImplementation(() => clock() + idleMs + 1000);
      try {
        const before = await lastSeen(id);
        expect((await browser.send('GET', '/api/session')).status).toBe(200); // the database says: used just now
        await expect.poll(() => lastSeen(id)).toBeGreaterThan(before); // and has noted this use
        later.mockImplementation(() => clock() + 2 * (idleMs + 1000));
        await db
          .knex('session')
          .where({ id })
          .update({ last_seen_at: db.knex.raw(`now() - interval '3 hours'`) });
        expect((await browser.send('GET', '/api/session')).status).toBe(401);
      } finally {
        later.mockRestore();
      }
    });

    it('comes after idle hours although the open page goes on asking by itself', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const id = await sessionIdOf(name);
      const ask = (isBackground: boolean) =>
        browser.send('GET', '/api/session', undefined, isBackground ? { 'x-background': '1' } : {});
      const clock = performance.now.bind(performance);
      const later = vi.spyOn(performance, 'now');
      const goOn = (ms: number) => later.mockImplementation(() => clock() + ms);
      try {
        goOn(idleMs - 60_000);
        expect((await ask(true)).status).toBe(200);
        await change(id, { last_seen_at: `now() - interval '${idleMs + 60_000} milliseconds'` });
        goOn(idleMs + 60_000);
        expect((await ask(true)).status).toBe(401);
        // The control: the same with a person's own request in between.
        await browser.signIn(name, goodPassword);
        goOn(2 * idleMs);
        expect((await ask(false)).status).toBe(200);
        goOn(3 * idleMs - 60_000);
        expect((await ask(true)).status).toBe(200);
      } finally {
        later.mockRestore();
      }
    });

    it('comes after half a day whatever is done', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
      await change(await sessionIdOf(name), { expires_at: `now() - interval '1 second'` });
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
    });

    it('is not put off by a clock that is set back', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const id = await sessionIdOf(name);
      await change(id, { expires_at: `now() + interval '1500 milliseconds'` });
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
      await change(id, { expires_at: `now() + interval '1 day'` }); // what the database sees of a clock a day behind
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
      await new Promise((later) => setTimeout(later, 1600));
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
    });

    it('comes with signing out, on the server too, and can be asked for twice', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const token = browser.cookies.get('diemnong_session') ?? '';
      expect((await browser.send('DELETE', '/api/session')).body).toEqual({ signedOut: true });
      expect(browser.cookies.has('diemnong_session')).toBe(false);
      browser.cookies.set('diemnong_session', token);
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
      expect((await browser.send('DELETE', '/api/session')).status).toBe(200);
      const entries = (await readLog(db)).filter(({ username }) => username === name);
      expect(entries.map(({ action }) => action)).toEqual(['session.signed_in', 'session.signed_out']);
    });

    it('comes with the row, wherever it was deleted, at the next look at the version', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      await db
        .knex('session')
        .where({ id: await sessionIdOf(name) })
        .delete();
      // Positive control: the store answers from memory until the access version moves.
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
      await change('00000000-0000-4000-8000-000000000000', { address: `''` });
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
    });
  });

  describe('one’s own sessions', () => {
    it('are listed newest first and ended one by one, on the next request', async () => {
      await insertPerson(db, name);
      const [desk, laptop] = [openBrowser(app.url), openBrowser(app.url)];
      await desk.send('POST', '/api/session', { username: name, password: goodPassword }, { 'user-agent': 'Desk/1' });
      await laptop.send(
        'POST',
        '/api/session',
        { username: name, password: goodPassword },
        { 'user-agent': `${'L'.repeat(300)}\n`.trim() },
      );
      const { body } = await desk.send<ResponseOf<typeof listSessions>>('GET', '/api/sessions');
      expect(body.sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
      expect(body.sessions[1]).toMatchObject({ userAgent: 'Desk/1', address: expect.stringContaining('127.0.0.1') });
      expect(body.sessions[0]?.userAgent).toHaveLength(200);
      const id = body.sessions[0]?.id ?? '';
      expect((await desk.send('DELETE', `/api/sessions/${id}`)).body).toEqual({ id });
      expect((await laptop.send('GET', '/api/session')).status).toBe(401);
      expect((await desk.send('GET', '/api/session')).status).toBe(200);
      expect((await desk.send('DELETE', `/api/sessions/${body.sessions[1]?.id}`)).status).toBe(200);
      expect(desk.cookies.has('diemnong_session')).toBe(false);
    });

    it('are one’s own: another person’s looks exactly like none, to administrators too', async () => {
      await insertPerson(db, name, { role: 'admin' });
      await insertPerson(db, `${name}-b`);
      const [mine, theirs] = [openBrowser(app.url), openBrowser(app.url)];
      await mine.signIn(name, goodPassword);
      await theirs.signIn(`${name}-b`, goodPassword);
      const id = await sessionIdOf(`${name}-b`);
      const hidden = await mine.send('DELETE', `/api/sessions/${id}`);
      const missing = await mine.send('DELETE', '/api/sessions/00000000-0000-4000-8000-000000000000');
      expect([hidden.status, hidden.text]).toEqual([404, missing.text]);
      expect((await theirs.send('GET', '/api/session')).status).toBe(200);
      expect((await theirs.send('DELETE', `/api/sessions/${id}`)).status).toBe(200); // positive control: the id is right
    });

    it(`are at most ${sessionsPerAccount}: the oldest give way`, async () => {
      const accountId = await insertPerson(db, name);
      const first = openBrowser(app.url);
      await first.signIn(name, goodPassword);
      const last = openBrowser(app.url);
      for (let i = 0; i < sessionsPerAccount; i++) {
        last.cookies.delete('diemnong_session');
        expect((await last.signIn(name, goodPassword)).status).toBe(200);
      }
      expect((await first.send('GET', '/api/session')).status).toBe(401);
      expect(await db.knex('session').where({ account_id: accountId })).toHaveLength(sessionsPerAccount);
    });
  });

  describe('the password', () => {
    it('is changed under a new token, and ends the other sessions', async () => {
      await insertPerson(db, name);
      const [desk, laptop] = [openBrowser(app.url), openBrowser(app.url)];
      await desk.signIn(name, goodPassword);
      await laptop.signIn(name, goodPassword);
      const before = desk.cookies.get('diemnong_session') ?? '';
      const changed = await desk.send('POST', '/api/session/password', { current: goodPassword, next: otherPassword });
      expect(changed.status).toBe(200);
      expect(desk.cookies.get('diemnong_session')).not.toBe(before);
      expect((await desk.send('GET', '/api/session')).status).toBe(200);
      expect((await laptop.send('GET', '/api/session')).status).toBe(401);
      desk.cookies.set('diemnong_session', before);
      expect((await desk.send('GET', '/api/session')).status).toBe(401);
      expect((await laptop.signIn(name, goodPassword)).status).toBe(401);
      expect((await laptop.signIn(name, otherPassword)).status).toBe(200);
    });

    it.each([
      ['too_short', 'lúa chín'],
      ['too_long', 'lúa chín '.repeat(30)],
      ['too_common', 'MatKhau@2026'],
      ['has_name', 'xin person-rules ơi'],
      ['same', goodPassword],
    ])('is refused when it is %s', async (reason, next) => {
      await db.knex('account').where({ username: 'person-rules' }).delete();
      await insertPerson(db, 'person-rules');
      const browser = openBrowser(app.url);
      await browser.signIn('person-rules', goodPassword);
      const { status, body } = await browser.send<ErrorResponse>('POST', '/api/session/password', {
        current: goodPassword,
        next,
      });
      expect([status, body.error.details]).toEqual([422, { reason }]);
    });

    it('needs the current one, and stops those who guess it at an unlocked screen', async () => {
      await insertPerson(db, name);
      const browser = openBrowser(app.url);
      await browser.signIn(name, goodPassword);
      const guess = () =>
        browser.send<ErrorResponse>('POST', '/api/session/password', { current: 'not the one', next: otherPassword });
      const first = await guess();
      expect([first.status, first.body.error.details]).toEqual([401, { reason: 'password_wrong' }]);
      const statuses = [];
      for (let i = 0; i < 11; i++) statuses.push((await guess()).status);
      expect(statuses).toEqual([...Array.from({ length: 9 }, () => 401), 429, 429]);
      const waiting = await browser.send('POST', '/api/session/password', {
        current: goodPassword,
        next: otherPassword,
      });
      expect(waiting.status).toBe(429);
      expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(600);
      expect((await browser.send('GET', '/api/session')).status).toBe(200);
    });

    it('must be changed first where it is an initial one: nothing else answers', async () => {
      await insertPerson(db, name, { role: 'admin', mustChange: true });
      const browser = openBrowser(app.url);
      const { body } = await browser.signIn(name, goodPassword);
      expect(body.user.mustChangePassword).toBe(true);
      const paths = [
        '/api/accounts',
        '/api/audit',
        '/api/settings',
        '/api/meta',
        '/api/imports',
        '/tiles/communes.json',
      ];
      for (const path of paths) {
        const answer = await browser.send<ErrorResponse>('GET', path);
        expect([path, answer.status, answer.body.error.details]).toEqual([path, 403, { reason: 'password_change' }]);
      }
      expect((await browser.send('GET', '/api/sessions')).status).toBe(200);
      const changed = await browser.send<ResponseOf<typeof postPassword>>('POST', '/api/session/password', {
        current: goodPassword,
        next: otherPassword,
      });
      expect(changed.body.user.mustChangePassword).toBe(false);
      for (const path of paths.slice(0, 4)) expect((await browser.send('GET', path)).status).toBe(200); // the gate alone refused
    });
  });

  it('are noted as used once a minute, and only then', async () => {
    await insertPerson(db, name);
    const browser = openBrowser(app.url);
    await browser.signIn(name, goodPassword);
    const id = await sessionIdOf(name);
    const atFirst = await lastSeen(id);
    for (let i = 0; i < 5; i++) await browser.send('GET', '/api/session');
    expect(await lastSeen(id)).toBe(atFirst);
    const clock = performance.now.bind(performance);
    const later = vi.spyOn(performance, 'now').mockImplementation(() => clock() + touchEveryMs + 1000);
    await browser.send('GET', '/api/session');
    later.mockRestore();
    await expect.poll(() => lastSeen(id)).toBeGreaterThan(atFirst);
  });

  it('costs a request no query, and goes on while a long transaction holds the database', async () => {
    await insertPerson(db, name);
    const browser = openBrowser(app.url);
    await browser.signIn(name, goodPassword);
    await browser.send('GET', '/api/session');
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const holding = db.transaction({ reach: 'system', province: null, commune: null, account: null }, async () => held);
    await new Promise((later) => setTimeout(later, 400)); // what is known of the versions is old by now
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.send('GET', '/api/session')));
    const unknown = openBrowser(app.url);
    unknown.cookies.set('diemnong_session', 'x'.repeat(43));
    answers.push(await unknown.send('GET', '/api/session'));
    release(); // all were answered before

    await holding;
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 20 }, () => 200), 401]);
  });
});

describeOnBothDatabases('sessions behind TLS', (open) => {
  it('have Secure cookies under a name no other host can set', async () => {
    const db = await open();
    const context = createTestContext(db, {}, { publicUrl: 'https://diemnong.example.vn' });
    const app = await startTestApp(context);
    await insertPerson(db, 'person');
    const browser = openBrowser(app.url);
    expect((await browser.signIn('person', goodPassword)).status).toBe(200);
    const session = browser.lastSet.find((set) => set.startsWith('__Host-diemnong_session='));
    expect(session).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    expect(browser.lastSet.find((set) => set.startsWith('diemnong_device='))).toContain('; Secure');
    await app.close();
    await db.close();
  });
});
