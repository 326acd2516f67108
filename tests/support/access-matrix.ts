import { randomInt, randomUUID } from 'node:crypto';
import { defaultAreaRules } from '@diemnong/contracts';
import type { AccessStage, Asker } from './access-stage.ts';

/** Everybody who can ask, in the order of the matrix's columns. */
export const identities = [
  'nobody',
  'expired',
  'suspended',
  'passwordDue',
  'operator',
  'admin',
  'province',
  'planner',
  'commune',
  'otherCommune',
  'viewer',
] as const;
export type IdentityName = (typeof identities)[number];

/** Communes of the small province: the one whose records are asked for, and the one of `otherCommune`. */
export const OWN_COMMUNE = '10001';
export const OTHER_COMMUNE = '10002';

/** What one identity gets at one route: through the guard, or refused with this status. */
export type Cell = 'may' | 401 | 403 | 404;

/** In the order of `identities`. */
type Cells = readonly [
  nobody: Cell,
  expired: Cell,
  suspended: Cell,
  passwordDue: Cell,
  operator: Cell,
  admin: Cell,
  province: Cell,
  planner: Cell,
  commune: Cell,
  otherCommune: Cell,
  viewer: Cell,
];

export type MatrixRow = {
  /** As the router names it. */
  route: string;
  cells: Cells;
  /** The status of those who may, for the request below: it need not be well made, only reach the handler. */
  answer: number;
  ask: (stage: AccessStage, asker: Asker) => Request | Promise<Request>;
  /** Whom the handler itself refuses, whatever the guard says. */
  refusedByHandler?: readonly IdentityName[];
  /** The request ends its own session, or changes what it asks for: each identity is made anew for it. */
  spends?: true;
};
type Request = { path: string; body?: unknown };

const to =
  (path: string, body?: unknown): MatrixRow['ask'] =>
  () => ({ path, body });
const year = 'from=2022-01-01&to=2023-01-01';
const missing = '00000000-0000-4000-8000-00000000dead';
const newAccount = () => ({
  username: `a${randomUUID().slice(0, 8)}`,
  displayName: 'A',
  role: 'planner',
  provinceCode: '33',
});

/** An open alert of `OWN_COMMUNE`, which may be decided. */
async function newAlert({ db }: AccessStage): Promise<string> {
  const id = randomUUID();
  await db.knex('alert').insert({
    id,
    province_code: '33',
    commune_code: OWN_COMMUNE,
    month: '2024-12-01',
    category: id,
    count: 9,
    expected: 2,
    upper: 5,
    p: 0.001,
    rule: 'x',
    data_version: 1,
  });
  return id;
}

/** An area of `OWN_COMMUNE` without any step. */
async function newArea({ db }: AccessStage): Promise<string> {
  const id = randomUUID();
  const area = {
    province_code: '33',
    commune_code: OWN_COMMUNE,
    commune_codes: [OWN_COMMUNE],
    name: 'Chợ',
    types: [1],
    level: 'province',
  };
  await db.knex('area').insert({ ...area, id, number: randomInt(1_000_000, 2_000_000_000), origin: 'list' });
  const revision = { revision: 1, description: '', cells: [], reason: '', username: 'x' };
  await db.knex('area_revision').insert({ ...area, ...revision, area_id: id });
  return id;
}

/** The address of a file of such an area. */
async function newAreaFile(stage: AccessStage): Promise<string> {
  const area = await newArea(stage);
  return `/api/areas/${area}/files/${await stage.newFile(area)}`;
}

/** A listing of such an area, which waits for a second person. */
async function newListing(stage: AccessStage): Promise<{ area: string; event: string }> {
  const area = await newArea(stage);
  const event = randomUUID();
  const step = { area_id: area, province_code: '33', commune_code: OWN_COMMUNE, username: 'x' };
  await stage.db.knex('area_event').insert([
    { ...step, id: randomUUID(), type: 'proposed', on_date: '2024-01-01', needs_approval: false },
    { ...step, id: event, type: 'listed', on_date: '2024-02-01', year: 2024, needs_approval: true },
  ]);
  return { area, event };
}

/** An open review task of such an area, which may be decided. */
async function newAreaTask(stage: AccessStage): Promise<string> {
  return stage.newTask(await newArea(stage));
}

const all: Cells = ['may', 'may', 'may', 'may', 'may', 'may', 'may', 'may', 'may', 'may', 'may'];

/**
 * THE access table: every route as everybody. A route without a line here, or a line without a route, fails
 * tests/api/access-matrix.test.ts; docs/access.md is written from it (`npm run access-page`).
 */
export const accessMatrix: readonly MatrixRow[] = [
  //        nobody, expired, suspended, passwordDue, operator, admin, province, planner, commune, otherCommune, viewer
  { route: 'GET /healthz', cells: all, answer: 200, ask: to('/healthz') },
  { route: 'GET /readyz', cells: all, answer: 200, ask: to('/readyz') },
  { route: 'GET /metrics', cells: all, answer: 200, ask: to('/metrics') },
  { route: 'GET /api/sign-in', cells: all, answer: 200, ask: to('/api/sign-in') },
  { route: 'POST /api/session', cells: all, answer: 400, ask: to('/api/session', {}) },
  { route: 'DELETE /api/session', cells: all, answer: 200, ask: to('/api/session'), spends: true },
  { route: 'GET /api/session/oidc', cells: all, answer: 404, ask: to('/api/session/oidc') },
  { route: 'GET /api/session/oidc/callback', cells: all, answer: 302, ask: to('/api/session/oidc/callback') },
  {
    route: 'GET /api/session',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/api/session'),
  },
  {
    route: 'POST /api/session/password',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 409, // these accounts have no password
    ask: to('/api/session/password', { current: 'x', next: 'y' }),
  },
  {
    route: 'POST /api/session/totp',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 409,
    ask: to('/api/session/totp', { password: 'x' }),
  },
  {
    route: 'POST /api/session/totp/confirm',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 409,
    ask: to('/api/session/totp/confirm', { code: '000000' }),
  },
  {
    route: 'DELETE /api/session/totp',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 409,
    ask: to('/api/session/totp', { password: 'x' }),
  },
  {
    route: 'GET /api/sessions',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/api/sessions'),
  },
  {
    route: 'DELETE /api/sessions/:id',
    cells: [401, 401, 401, 'may', 403, 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: (_, { sessionId }) => ({ path: `/api/sessions/${sessionId ?? missing}` }),
    spends: true,
  },
  {
    route: 'GET /api/accounts',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/accounts'),
  },
  {
    route: 'POST /api/accounts',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 201,
    ask: () => ({ path: '/api/accounts', body: newAccount() }),
  },
  {
    route: 'PATCH /api/accounts/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/accounts/${await stage.newAccount()}`, body: { displayName: 'B' } }),
  },
  {
    route: 'POST /api/accounts/:id/password',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/accounts/${await stage.newAccount()}/password` }),
  },
  {
    route: 'GET /api/accounts/:id/sessions',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/accounts/${await stage.newAccount()}/sessions` }),
  },
  {
    route: 'DELETE /api/accounts/:id/sessions',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/accounts/${await stage.newAccount()}/sessions` }),
  },
  {
    route: 'GET /api/audit',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/audit'),
  },
  {
    route: 'POST /api/audit/verify',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/audit/verify'),
  },
  {
    route: 'GET /api/audit.xlsx',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/audit.xlsx'),
  },
  {
    route: 'GET /api/settings',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/settings'),
  },
  {
    route: 'PATCH /api/settings',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/settings', {}),
  },
  {
    route: 'GET /api/meta',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/api/meta'),
  },
  {
    route: 'GET /api/communes',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/api/communes'),
  },
  {
    route: 'GET /api/communes/counts',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to(`/api/communes/counts?${year}`),
  },
  {
    route: 'GET /api/communes/:code',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 'may'],
    answer: 200,
    ask: to(`/api/communes/${OWN_COMMUNE}?${year}`),
  },
  {
    route: 'GET /api/hexes',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to(`/api/hexes?${year}&res=8`),
  },
  {
    route: 'GET /api/hexes/:cell',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to(`/api/hexes/884144d90bfffff?${year}`),
  },
  {
    route: 'GET /api/hotspots',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/hotspots?${year}&res=8`),
  },
  {
    route: 'GET /api/hotspots/:cell',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: to(`/api/hotspots/88414354c7fffff?${year}`), // of `OWN_COMMUNE`
  },
  {
    route: 'GET /api/trends',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to(`/api/trends?${year}&by=month`),
  },
  {
    route: 'GET /api/trends/cumulative',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/trends/cumulative?year=2022'),
  },
  {
    route: 'GET /api/trends/season',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/season?${year}`),
  },
  {
    route: 'GET /api/trends/groups',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/groups?${year}`),
  },
  {
    route: 'GET /api/trends/communes',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/communes?${year}`),
  },
  {
    route: 'GET /api/trends/changes',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/changes?${year}`),
  },
  {
    route: 'GET /api/trends/hour-weekday',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/hour-weekday?${year}`),
  },
  {
    route: 'GET /api/trends/concentration',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/trends/concentration?${year}&res=8`),
  },
  {
    route: 'GET /api/charts/:kind.svg',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/charts/periods.svg?${year}&by=month`),
  },
  {
    route: 'GET /api/reporting',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/reporting?${year}`),
  },
  {
    route: 'POST /api/reporting/:commune/:month',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: to(`/api/reporting/${OWN_COMMUNE}/2025-06`), // after the last record
  },
  {
    route: 'DELETE /api/reporting/:commune/:month',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: async (stage) => {
      const place = { province_code: '33', commune_code: OWN_COMMUNE, month: '2025-07-01' };
      await stage.db
        .knex('report_confirmation')
        .insert({ ...place, username: 'x' })
        .onConflict()
        .ignore();
      return { path: `/api/reporting/${OWN_COMMUNE}/2025-07` };
    },
  },
  {
    route: 'GET /api/alerts',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/alerts'),
  },
  {
    route: 'GET /api/alerts/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/alerts/${await newAlert(stage)}` }),
  },
  {
    route: 'PATCH /api/alerts/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({
      path: `/api/alerts/${await newAlert(stage)}`,
      body: { decision: 'dismissed', reason: 'Lễ hội' },
    }),
  },
  {
    route: 'GET /api/areas',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/areas'),
  },
  {
    route: 'POST /api/areas',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 201,
    ask: to('/api/areas', { name: 'Chợ', types: [1], place: { undrawnIn: OWN_COMMUNE } }),
  },
  {
    route: 'GET /api/areas/shapes',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/areas/shapes'),
  },
  {
    route: 'GET /api/areas/rules',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/areas/rules?year=2024'),
  },
  {
    route: 'POST /api/areas/rules',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 200,
    ask: to('/api/areas/rules', { year: 2024, rules: defaultAreaRules }),
  },
  {
    route: 'GET /api/areas/pending',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/areas/pending'),
  },
  {
    route: 'POST /api/areas/pending/approve',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 200,
    ask: to('/api/areas/pending/approve', { events: [missing] }),
  },
  {
    route: 'POST /api/areas/merge',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 409, // no steps yet
    ask: async (stage) => ({
      path: '/api/areas/merge',
      body: { on: '2024-01-01', reason: 'Liền nhau', name: 'Chợ', areas: [await newArea(stage), await newArea(stage)] },
    }),
  },
  {
    route: 'GET /api/areas/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/areas/${await newArea(stage)}` }),
  },
  {
    route: 'PATCH /api/areas/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({
      path: `/api/areas/${await newArea(stage)}`,
      body: { revision: 1, reason: 'Theo khảo sát', name: 'Bến xe' },
    }),
  },
  {
    route: 'POST /api/areas/:id/split',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 409, // no steps yet
    ask: async (stage) => ({
      path: `/api/areas/${await newArea(stage)}/split`,
      body: {
        on: '2024-01-01',
        reason: 'Khác tính chất',
        parts: ['A', 'B'].map((name) => ({ name: `Chợ ${name}`, place: { undrawnIn: OWN_COMMUNE } })),
      },
    }),
  },
  {
    route: 'POST /api/areas/:id/events',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 201,
    ask: async (stage) => ({
      path: `/api/areas/${await newArea(stage)}/events`,
      body: { type: 'proposed', on: '2024-01-01' },
    }),
  },
  {
    // The operator has no account, and the second person must be one.
    route: 'POST /api/areas/:id/events/:event/approve',
    cells: [401, 401, 401, 403, 403, 'may', 'may', 'may', 403, 403, 403],
    refusedByHandler: ['operator'],
    answer: 200,
    ask: async (stage) => {
      const { area, event } = await newListing(stage);
      return { path: `/api/areas/${area}/events/${event}/approve`, body: {} };
    },
  },
  {
    route: 'GET /api/targets',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/targets?year=2024'),
  },
  {
    route: 'POST /api/area-lists',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 400, // no upload
    ask: to('/api/area-lists', {}),
  },
  {
    route: 'GET /api/area-lists/template.xlsx',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 200,
    ask: to('/api/area-lists/template.xlsx'),
  },
  {
    route: 'GET /api/areas.xlsx',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/areas.xlsx'),
  },
  {
    route: 'GET /api/areas/:id/sheet.xlsx',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: ({ area }) => ({ path: `/api/areas/${area}/sheet.xlsx` }),
  },
  {
    route: 'POST /api/areas/:id/files',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 400, // no upload
    ask: async (stage) => ({ path: `/api/areas/${await newArea(stage)}/files`, body: {} }),
  },
  {
    route: 'GET /api/areas/:id/files/:file',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: async (stage) => ({ path: await newAreaFile(stage) }),
  },
  {
    route: 'GET /api/areas/:id/evidence',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: ({ area }) => ({ path: `/api/areas/${area}/evidence` }),
  },
  {
    route: 'GET /api/targets/readings',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/targets/readings?year=2024'),
  },
  {
    route: 'GET /api/area-tasks',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to('/api/area-tasks'),
  },
  {
    route: 'GET /api/area-tasks/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 404, 403],
    answer: 200,
    ask: ({ task }) => ({ path: `/api/area-tasks/${task}` }),
  },
  {
    route: 'PATCH /api/area-tasks/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 200,
    ask: async (stage) => ({
      path: `/api/area-tasks/${await newAreaTask(stage)}`,
      body: { decision: 'dismissed', reason: 'Lễ hội' },
    }),
  },
  {
    route: 'GET /api/area-candidates',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 403],
    answer: 200,
    ask: to(`/api/area-candidates?${year}`),
  },
  {
    route: 'POST /api/area-candidates/refuse',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 403, 403, 403],
    answer: 409, // no such suggestion
    ask: to('/api/area-candidates/refuse', {
      key: '1.9.2022-01-01.2023-01-01.0123456789abcdef',
      from: '2022-01-01',
      to: '2023-01-01',
      res: 9,
      type: 1,
      reason: 'Lễ hội',
    }),
  },
  {
    route: 'POST /api/boundary-imports',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 400,
    ask: to('/api/boundary-imports', {}),
  },
  {
    route: 'GET /api/boundary-imports/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 403, 403, 403, 403, 403],
    answer: 404,
    ask: to(`/api/boundary-imports/${missing}`),
  },
  {
    route: 'POST /api/imports',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 'may', 403],
    answer: 400,
    ask: to('/api/imports', {}),
  },
  {
    route: 'GET /api/imports',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 'may', 403],
    answer: 200,
    ask: to('/api/imports'),
  },
  {
    route: 'GET /api/imports/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: ({ batch }) => ({ path: `/api/imports/${batch}` }),
  },
  {
    route: 'GET /api/imports/:id/preview',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: ({ batch }) => ({ path: `/api/imports/${batch}/preview` }),
  },
  {
    route: 'POST /api/imports/:id/remap',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 409, // its file is no longer kept
    ask: ({ batch }) => ({ path: `/api/imports/${batch}/remap`, body: {} }),
  },
  {
    route: 'POST /api/imports/:id/commit',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 409, // refused
    ask: async (stage) => ({ path: `/api/imports/${await stage.newBatch()}/commit` }),
  },
  {
    route: 'POST /api/imports/:id/undo',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 409, // not committed
    ask: async (stage) => ({ path: `/api/imports/${await stage.newBatch()}/undo` }),
  },
  {
    route: 'DELETE /api/imports/:id',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: async (stage) => ({ path: `/api/imports/${await stage.newBatch()}` }),
  },
  {
    route: 'GET /api/imports/:id/events',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: ({ batch }) => ({ path: `/api/imports/${batch}/events` }),
  },
  {
    route: 'GET /api/imports/:id/errors.xlsx',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 403, 'may', 404, 403],
    answer: 200,
    ask: ({ batch }) => ({ path: `/api/imports/${batch}/errors.xlsx` }),
  },
  {
    route: 'GET /tiles/:layer.json',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/tiles/basemap.json'),
  },
  {
    route: 'GET /tiles/:layer/:z/:x/:y.mvt',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/tiles/communes/10/813/451.mvt'),
  },
  {
    route: 'GET /basemap.pmtiles',
    cells: [401, 401, 401, 403, 'may', 'may', 'may', 'may', 'may', 'may', 'may'],
    answer: 200,
    ask: to('/basemap.pmtiles'),
  },
];

export function expectedStatus({ cells, answer }: MatrixRow, name: IdentityName): number {
  const cell = cells[identities.indexOf(name)];
  return cell === 'may' ? answer : cell;
}

/** Handlers mounted before and after the routes, in order; another one would answer, or let through, unseen. */
export const mounts = [
  '/', // security headers
  '/api', // origin check
  '/api', // JSON bodies
  '/api', // unknown route
  '/', // the built client
  '/', // errors
];
