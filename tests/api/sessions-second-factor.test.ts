import { createHmac } from 'node:crypto';
import type { confirmTotp, ErrorResponse, postTotp, ResponseOf } from '@diemnong/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { type Browser, goodPassword, insertPerson, openBrowser, readLog } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('the second factor', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let serial = 0;
  let name: string;
  let browser: Browser;

  beforeAll(async () => {
    db = await open();
    app = await startTestApp(createTestContext(db));
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  beforeEach(async () => {
    // Each test begins in the middle of a time step, so that none is cut in two by its end.
    const clock = Date.now.bind(Date);
    const ahead = 45_000 - (clock() % 30_000);
    vi.spyOn(Date, 'now').mockImplementation(() => clock() + ahead);
    name = `person-${++serial}`;
    await insertPerson(db, name);
    browser = openBrowser(app.url);
    expect((await browser.signIn(name, goodPassword)).status).toBe(200);
  });

  const begin = () =>
    browser.send<ResponseOf<typeof postTotp>>('POST', '/api/session/totp', { password: goodPassword });
  const confirm = (code: string) =>
    browser.send<ResponseOf<typeof confirmTotp> & ErrorResponse>('POST', '/api/session/totp/confirm', { code });
  /** On, confirmed with the code of the step before, so that the one of now is still to be had. */
  const turnOn = async () => {
    const { secret } = (await begin()).body;
    expect((await confirm(codeOf(secret, -1))).status).toBe(200);
    return secret;
  };
  const account = () =>
    db
      .knex('account')
      .where({ username: name })
      .first<{ totp_secret: string | null; totp_step: number; failures: number }>();

  it('is on only once a code has shown that the app has the secret, then under a new token', async () => {
    const other = openBrowser(app.url);
    await other.signIn(name, goodPassword);
    const { body } = await begin();
    expect(body.uri).toMatch(/^otpauth:\/\/totp\//);
    expect(new URL(body.uri).searchParams.get('secret')).toBe(body.secret);
    expect((await account()).totp_secret).toBeNull();
    expect((await openBrowser(app.url).signIn(name, goodPassword)).status).toBe(200); // not asked for yet
    const wrong = await confirm(codeOf(body.secret, 50));
    expect([wrong.status, wrong.body.error.details]).toEqual([401, { reason: 'code_wrong' }]);
    const before = browser.cookies.get('diemnong_session');
    const right = await confirm(codeOf(body.secret));
    expect(right.body.user.hasSecondFactor).toBe(true);
    expect(browser.cookies.get('diemnong_session')).not.toBe(before);
    expect((await browser.send('GET', '/api/session')).status).toBe(200);
    expect((await other.send('GET', '/api/session')).status).toBe(401); // opened without it
    expect((await begin()).status).toBe(409);
  });

  it('asks for a code after the right password only, and takes each code once', async () => {
    const secret = await turnOn();
    const sign = (password: string, code?: string) => openBrowser(app.url).signIn(name, password, code);
    const wrongPassword = await sign('not the password', codeOf(secret));
    expect(wrongPassword.body.error.details).toBeUndefined();
    const withoutCode = await sign(goodPassword);
    expect([withoutCode.status, withoutCode.body.error.details]).toEqual([401, { reason: 'code_needed' }]);
    const reasons = [];
    for (const code of ['000000', 'abcdef', '12345', codeOf(secret, 3), codeOf(secret, -3)])
      reasons.push((await openKnown().signIn(name, goodPassword, code)).body.error.details);
    expect(reasons).toEqual(Array.from({ length: 5 }, () => ({ reason: 'code_wrong' })));
    await db.knex('account').where({ username: name }).update({ failures: 0, failed_at: null });
    const code = codeOf(secret);
    expect((await sign(goodPassword, ` ${code.slice(0, 3)} ${code.slice(3)} `.slice(0, 10))).status).toBe(200);
    const again = await sign(goodPassword, code);
    expect([again.status, again.body.error.details]).toEqual([401, { reason: 'code_wrong' }]);
    expect((await sign(goodPassword, codeOf(secret, -1))).status).toBe(401); // the one it was confirmed with
    expect((await sign(goodPassword, codeOf(secret, 1))).status).toBe(200); // a clock that runs half a minute ahead
    expect((await sign(goodPassword, code)).status).toBe(401); // and none from before that
  });

  it('gives one session for one code, however many ask at once', async () => {
    const secret = await turnOn();
    const code = codeOf(secret);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => openBrowser(app.url).signIn(name, goodPassword, code)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('leaves codes to guess as few as passwords', async () => {
    await turnOn();
    const stranger = openBrowser(app.url);
    let accepted = 0;
    for (let i = 0; i < 20; i++) {
      await stranger.signIn(name, goodPassword); // being asked for a code gives no new tries
      const { status } = await stranger.signIn(name, goodPassword, String(i).padStart(6, '0'));
      if (status === 401) accepted++;
    }
    expect(accepted).toBeLessThanOrEqual(7);
    await app.close();
    app = await startTestApp(createTestContext(db)); // what this address has used up is forgotten
  });

  it('is turned off with the password, and stands encrypted in the database, for its own account', async () => {
    const secret = await turnOn();
    const kept = (await account()).totp_secret ?? '';
    expect(kept).not.toContain(secret);
    await insertPerson(db, `${name}-b`);
    await db
      .knex('account')
      .where({ username: `${name}-b` })
      .update({ totp_secret: kept });
    const copied = await openBrowser(app.url).signIn(`${name}-b`, goodPassword, codeOf(secret));
    expect(copied.body.error.details).toEqual({ reason: 'code_wrong' });
    expect((await browser.send('DELETE', '/api/session/totp', { password: 'not the password' })).status).toBe(401);
    expect((await account()).totp_secret).toBe(kept);
    const before = browser.cookies.get('diemnong_session');
    const off = await browser.send<ResponseOf<typeof confirmTotp>>('DELETE', '/api/session/totp', {
      password: goodPassword,
    });
    expect(off.body.user.hasSecondFactor).toBe(false);
    expect(browser.cookies.get('diemnong_session')).not.toBe(before);
    expect((await openBrowser(app.url).signIn(name, goodPassword)).status).toBe(200);
    const log = (await readLog(db)).filter(({ target }) => target === `account/${name}`);
    expect(log.map(({ action }) => action).filter((action) => action.includes('factor'))).toEqual([
      'session.second_factor_on',
      'session.second_factor_off',
    ]);
    expect(JSON.stringify(log)).not.toContain(secret);
  });

  it('cannot be confirmed with what another account began, nor too late', async () => {
    const { secret } = (await begin()).body;
    const begun = browser.cookies.get('diemnong_totp') ?? '';
    expect(Buffer.from(begun, 'base64url').toString('latin1')).not.toContain(secret);
    await insertPerson(db, `${name}-b`);
    const other = openBrowser(app.url);
    await other.signIn(`${name}-b`, goodPassword);
    other.cookies.set('diemnong_totp', begun);
    expect((await other.send('POST', '/api/session/totp/confirm', { code: codeOf(secret) })).status).toBe(409);
    expect((await confirm(codeOf(secret))).status).toBe(200); // positive control
  });

  /** A device the account has signed in from: its tries do not slow the account down. */
  function openKnown(): Browser {
    const known = openBrowser(app.url);
    known.cookies.set('diemnong_device', browser.cookies.get('diemnong_device') ?? '');
    return known;
  }
});

/** RFC 6238 by the letter, so that the server's library is not measured by itself. `steps`: half minutes from now. */
function codeOf(secret: string, steps = 0): string {
  const bits = Array.from(secret, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
