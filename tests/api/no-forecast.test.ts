import * as contracts from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openAny, type TestDatabase } from '../support/database.ts';
import { listRoutes } from '../support/running-routes.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

/** "Past-looking only" (domain.md): nothing here says what will happen, nor how likely a place or a person is to see it. */

let db: TestDatabase;
let app: TestApp;
beforeAll(async () => {
  db = await openAny();
  await fillSmallProvince(db);
  app = await startTestApp(createTestContext(db));
});
afterAll(async () => {
  await app?.close();
  await db?.close();
});

/**
 * Words for what is not there yet. A projector is one of the themes of charts; `at-risk` is the state of a target that chance alone
 * may have missed, and `atRisk` how many areas a survival curve still follows: both speak of what has been counted.
 */
const ofTheFuture =
  /^(?!at-?risk$).*(?:forecast|predict|project(?!or)|extrapolat|horizon|outlook|prognos|risk|likelihood|d[uự][ -_]?b[aá]o|rui[ -_]?ro)/i;

const endpoints = Object.entries(contracts as Record<string, unknown>).filter(
  (entry): entry is [string, contracts.Endpoint] =>
    typeof entry[1] === 'object' && entry[1] !== null && 'method' in entry[1] && 'path' in entry[1],
);

/** Every name that an endpoint says: its own, its path, and what it takes and answers, at every depth. */
function namesOf([name, { path, params, query, body, response }]: [string, contracts.Endpoint]): string[] {
  const schemas = [params, query, body, response].filter((schema) => schema !== undefined);
  return [
    name,
    path,
    ...schemas.flatMap((schema) => ['input', 'output'].flatMap((io) => wordsOf(schema, io as 'input'))),
  ];
}

function wordsOf(schema: z.ZodType, io: 'input' | 'output'): string[] {
  const words: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') words.push(...Object.keys(value as object));
      if (key === 'const' || key === 'enum') words.push(...[value].flat().map(String));
      visit(value);
    }
  };
  visit(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  return words;
}

it('has no route of the future', () => {
  const routes = listRoutes(app.application).map(({ name }) => name);
  expect(routes).toContain('GET /api/trends/cumulative');
  expect(routes).toContain('GET /api/hotspots');
  expect(routes.filter((name) => ofTheFuture.test(name))).toEqual([]);
});

it('has no contract that takes or answers the future', () => {
  expect(endpoints.length).toBeGreaterThan(50);
  const found = endpoints.flatMap((entry) => namesOf(entry).filter((word) => ofTheFuture.test(word)));
  expect(found).toEqual([]);
});

it('would find one', () => {
  const deep = z.object({ periods: z.array(z.object({ count: z.number(), predicted: z.number().nullable() })) });
  const planted: [string, contracts.Endpoint][] = [
    ['getForecast', { method: 'GET', path: '/api/trends', response: z.object({}) }],
    ['getNext', { method: 'GET', path: '/api/du-bao', response: z.object({}) }],
    ['getTrends', { method: 'GET', path: '/api/trends', response: deep }],
    [
      'getTrends',
      { method: 'GET', path: '/x', query: z.object({ kind: z.enum(['past', 'projection']) }), response: z.object({}) },
    ],
    ['getCells', { method: 'GET', path: '/x', response: z.object({ riskScore: z.number() }) }],
  ];
  for (const entry of planted) expect(namesOf(entry).some((word) => ofTheFuture.test(word))).toBe(true);
  for (const word of ['projector', 'at-risk', 'atRisk']) expect(ofTheFuture.test(word)).toBe(false);
  for (const word of ['risk', 'riskScore', 'atRiskOfMore', 'areaAtRisk']) expect(ofTheFuture.test(word)).toBe(true);
});

it('tells nothing of months after the last record but that they are empty', async () => {
  const { rows } = await db.knex.raw(
    `select (max((occurred_from at time zone 'Asia/Ho_Chi_Minh')::date) + 1)::text as until,
            (select to_hex(cell) from commune_cell where res = 8 and is_owned order by cell limit 1) as cell
     from incident`,
  );
  const { until, cell } = rows[0];
  const window = 'from=2023-01-01&to=2031-01-01';
  const queries: Record<string, string[]> = {
    '/api/trends': ['month', 'quarter', 'year', 'week', 'reporting'].flatMap((by) => [
      `${window}&by=${by}`,
      `${window}&by=${by}&align=lunar`,
    ]),
    '/api/trends/cumulative': ['year=2024', 'year=2025', 'year=2030', 'year=2030&by=reporting'],
    '/api/trends/season': [window],
    '/api/trends/groups': [`${window}&by=month`, `${window}&by=year`],
    '/api/trends/communes': [window, 'from=2029-01-01&to=2031-01-01'],
    '/api/trends/changes': [window, 'from=2026-01-01&to=2031-01-01'],
    '/api/trends/hour-weekday': [window],
    '/api/trends/concentration': [`${window}&res=8`],
    '/api/hotspots': [`${window}&res=8`],
    '/api/hotspots/:cell': [window],
  };
  const asked = endpoints.filter(([, { method, path }]) => method === 'GET' && /^\/api\/(trends|hotspots)/.test(path));
  expect(asked.length).toBeGreaterThanOrEqual(10);
  let later = 0;
  for (const [, endpoint] of asked)
    for (const query of queries[endpoint.path]) {
      const path = `${endpoint.path.replace(':cell', cell)}?${query}`;
      const { status, body } = await app.get<Record<string, unknown>>(path, endpoint);
      expect([path, status]).toEqual([path, 200]);
      // `until` of a year that has not begun is its first day: nothing in it was counted.
      if (typeof body.until === 'string') expect(body.until <= until || body.until === body.from).toBe(true);
      for (const part of partsOf(body)) {
        if (part === body || !isAfter(part, until)) continue;
        later++;
        expect([path, part, sayingsOf(part)]).toEqual([path, part, []]);
      }
    }
  expect(later).toBeGreaterThan(500);
});

/** Every object in an answer. */
function partsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(partsOf)];
}

/** Does a part of an answer tell of days after the last record? A point of a running total stands at the end of its days. */
function isAfter({ from, at, to }: Record<string, unknown>, until: string): boolean {
  const start = from ?? at;
  return typeof start === 'string' ? start >= until : typeof to === 'string' && to > until;
}

/** What is known of days to come: how many reports are missing, and the counts of the year before. */
const knownBefore = new Set(['previousYear', 'previous', 'goal', 'unreported', 'unreportedCommunes', 'communeMonths']);

/** Numbers other than zero, and ratios. */
function sayingsOf(part: Record<string, unknown>): string[] {
  return Object.entries(part)
    .filter(
      ([key, value]) =>
        !knownBefore.has(key) &&
        (typeof value === 'object' ? value !== null : typeof value === 'number' && value !== 0),
    )
    .map(([key]) => key);
}
