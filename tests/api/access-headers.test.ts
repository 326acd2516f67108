import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessMatrix, type MatrixRow } from '../support/access-matrix.ts';
import { type AccessStage, openAccessStage } from '../support/access-stage.ts';
import { openAny } from '../support/database.ts';
import { type Browser, openBrowser } from '../support/sign-in.ts';
import { openSignInStage } from '../support/sign-in-stage.ts';

describe('headers', () => {
  let stage: AccessStage;
  beforeAll(async () => {
    stage = await openAccessStage(openAny);
  });
  afterAll(() => stage?.close());

  /** Everything that no answer may do without, or have. */
  function faultsOf({ headers }: Response): string[] {
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split(';').map((part) => {
        const [name = '', ...sources] = part.trim().split(/\s+/);
        return [name, sources.join(' ')];
      }),
    );
    const wanted: Record<string, string> = {
      'default-src': "'self'",
      'script-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    };
    const faults = Object.entries(wanted)
      .filter(([name, sources]) => policy.get(name) !== sources)
      .map(([name]) => `${name} ${policy.get(name)}`);
    if (/unsafe|\*|https?:/.test([...policy.values()].join(' '))) faults.push('the policy is loose');
    if (headers.get('x-content-type-options') !== 'nosniff') faults.push('no nosniff');
    if (!['same-origin', 'no-referrer'].includes(headers.get('referrer-policy') ?? '')) faults.push('referrer');
    for (const name of ['x-powered-by', 'server', 'access-control-allow-origin'])
      if (headers.has(name)) faults.push(`has ${name}`);
    return faults;
  }

  it.each(accessMatrix)('$route: for whoever may, and for nobody', async (row) => {
    const isAboutData = !row.cells.every((cell) => cell === 'may');
    for (const name of ['admin', 'nobody'] as const) {
      const answer = await askAs(row, name);
      expect(faultsOf(answer), name).toEqual([]);
      if (isAboutData) expect(answer.headers.get('cache-control')).toMatch(/^(private|no-store)/);
      if (!answer.ok && answer.status >= 400) expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each(['/', '/anything', '/assets/none.js', '/none.png', '/api/none', '/..%2f', '/%zz', '/api/%zz'])(
    '%s: pages, files that are not there, and what is malformed',
    async (path) => {
      expect(faultsOf(await stage.app.nobody.fetch(path))).toEqual([]);
    },
  );

  it('control: careless answers are told', () => {
    const headers = { 'x-powered-by': 'Express', 'content-security-policy': "default-src * 'unsafe-inline'" };
    expect(faultsOf(new Response('', { headers })).length).toBeGreaterThan(5);
    expect(faultsOf(new Response('')).length).toBeGreaterThan(5);
  });

  it('a 304 and a body that is no JSON', async () => {
    const tag = (await stage.app.fetch('/api/communes')).headers.get('etag') ?? '';
    const unchanged = await stage.app.fetch('/api/communes', { headers: { 'if-none-match': tag } });
    expect([unchanged.status, faultsOf(unchanged)]).toEqual([304, []]);
    const broken = await stage.app.fetch('/api/settings', {
      method: 'PATCH',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, faultsOf(broken)]).toEqual([400, []]);
  });

  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  it.each(accessMatrix.filter(({ route }) => !route.startsWith('GET ')))(
    '$route: refused when it comes from a page of another site',
    async (row) => {
      for (const headers of foreign) expect((await askAs(row, 'admin', headers)).status).toBe(403);
      expect((await askAs(row, 'admin', { origin: stage.app.url, 'sec-fetch-site': 'same-origin' })).status).toBe(
        row.answer,
      );
    },
  );

  async function askAs(
    row: MatrixRow,
    name: 'admin' | 'nobody',
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const asker = await stage.askerFor(row, name);
    const { path, body } = await row.ask(stage, asker);
    const answer = await asker.fetch(path, {
      method: row.route.split(' ')[0],
      redirect: 'manual',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer();
    return answer;
  }
});

describe('cookies', () => {
  const flagsOf = (cookie: string) =>
    cookie
      .split('; ')
      .slice(1)
      .map((flag) => flag.replace(/^(Expires|Max-Age)=.*/, '$1'))
      .sort();

  async function signInBehind(publicUrl: string | undefined): Promise<Browser> {
    const stage = await openSignInStage(openAny, { publicUrl });
    try {
      const browser = openBrowser(stage.target.url);
      const { username, password } = stage.target.owner;
      expect((await browser.signIn(username, password)).status).toBe(200);
      return browser;
    } finally {
      await stage.close();
    }
  }

  it('of a plain intranet: no script reads them, no other site’s form sends them', async () => {
    const { lastSet } = await signInBehind(undefined);
    expect(lastSet.map((cookie) => cookie.split('=')[0])).toEqual(['diemnong_session', 'diemnong_device']);
    for (const cookie of lastSet) expect(flagsOf(cookie)).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax']));
    expect(flagsOf(lastSet[0] ?? '')).toEqual(['Expires', 'HttpOnly', 'Path=/', 'SameSite=Lax']);
  });

  it('behind TLS: by encrypted connections only, and under a name that neighbours cannot set', async () => {
    const { lastSet } = await signInBehind('https://diemnong.example.vn');
    expect(lastSet.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-diemnong_session', 'diemnong_device']);
    expect(flagsOf(lastSet[0] ?? '')).toEqual(['Expires', 'HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(flagsOf(lastSet[1] ?? '')).toContain('Secure');
  });
});
