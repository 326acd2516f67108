import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestEmbedded, type TestDatabase } from '../support/database.ts';
import { startTestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

const assets = new URL('../../client/dist/assets/', import.meta.url);

describe('client files', () => {
  let db: TestDatabase;
  let app: Awaited<ReturnType<typeof startTestApp>>;

  beforeAll(async () => {
    if (!existsSync(assets)) throw new Error('the client is not built: `npm run build`');
    db = await openTestEmbedded();
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const script = readdirSync(assets).find((name) => /^index-.*\.js$/.test(name)) ?? '';

  it('sends the compressed twin with the type of the original, kept for a year', async () => {
    const plain = await fetch(`${app.url}/assets/${script}`, { headers: { 'Accept-Encoding': 'identity' } });
    const text = await plain.text();
    expect(plain.headers.get('content-encoding')).toBeNull();
    const small = await fetch(`${app.url}/assets/${script}`, { headers: { 'Accept-Encoding': 'br' } });
    expect(small.headers.get('content-encoding')).toBe('br');
    expect(small.headers.get('content-type')).toMatch(/javascript/);
    expect(small.headers.get('cache-control')).toContain('immutable');
    expect(small.headers.get('vary')).toContain('Accept-Encoding');
    expect(await small.text()).toBe(text);
    expect(Number(small.headers.get('content-length'))).toBeLessThan(text.length / 2);
  });

  it('answers any page address with the application, under a policy without inline code', async () => {
    for (const path of ['/', '/nhap-lieu', '/bat-dau']) {
      const answer = await fetch(`${app.url}${path}`);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'self';script-src 'self';style-src 'self'/,
      );
      expect(await answer.text()).not.toMatch(/<script>|<style>| style="/);
    }
  });

  it('says 404 as JSON for a file and a route that are not there, and never leaves its folder', async () => {
    for (const path of [
      '/assets/none.js',
      '/api/none',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%.js',
      '/assets/%00.js',
    ]) {
      const answer = await fetch(`${app.url}${path}`);
      expect(answer.status, path).toSatisfy((status: number) => status >= 400 && status < 500);
      expect(((await answer.json()) as { error: { code: string } }).error.code).toMatch(
        /not_found|invalid_input|forbidden/,
      );
    }
  });

  it('refuses a write that comes from another site', async () => {
    const answer = await fetch(`${app.url}/api/imports/${crypto.randomUUID()}/undo`, {
      method: 'POST',
      headers: { Origin: 'http://elsewhere.example' },
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } });
  });
});
