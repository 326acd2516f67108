import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Configuration } from '../../server/src/configuration.ts';
import { prepareAccounts } from '../../server/src/features/accounts/prepare-accounts.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startServerProcess, temporaryDirectory } from '../support/server-process.ts';
import { goodPassword, openBrowser, readLog } from '../support/sign-in.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('the first accounts', (open, engine) => {
  let db: TestDatabase;
  let apps: TestApp[];
  beforeEach(async () => {
    db = await open();
    apps = [];
  });
  afterEach(async () => {
    for (const app of apps) await app.close();
    await db?.close();
  });

  /** A start of the server on the database. @returns what it said, and the application. */
  const start = async (configuration: Partial<Configuration> = {}) => {
    const said: string[] = [];
    const context = createTestContext(db, {}, configuration);
    await prepareAccounts(context, (text) => said.push(text));
    const accounts = await db.knex('account').select('username', 'role', 'is_demo').orderBy('username');
    // The test's own administrator comes after what is looked at, and goes at once.
    const app = await startTestApp(context);
    apps.push(app);
    await db.knex('account').where({ id: app.accountId }).delete();
    await context.sessions.reload();
    return { said: said.join('\n'), accounts, url: app.url };
  };
  const passwordIn = (said: string, name: string) => new RegExp(`^  ${name} +(\\S+)`, 'm').exec(said)?.[1] ?? '';
  const fillDemonstration = async () => {
    await fillSmallProvince(db);
    await db.knex('province').update({ is_demo: true });
    await db.knex('setting').insert({ key: 'demonstration', value: '{}' });
    for (const code of ['10002', '10004'])
      await db
        .knex('office')
        .insert({ province_code: '33', code: `CAX-${code}`, name: 'Công an xã', commune_code: code });
    await db.knex('incident').where({ commune_code: '10004' }).update({ office: 'CAX-10004' });
  };

  it('are one administrator with a password made here, told once, to be changed', async () => {
    const first = await start();
    expect(first.accounts).toEqual([{ username: 'admin', role: 'admin', is_demo: false }]);
    const password = passwordIn(first.said, 'admin');
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    const { body } = await openBrowser(first.url).signIn('admin', password);
    expect(body.user).toMatchObject({ role: 'admin', mustChangePassword: true });
    expect((await start()).said).toBe('');
    expect(JSON.stringify(await readLog(db))).not.toContain(password);
  });

  it('have ADMIN_PASSWORD, which is not printed, and must be changed only where it is too weak', async () => {
    const weak = await start({ adminPassword: 'admin' });
    expect(weak.said).not.toMatch(/admin +admin/);
    expect((await openBrowser(weak.url).signIn('admin', 'admin')).body.user.mustChangePassword).toBe(true);
    await db.knex('account').delete();
    const strong = await start({ adminPassword: goodPassword });
    expect(strong.said).not.toContain(goodPassword);
    expect((await openBrowser(strong.url).signIn('admin', goodPassword)).body.user.mustChangePassword).toBe(false);
    // Later starts change nobody's password.
    const later = await start({ adminPassword: 'another long one 77' });
    expect((await openBrowser(later.url).signIn('admin', 'another long one 77')).status).toBe(401);
    expect((await openBrowser(later.url).signIn('admin', goodPassword)).status).toBe(200);
  });

  it('of a demonstration are one per role, told once, the commune’s with an office of its own', async () => {
    await fillDemonstration();
    const { said, accounts, url } = await start();
    expect(accounts.map(({ username, is_demo }) => [username, is_demo])).toEqual(
      ['admin', 'commune', 'planner', 'province', 'viewer'].map((name) => [name, true]),
    );
    expect(said).toContain('Tài khoản mô phỏng');
    for (const name of ['admin', 'province', 'planner', 'commune', 'viewer']) {
      const { status, body } = await openBrowser(url).signIn(name, passwordIn(said, name));
      expect([name, status, body.user.role, body.user.isDemo, body.user.mustChangePassword]).toEqual([
        name,
        200,
        name,
        true,
        false,
      ]);
      if (name === 'commune')
        expect(body.user).toMatchObject({ provinceCode: '33', communeCode: '10004', communeName: 'Xã 4' });
    }
    const commune = await db.knex('account').where({ username: 'commune' }).first<{ office_code: string }>();
    expect(commune.office_code).toBe('CAX-10004');
    expect((await openBrowser(url).send<{ demo: boolean }>('GET', '/api/sign-in')).body).toEqual({
      openIdConnect: null,
      demo: true,
    });
    expect((await start()).said).toBe('');
  });

  it('of a demonstration are out of use with DEMO=0: no sign-in, no session, another administrator', async () => {
    await fillDemonstration();
    const on = await start();
    const [admin, viewer] = [openBrowser(on.url), openBrowser(on.url)];
    await admin.signIn('admin', passwordIn(on.said, 'admin'));
    await viewer.signIn('viewer', passwordIn(on.said, 'viewer'));
    const off = await start({ demo: false });
    expect(off.said).not.toContain('mô phỏng');
    expect(await db.knex('session')).toEqual([]);
    const { status } = await openBrowser(off.url).signIn('viewer', passwordIn(on.said, 'viewer'));
    expect(status).toBe(401);
    expect((await openBrowser(off.url).signIn('admin', passwordIn(on.said, 'admin'))).status).toBe(401);
    const { body } = await openBrowser(off.url).signIn('admin', passwordIn(off.said, 'admin'));
    expect(body.user).toMatchObject({ role: 'admin', isDemo: false, mustChangePassword: true });
    expect((await openBrowser(off.url).send<{ demo: boolean }>('GET', '/api/sign-in')).body.demo).toBe(false);
    expect((await start({ demo: false })).said).toBe('');
  });

  it('are made once when two servers start at the same time', async () => {
    const said: string[] = [];
    const contexts = Array.from({ length: 3 }, () => createTestContext(db));
    await Promise.all(contexts.map((context) => prepareAccounts(context, (text) => said.push(text))));
    expect(said).toHaveLength(1);
    expect(await db.knex('account')).toHaveLength(1);
  });

  if (engine === 'server')
    it('get a new password at the machine', async () => {
      const first = await start({ adminPassword: goodPassword });
      const run = (env: Record<string, string>, ...args: string[]) => runAccount(env, args);
      const env = { DATABASE_URL: db.databaseUrl ?? '', DATA_DIR: db.dataDir };
      expect((await run(env)).stdout).toMatch(/^admin +admin +Quản trị$/m);
      const { stdout } = await run(env, 'admin', '--reset');
      expect((await openBrowser(first.url).signIn('admin', goodPassword)).status).toBe(401);
      const { body } = await openBrowser(first.url).signIn('admin', passwordIn(stdout, 'admin'));
      expect(body.user.mustChangePassword).toBe(true);
      await expect(run(env, 'nobody', '--reset')).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('nobody'),
      });
      await expect(run(env, 'admin')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('--reset') });
      expect((await readLog(db)).find(({ action }) => action === 'account.password_reset')).toMatchObject({
        username: expect.stringMatching(/^os:/),
        target: 'account/admin',
      });
    });
});

describe('the embedded database of a running server', () => {
  it('gives an account a new password through that server, and to nobody who cannot read its key', async () => {
    const dataDir = temporaryDirectory();
    const server = await startServerProcess({
      dataDir,
      env: { DEMO: '0', ADMIN_PASSWORD: goodPassword, LOG_LEVEL: 'trace' },
    });
    try {
      expect(server.output()).not.toContain(goodPassword);
      const { stdout } = await runAccount({ DATA_DIR: dataDir }, ['admin', '--reset']);
      const password = /^  admin +(\S+)/m.exec(stdout)?.[1] ?? '';
      expect((await openBrowser(server.url).signIn('admin', goodPassword)).status).toBe(401);
      const browser = openBrowser(server.url);
      expect((await browser.signIn('admin', password)).status).toBe(200);
      const answer = await fetch(`${server.url}/api/accounts`, {
        headers: { authorization: `Bearer ${'x'.repeat(43)}` },
      });
      expect(answer.status).toBe(401);
      await browser.send('POST', '/api/session/password', { current: 'a wrong guess', next: 'thuyền trôi bến vắng' });
      const token = browser.cookies.get('diemnong_session') ?? 'none';
      for (const secret of [password, goodPassword, token, 'a wrong guess', 'thuyền trôi'])
        expect(server.output()).not.toContain(secret);
    } finally {
      await server.stop();
    }
  });
});

function runAccount(env: Record<string, string>, args: string[]): Promise<{ stdout: string; stderr: string }> {
  const script = fileURLToPath(new URL('../../scripts/account.ts', import.meta.url));
  const { DATABASE_URL: _url, ...inherited } = process.env;
  return promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { ...inherited, ...env },
  });
}
