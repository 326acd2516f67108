import type { Endpoint } from '@diemnong/contracts';
import * as contracts from '@diemnong/contracts';
import type { z } from 'zod';
import type { SeededRandom } from '../support/seeded-random.ts';
import { hostileJson, hostileTexts, rawBodies, traversals } from './hostile-values.ts';

export type FuzzRequest = { method: string; path: string; headers: Record<string, string>; body?: string };

/** A route as the generator knows it: the names of its parameters, to be filled well and then broken. */
type FuzzRoute = { method: string; path: string; query: string[]; body: string[] | undefined };

/** Every endpoint of the contracts, and the routes that answer something else than JSON. */
export const fuzzRoutes: readonly FuzzRoute[] = [
  ...(Object.values(contracts) as unknown[]).filter(isEndpoint).map(describeEndpoint),
  ...[
    contracts.importEventsPath,
    contracts.importErrorsPath,
    contracts.areaListTemplatePath,
    contracts.areaExportPath,
    contracts.areaFilePath,
    contracts.oidcStartPath,
    contracts.oidcCallbackPath,
    '/tiles/:layer.json',
    '/tiles/:layer/:z/:x/:y.mvt',
    '/basemap.pmtiles',
    '/healthz',
    '/readyz',
    '/metrics',
  ].map((path) => ({ method: 'GET', path, query: ['v', 'next', 'code', 'state'], body: undefined })),
  { method: 'GET', path: contracts.auditExportPath, query: namesOf(contracts.AuditFilter), body: undefined },
  { method: 'GET', path: contracts.areasExportPath, query: namesOf(contracts.AreasExportQuery), body: undefined },
  {
    method: 'GET',
    path: contracts.chartPath,
    query: [
      ...namesOf(contracts.ChartLook),
      'from',
      'to',
      'by',
      'align',
      'year',
      'per',
      'res',
      'categories',
      'communes',
    ],
    body: undefined,
  },
];

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value;
}

function describeEndpoint({ method, path, query, body }: Endpoint): FuzzRoute {
  return { method, path, query: namesOf(query), body: body === undefined ? undefined : namesOf(body) };
}

function namesOf(schema: z.ZodType | undefined): string[] {
  return schema === undefined || !('shape' in schema) ? [] : Object.keys((schema as z.ZodObject).shape);
}

/** A value that each parameter is happy with, by its name. `ids` are of things that exist. */
function goodValue(name: string, ids: readonly string[], random: SeededRandom): unknown {
  const values: Record<string, unknown> = {
    id: random.pick(ids),
    cell: '884144d90bfffff',
    code: '10001',
    layer: 'communes',
    z: '10',
    x: '813',
    y: '451',
    from: '2022-01-01',
    to: '2023-01-01',
    res: '8',
    by: random.pick(['month', 'quarter', 'year', 'week', 'reporting']),
    weight: random.pick(['count', 'severity']),
    categories: 'theft,drugs',
    communes: '10001,10002',
    hours: '22,23,0',
    weekdays: '1,7',
    boundarySet: random.pick(['2025-07', '2009']),
    before: '10',
    action: 'import.committed',
    username: 'nobody',
    text: 'a',
    role: 'planner',
    displayName: 'A',
    provinceCode: '33',
    isSuspended: false,
    smallestCount: 3,
    reportingCutoffDay: 15,
    yearlyReductionPercent: 5,
    kind: random.pick(contracts.chartKinds),
    lang: random.pick(['vi', 'en']),
    theme: random.pick(['light', 'dark', 'projector', 'print']),
    width: '640',
    height: '320',
    year: '2023',
    per: random.pick(['population', 'area']),
    align: random.pick(['calendar', 'lunar']),
    measure: random.pick(['count', 'perKm2', 'per10k']),
    only: random.pick(['all', 'significant']),
    commune: '10001',
    month: '2025-06',
    decision: random.pick(['confirmed', 'dismissed']),
    reason: 'Lễ hội',
    state: 'open',
    mapping: { columns: { category: 'a' }, categories: { a: 'theft' } },
    crs: 'auto',
    name: 'Chợ Gạo',
    description: '',
    types: [1, 4],
    level: random.pick(contracts.areaLevels),
    place: random.pick([{ undrawnIn: '10001' }, { communeCode: '10002' }, { cells: ['8a4144d90b67fff'], snapM: 1 }]),
    proposedOn: '2024-01-01',
    revision: 1,
    asOf: '2024-06-30',
    cohort: random.pick(contracts.cohorts),
    file: random.pick(ids),
    on: '2024-02-01',
    type: random.pick([...contracts.areaEventTypes, 1, 4]),
    status: random.pick(contracts.areaStatuses),
    limit: '10',
    event: random.pick(ids),
    area: random.pick(ids),
    key: '4.9.2022-01-01.2023-01-01.0123456789abcdef',
    candidate: '4.9.2022-01-01.2023-01-01.0123456789abcdef',
    decided: '1',
    events: [random.pick(ids)],
    areas: [random.pick(ids), random.pick(ids)],
    parts: ['A1', 'B1'].map((part) => ({ name: part, place: { undrawnIn: '10001' } })),
    rules: contracts.defaultAreaRules,
    province: random.pick(['33', '99']),
    decisionNumber: '12/QĐ-UBND',
    decisionDate: '2024-01-31',
  };
  return values[name] ?? 'x';
}

/** One request with up to three things wrong with it; one in eight is a path out of the folder of files. */
export function makeRequest(random: SeededRandom, ids: readonly string[]): FuzzRequest {
  if (random.chance(0.125)) return { method: 'GET', path: random.pick(traversals), headers: {} };
  const route = random.pick(fuzzRoutes);
  const breaks = 1 + random.integer(3);
  const isBroken = () => random.chance(breaks / 4);
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    toUrl(isBroken() ? random.pick(hostileTexts) : String(goodValue(name, ids, random)), random),
  );
  const pairs = route.query
    .filter(() => !random.chance(0.1))
    .flatMap((name) => {
      const value = isBroken() ? random.pick(hostileTexts) : String(goodValue(name, ids, random));
      const pair = `${random.chance(0.05) ? `${name}${random.pick(['[]', '[0]', '[__proto__]', '.a'])}` : name}=${toUrl(value, random)}`;
      return random.chance(0.1) ? [pair, `${name}=${toUrl(random.pick(hostileTexts), random)}`] : [pair];
    });
  if (random.chance(0.1))
    pairs.push(random.pick(['__proto__[polluted]=1', 'constructor.prototype.polluted=1', '&&=', '%', 'a=%zz']));
  const method = random.chance(0.03) ? random.pick(['PUT', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND']) : route.method;
  const request: FuzzRequest = {
    method,
    path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: hostileHeaders(random),
  };
  if (route.body !== undefined || random.chance(0.05)) {
    request.headers['content-type'] ??= 'application/json';
    request.body = makeBody(route.body ?? ['x'], random, ids, isBroken);
  }
  return request;
}

function makeBody(names: string[], random: SeededRandom, ids: readonly string[], isBroken: () => boolean): string {
  if (random.chance(0.2)) return random.pick(rawBodies);
  const entries = names
    .filter(() => !random.chance(0.2))
    .map((name) => {
      if (!isBroken()) return [name, goodValue(name, ids, random)];
      return [name, random.chance(0.5) ? random.pick(hostileTexts) : random.pick(hostileJson)];
    });
  if (random.chance(0.1)) entries.push([random.pick(['isDemo', 'passwordHash', 'accountId', 'scope']), 'x']);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Escaped, or as it is where a request line can hold it, or escaped twice. */
function toUrl(text: string, random: SeededRandom): string {
  const escaped = encodeURIComponent(text.toWellFormed());
  const way = random.integer(10);
  if (way === 0) return encodeURIComponent(escaped);
  if (way <= 2)
    return Array.from(text.toWellFormed(), (sign) =>
      /^[\u0021-\u007e]$/.test(sign) && !'?#&'.includes(sign) ? sign : encodeURIComponent(sign),
    ).join('');
  return escaped;
}

function hostileHeaders(random: SeededRandom): Record<string, string> {
  if (!random.chance(0.25)) return {};
  const all: Record<string, string>[] = [
    { accept: 'application/octet-stream' },
    { accept: `${'a/b,'.repeat(1000)}*/*` },
    { 'accept-encoding': 'br;q=x, gzip;q=-1' },
    { 'if-none-match': '*' },
    { 'if-none-match': 'W/"'.repeat(500) },
    { range: 'bytes=0-0,-1,5-2,99999999999999999999-' },
    { 'content-type': 'application/json; charset=utf-7' },
    { 'content-type': 'multipart/form-data; boundary=' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'nonsense' },
    { 'x-forwarded-for': "1.1.1.1, ' or 1=1" },
    { 'x-forwarded-host': 'evil.example' },
    { host: 'evil.example' },
    { 'user-agent': '\u00ff'.repeat(2000) },
    { authorization: 'Bearer ' + 'A'.repeat(4000) },
    { origin: 'null' },
    { referer: 'javascript:alert(1)' },
  ];
  return { ...random.pick(all) };
}
