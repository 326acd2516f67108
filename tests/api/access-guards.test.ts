import { METHODS } from 'node:http';
import type { Permission } from '@diemnong/contracts';
import type { RequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow } from '../../server/src/http/identify.ts';
import {
  accessMatrix,
  expectedStatus,
  type IdentityName,
  identities,
  type MatrixRow,
} from '../support/access-matrix.ts';
import { type AccessStage, askRoute, openAccessStage } from '../support/access-stage.ts';
import { openTestEmbedded } from '../support/database.ts';
import { type RawAnswer, rawRequest } from '../support/raw-request.ts';
import { listRoutes, type RouteStep } from '../support/running-routes.ts';

const isPublic = ({ cells }: MatrixRow) => cells.every((cell) => cell === 'may');
const guarded = accessMatrix.filter((row) => !isPublic(row));
const isForSome = ({ cells }: MatrixRow) => cells.includes(403);

let stage: AccessStage;
beforeAll(async () => {
  stage = await openAccessStage(openTestEmbedded);
});
afterAll(() => stage?.close());

/** Run `work` while another handler stands in the place of a route's guard. */
async function withGuard<Result>(route: string, guard: RequestHandler, work: () => Promise<Result>): Promise<Result> {
  const steps = stepsOf(route);
  expect(steps, `${route}: a guard, then the handler`).toHaveLength(2);
  const [step] = steps as [RouteStep, RouteStep];
  const { handle } = step;
  step.handle = guard;
  try {
    return await work();
  } finally {
    step.handle = handle;
  }
}

function stepsOf(route: string): RouteStep[] {
  return listRoutes(stage.app.application).find(({ name }) => name === route)?.steps ?? [];
}

/** Identities whose answer is not the one of the matrix. */
async function differences(row: MatrixRow): Promise<IdentityName[]> {
  const found: IdentityName[] = [];
  for (const name of identities) {
    const status = await askRoute(stage, row, await stage.askerFor(row, name));
    if (status !== expectedStatus(row, name)) found.push(name);
  }
  return found;
}

describe('each guard taken away turns the matrix red', () => {
  it.each(guarded)('$route without any guard', async (row) => {
    const noticed = await withGuard(
      row.route,
      (_request, _response, next) => next(),
      () => differences(row),
    );
    expect(noticed).toEqual(expect.arrayContaining(['nobody', 'expired', 'suspended', 'passwordDue']));
  });

  it.each(guarded.filter(isForSome))('$route with the guard of one’s own session', async (row) => {
    const lenient = allow(stage.context, 'session' satisfies Permission);
    const noticed = await withGuard(row.route, lenient, () => differences(row));
    const isSessionRoute = row.cells[identities.indexOf('passwordDue')] === 'may';
    const refused = identities.filter(
      (name) => expectedStatus(row, name) === 403 && !row.refusedByHandler?.includes(name),
    );
    expect(noticed).toEqual(isSessionRoute ? [] : refused);
  });

  it('and in its place the matrix is green', async () => {
    for (const row of guarded.slice(0, 3)) expect(await differences(row)).toEqual([]);
  });
});

describe('other ways to write an address', () => {
  /** What nobody may be given: anything but a refusal, or the empty application itself. */
  const isRefused = ({ status, headers, body }: RawAnswer) =>
    status >= 300 || (String(headers['content-type']).startsWith('text/html') && body.includes('<div id="root">'));

  const variants: Record<string, (path: string) => string> = {
    'with a slash at the end': (path) => path.replace(/(\?|$)/, '/$1'),
    'in capitals': (path) => path.toUpperCase(),
    'mixed case': (path) => path.replace('api', 'aPi').replace('tiles', 'Tiles'),
    'first letter escaped': (path) =>
      path.replace(/^\/(.)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`),
    'slash escaped': (path) => path.replace(/^\/(\w+)\//, '/$1%2f'),
    'two slashes': (path) => `/${path}`,
    'two slashes within': (path) => path.replace(/^\/(\w+)\//, '/$1//'),
    'out and in again': (path) => `/assets/..${path}`,
    'dot segment': (path) => `/.${path}`,
    'back slashes': (path) => path.replaceAll('/', '\\'),
    'NUL at the end': (path) => path.replace(/(\?|$)/, '%00$1'),
    'absolute form': (path) => `http://localhost${path}`,
    semicolon: (path) => path.replace(/(\?|$)/, ';jsessionid=1$1'),
    'a suffix': (path) => path.replace(/(\?|$)/, '.json$1'),
  };

  it.each(guarded.filter(({ route }) => route.startsWith('GET ')))(
    '$route: none shows nobody anything',
    async (row) => {
      const { path } = await row.ask(stage, await stage.askerFor(row, 'nobody'));
      for (const [name, write] of Object.entries(variants)) {
        const answer = await rawRequest(stage.app.url, { path: write(path) });
        expect(isRefused(answer), `${name}: ${write(path)} → ${answer.status} ${answer.body.slice(0, 100)}`).toBe(true);
      }
    },
  );

  it.each(guarded)('$route: no method opens it to nobody, and none claimed in a header', async (row) => {
    const [own, pattern] = row.route.split(' ') as [string, string];
    const { path } = await row.ask(stage, await stage.askerFor(row, 'nobody'));
    const others = METHODS.filter((method) => method !== 'CONNECT' && method !== own);
    for (const method of others) {
      const isAnotherRoute = accessMatrix.some((other) => other.route === `${method} ${pattern}` && isPublic(other));
      if (isAnotherRoute) continue;
      const answer = await rawRequest(stage.app.url, {
        method,
        path,
        headers: { 'x-http-method-override': own, 'x-method-override': own },
      });
      expect(answer.status >= 400, `${method} ${path} → ${answer.status}`).toBe(true);
    }
  });

  it('HEAD asks what GET asks', async () => {
    for (const row of accessMatrix.filter(({ route }) => route.startsWith('GET '))) {
      const asker = await stage.askerFor(row, 'viewer');
      const { path } = await row.ask(stage, asker);
      const head = await asker.fetch(path, { method: 'HEAD', redirect: 'manual' });
      expect([row.route, head.status]).toEqual([row.route, expectedStatus(row, 'viewer')]);
    }
  });

  it('control: what is refused is recognised', async () => {
    const admin = await stage.enter('admin');
    const answer = await admin.fetch('/API/META/');
    const open = { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
    expect(open.status).toBe(200);
    expect(isRefused(open)).toBe(false);
  });
});
