import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { freeTries, waitSeconds } from '../../server/src/features/sessions/session-rules.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { type Browser, goodPassword, insertPerson, openBrowser, readLog } from '../support/sign-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('sign-ins that fail', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let logged: number;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db?.close());
  beforeEach(async () => {
    await db.knex('account').delete();
    logged = (await readLog(db)).length;
    app = await startTestApp(createTestContext(db, {}, { trustProxy: 1 }));
  });
  afterEach(() => app?.close());

  let lastAddress = 0;
  /** A flood comes from everywhere: another address each time, as the proxy in front says. */
  const tryFromAnywhere = (browser: Browser, username: string, password: string) => {
    lastAddress++;
    const address = `10.${(lastAddress >> 16) & 255}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`;
    return browser.send<{ error: { message: string; details?: unknown } }>(
      'POST',
      '/api/session',
      { username, password },
      { 'x-forwarded-for': address },
    );
  };

  it('get one answer, whatever was wrong', async () => {
    await insertPerson(db, 'known');
    await insertPerson(db, 'suspended', { isSuspended: true });
    const oidcOnly = await insertPerson(db, 'elsewhere');
    await db.knex('account').where({ id: oidcOnly }).update({ password_hash: null });
    const browser = openBrowser(app.url);
    const answers = [
      await browser.signIn('known', 'not the password'),
      await browser.signIn('unknown', goodPassword),
      await browser.signIn('suspended', goodPassword),
      await browser.signIn('suspended', 'not the password'),
      await browser.signIn('elsewhere', goodPassword),
      await browser.signIn("x' or 1=1 --", goodPassword),
    ];
    const kept = ({ headers }: { headers: Headers }) =>
      Array.from(headers).filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name));
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.text).toBe(answers[0]?.text);
      expect(kept(answer)).toEqual(kept(answers[0] ?? answer));
    }
    expect((await browser.signIn('known', goodPassword)).status).toBe(200); // the check tells right from wrong
  });

  it('take as long for names that are known as for names that are not', async () => {
    await insertPerson(db, 'known');
    const browser = openBrowser(app.url);
    const time = async (username: string) => {
      await db.knex('account').update({ failures: 0, failed_at: null });
      const startedAt = performance.now();
      expect((await tryFromAnywhere(browser, username, 'not the password')).status).toBe(401);
      return performance.now() - startedAt;
    };
    // Each pair right after one another, now this first, now that: what else the machine does meets both alike.
    const differences: number[] = [];
    const durations: number[] = [];
    for (let i = 0; i < 40; i++) {
      const names = ['known', `unknown-${i}`];
      if (i % 2 === 1) names.reverse();
      const first = await time(names[0] ?? '');
      const second = await time(names[1] ?? '');
      differences.push(i % 2 === 1 ? second - first : first - second);
      durations.push(first, second);
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
    // A name whose password was not hashed would be done in a fifth of the time.
    expect(Math.abs(median(differences))).toBeLessThan(median(durations) / 3);
  });

  it('are slowed down per address, with the time to wait, and logged once', async () => {
    await insertPerson(db, 'known');
    const browser = openBrowser(app.url);
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await browser.signIn(`nobody-${i}`, 'x')).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.slice(30).every((status) => status === 429)).toBe(true);
    const waiting = await browser.signIn('known', goodPassword);
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(Number(waiting.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    expect((await readLog(db, logged)).filter(({ action }) => action === 'session.refused')).toHaveLength(31);
    expect((await tryFromAnywhere(browser, 'known', goodPassword)).status).toBe(200); // elsewhere nobody waits
  });

  it('cost an address nothing when they succeed: a whole office signs in at eight', async () => {
    await insertPerson(db, 'known');
    for (let i = 0; i < 40; i++) expect((await openBrowser(app.url).signIn('known', goodPassword)).status).toBe(200);
  });

  it('on one account are few however many are made, and known and unknown names wait alike', async () => {
    await insertPerson(db, 'known');
    const browser = openBrowser(app.url);
    const flood = async (username: string) => {
      const answers = [];
      for (let round = 0; round < 20; round++)
        answers.push(
          ...(await Promise.all(Array.from({ length: 15 }, () => tryFromAnywhere(browser, username, 'guess')))),
        );
      return answers;
    };
    const [known, unknown] = [await flood('known'), await flood('unknown')];
    const accepted = (answers: typeof known) => answers.filter(({ status }) => status === 401).length;
    expect(accepted(known)).toBeGreaterThanOrEqual(freeTries);
    expect(accepted(known)).toBeLessThanOrEqual(freeTries + 8);
    expect(Math.abs(accepted(known) - accepted(unknown))).toBeLessThanOrEqual(2);
    for (const { status, headers } of [...known, ...unknown])
      if (status !== 401) expect([status, Number(headers.get('retry-after')) >= 1]).toEqual([429, true]);
    // The right password does not help a stranger who has to wait, nor tell that it was right.
    await db.knex('account').update({ failures: 30, failed_at: db.knex.fn.now() });
    const right = await tryFromAnywhere(browser, 'known', goodPassword);
    const wrong = await tryFromAnywhere(browser, 'known', 'guess');
    expect([right.status, wrong.status]).toEqual([429, 429]);
    expect(right.text.replaceAll(/\d+/g, 'n')).toBe(wrong.text.replaceAll(/\d+/g, 'n'));
    expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect((await readLog(db, logged)).filter(({ action }) => action === 'account.locked')).toHaveLength(1);
  });

  it('keep a stranger waiting a quarter of an hour at most, and then as before', async () => {
    await insertPerson(db, 'known');
    const browser = openBrowser(app.url);
    expect([0, 4, 5, 6, 10, 15, 40, 5000].map(waitSeconds)).toEqual([0, 0, 1, 2, 32, 900, 900, 900]);
    const failedAgo = (seconds: number) =>
      db.knex('account').update({ failures: 5000, failed_at: db.knex.raw(`now() - interval '${seconds} seconds'`) });
    await failedAgo(890);
    expect((await tryFromAnywhere(browser, 'known', goodPassword)).status).toBe(429);
    await failedAgo(901);
    expect((await tryFromAnywhere(browser, 'known', goodPassword)).status).toBe(200);
    const row = await db.knex('account').where({ username: 'known' }).first<{ failures: number }>('failures');
    expect(row.failures).toBe(0);
  });

  it('of others do not keep the owner out on a device the account has signed in from', async () => {
    await insertPerson(db, 'owner');
    await insertPerson(db, 'colleague');
    const [device, stranger] = [openBrowser(app.url), openBrowser(app.url)];
    // A computer that two share: each leaves a mark of their own.
    expect((await tryFromAnywhere(device, 'owner', goodPassword)).status).toBe(200);
    expect((await tryFromAnywhere(device, 'colleague', goodPassword)).status).toBe(200);
    const mark = device.cookies.get('diemnong_device') ?? '';
    device.cookies.delete('diemnong_session');
    await tryFromAnywhere(stranger, 'owner', 'guess');
    await db.knex('account').where({ username: 'owner' }).update({ failures: 30 }); // as after a long flood
    expect((await tryFromAnywhere(stranger, 'owner', goodPassword)).status).toBe(429);
    expect((await tryFromAnywhere(device, 'owner', goodPassword)).status).toBe(200);
    // Strangers' tries go on counting as before: the owner's success does not give them new ones.
    expect((await tryFromAnywhere(stranger, 'owner', 'guess')).status).toBe(429);

    // Positive control: another account's mark helps nobody, nor one that was changed; the owner's does.
    const [colleagues = '', owners = ''] = mark.split('.');
    const changedAt = (at: number) => owners.slice(0, at) + (owners[at] === 'A' ? 'B' : 'A') + owners.slice(at + 1);
    for (const useless of [colleagues, changedAt(0), changedAt(20), changedAt(40), changedAt(owners.length - 1)]) {
      stranger.cookies.set('diemnong_device', useless);
      expect((await tryFromAnywhere(stranger, 'owner', goodPassword)).status).toBe(429);
    }
    const stolen: number[] = [];
    for (let i = 0; i < 14; i++) {
      stranger.cookies.set('diemnong_device', owners);
      stolen.push((await tryFromAnywhere(stranger, 'owner', 'guess')).status);
    }
    expect(stolen).toEqual([...Array.from({ length: 10 }, () => 401), ...Array.from({ length: 4 }, () => 429)]);
  });

  it('put no secret into the log, and the name only where it can be one', async () => {
    const browser = openBrowser(app.url);
    await browser.signIn('MậtKhẩu Của Tôi!', 'whatever it is');
    await browser.signIn('xa.bentre', 'hunter2-hunter2');
    const log = JSON.stringify(await readLog(db, logged));
    expect(log).toContain('account/xa.bentre');
    for (const secret of ['của tôi', 'Của Tôi', 'whatever', 'hunter2']) expect(log).not.toContain(secret);
  });
});
