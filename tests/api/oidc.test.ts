import { type ChildProcess, fork } from 'node:child_process';
import { oidcCallbackPath, oidcStartPath } from '@diemnong/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../server/src/database/free-port.ts';
import { describeOnBothDatabases, openTestEmbedded, type TestDatabase } from '../support/database.ts';
import { type Browser, goodPassword, insertPerson, openBrowser, readLog } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

/** As people type it; the test's browser finds the application behind it. */
const publicUrl = 'http://diemnong.test';
const usernames = {
  's-hoa': 'Hoa',
  's-other-hoa': 'hoa',
  's-nam': 'nam',
  's-ghost': 'ghost',
  's-lan': 'lan',
  's-boss': 'boss',
};

describeOnBothDatabases('OpenID Connect', (open, engine) => {
  let db: TestDatabase;
  let app: TestApp;
  let provider: { process: ChildProcess; issuer: string };
  beforeAll(async () => {
    db = await open();
    // One engine meets a provider that keeps names out of the ID token, the other one that does not.
    provider = await startProvider(engine === 'server' ? 'strict' : 'generous');
    const oidc = { issuer: provider.issuer, clientId: 'diemnong', clientSecret: 'client-secret', name: 'Công an tỉnh' };
    app = await startTestApp(createTestContext(db, {}, { publicUrl, oidc }));
  });
  afterAll(async () => {
    provider?.process.kill();
    await app?.close();
    await db?.close();
  });
  let here: Browser;
  let there: Browser;
  beforeEach(() => {
    here = openBrowser(app.url);
    there = openBrowser(provider.issuer);
  });

  /** Follow the redirects and fill in the provider's forms, as a person does. @returns the address of the callback. */
  const signInThere = async (subject: string, start = oidcStartPath): Promise<string> => {
    let answer = await here.send('GET', start);
    expect(answer.status).toBe(302);
    for (let step = 0; step < 20; step++) {
      const target = answer.headers.get('location');
      if (target !== null && target.startsWith(publicUrl)) return target.slice(publicUrl.length);
      if (target !== null) answer = await there.send('GET', target);
      else {
        const action = /action="([^"]+)"/.exec(answer.text)?.[1] ?? '';
        const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1] ?? '';
        answer = await sendForm(there, action, { prompt, login: subject, password: 'any' });
      }
    }
    throw new Error('the provider never sent the browser back');
  };
  const finish = async (callback: string) => {
    const { status, headers } = await here.send('GET', callback);
    return [status, headers.get('location')];
  };

  it('is offered by its name', async () => {
    const { body } = await here.send('GET', '/api/sign-in');
    expect(body).toEqual({ openIdConnect: { name: 'Công an tỉnh' }, demo: false });
  });

  it('signs in the person of the same name, ties the account to the subject, and ends an initial password', async () => {
    const id = await insertPerson(db, 'hoa', { mustChange: true });
    const callback = await signInThere('s-hoa', `${oidcStartPath}?next=${encodeURIComponent('/?lang=en#12/20.6/106')}`);
    expect(await finish(callback)).toEqual([302, '/?lang=en#12/20.6/106']);
    const session = await here.send<{ user: object }>('GET', '/api/session');
    expect(session.body.user).toMatchObject({ id, username: 'hoa', mustChangePassword: false });
    expect(await db.knex('account').where({ id }).first()).toMatchObject({
      oidc_subject: `${provider.issuer} s-hoa`,
      password_hash: null,
    });
    expect((await openBrowser(app.url).signIn('hoa', goodPassword)).status).toBe(401);
    const changed = await here.send('POST', '/api/session/password', {
      current: goodPassword,
      next: 'thuyền trôi bến vắng',
    });
    expect(changed.status).toBe(409);
    const log = (await readLog(db)).filter(({ username }) => username === 'hoa');
    expect(log.map(({ action }) => action).slice(0, 2)).toEqual(['account.changed', 'session.signed_in']);

    // From now on the subject counts: somebody who takes the name at the provider does not get the account.
    [here, there] = [openBrowser(app.url), openBrowser(provider.issuer)];
    expect(await finish(await signInThere('s-other-hoa'))).toEqual([302, '/dang-nhap?fault=no_account']);
    expect((await here.send('GET', '/api/session')).status).toBe(401);
    [here, there] = [openBrowser(app.url), openBrowser(provider.issuer)];
    expect(await finish(await signInThere('s-hoa'))).toEqual([302, '/']);
  });

  it('keeps a password the person has made their own', async () => {
    await insertPerson(db, 'nam');
    expect(await finish(await signInThere('s-nam'))).toEqual([302, '/']);
    expect((await openBrowser(app.url).signIn('nam', goodPassword)).status).toBe(200);
  });

  it('makes no accounts, and signs no suspended one in', async () => {
    expect(await finish(await signInThere('s-ghost'))).toEqual([302, '/dang-nhap?fault=no_account']);
    expect(await db.knex('account').where({ username: 'ghost' })).toEqual([]);
    await insertPerson(db, 'lan', { isSuspended: true });
    [here, there] = [openBrowser(app.url), openBrowser(provider.issuer)];
    expect(await finish(await signInThere('s-lan'))).toEqual([302, '/dang-nhap?fault=no_account']);
    expect((await here.send('GET', '/api/session')).status).toBe(401);
    const refusals = (await readLog(db)).filter(({ action }) => action === 'session.refused');
    expect(refusals.map(({ target }) => target)).toEqual(expect.arrayContaining(['account/ghost', 'account/lan']));
  });

  it('takes an answer once, in the browser that asked, as it was given', async () => {
    await insertPerson(db, 'boss');
    const callback = await signInThere('s-boss');
    const asked = new Map(here.cookies);
    const asker = (name = 'diemnong_oidc') => asked.get(name) ?? '';
    expect(Buffer.from(asker(), 'base64url').toString('latin1')).not.toContain('codeVerifier');

    const elsewhere = openBrowser(app.url);
    expect((await elsewhere.send('GET', callback)).headers.get('location')).toBe('/dang-nhap?fault=expired');
    for (const changed of [
      callback.replace(/state=[^&]+/, 'state=forged'),
      `${oidcCallbackPath}?error=access_denied`,
    ]) {
      here.cookies.set('diemnong_oidc', asker());
      expect(await finish(changed)).toEqual([302, '/dang-nhap?fault=provider']);
    }
    here.cookies.set('diemnong_oidc', asker().slice(0, -4));
    expect(await finish(callback)).toEqual([302, '/dang-nhap?fault=expired']);
    // An answer to another browser's question: its state is not the one this browser remembers.
    const victim = openBrowser(app.url);
    await victim.send('GET', oidcStartPath);
    expect((await victim.send('GET', callback)).headers.get('location')).toBe('/dang-nhap?fault=provider');

    here.cookies.set('diemnong_oidc', asker());
    expect(await finish(callback)).toEqual([302, '/']); // positive control: the answer was good
    here.cookies.set('diemnong_oidc', asker());
    expect(await finish(callback)).toEqual([302, '/dang-nhap?fault=provider']); // the code is used up
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/ok\r\nx: y', 'javascript:alert(1)'])(
    'goes on to pages of its own only, not to %j',
    async (next) => {
      await db.knex('account').where({ username: 'nam' }).delete();
      await insertPerson(db, 'nam');
      const callback = await signInThere('s-nam', `${oidcStartPath}?next=${encodeURIComponent(next)}`);
      expect(await finish(callback)).toEqual([302, '/']);
    },
  );
});

describe('OpenID Connect that does not work', () => {
  it('is refused with its reason: not set up, not reachable, not encrypted', async () => {
    const db = await openTestEmbedded();
    const start = async (issuer?: string) => {
      const oidc =
        issuer === undefined ? undefined : { issuer, clientId: 'x', clientSecret: 'client-secret', name: 'X' };
      const app = await startTestApp(createTestContext(db, {}, { publicUrl, oidc }));
      const answer = await app.nobody.get<{ error: { message: string } }>(oidcStartPath);
      await app.close();
      expect(JSON.stringify(answer.body)).not.toContain('client-secret');
      return [answer.status, answer.body.error.message] as const;
    };
    expect((await start())[0]).toBe(404);
    expect((await start(`http://127.0.0.1:${await freePort()}`))[0]).toBe(503);
    const [status, message] = await start('http://provider.example');
    expect([status, message]).toEqual([503, expect.stringContaining('https')]);
    await db.close();
  });
});

async function startProvider(mode: 'strict' | 'generous'): Promise<{ process: ChildProcess; issuer: string }> {
  const port = await freePort();
  const child = fork(
    new URL('../support/identity-provider.mjs', import.meta.url),
    [String(port), publicUrl + oidcCallbackPath, JSON.stringify(usernames), mode],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words += chunk.toString('utf8');
  });
  await new Promise<void>((ready, fail) => {
    child.once('message', () => ready());
    child.once('exit', (code) => fail(new Error(`the provider ended with code ${code}: ${words}`)));
  });
  return { process: child, issuer: `http://127.0.0.1:${port}` };
}

/** A form as a browser posts it. */
async function sendForm(browser: Browser, action: string, fields: Record<string, string>) {
  const cookie = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(action, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text(), body: undefined as never };
}
