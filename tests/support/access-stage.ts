import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Role } from '@diemnong/contracts';
import type { AppContext } from '../../server/src/app-context.ts';
import { type IdentityName, type MatrixRow, OTHER_COMMUNE, OWN_COMMUNE } from './access-matrix.ts';
import type { TestDatabase } from './database.ts';
import { fillSmallProvince } from './small-province.ts';
import { startTestApp, type TestApp, type TestVisitor } from './test-app.ts';
import { createTestContext } from './test-context.ts';

/** Somebody to ask as: what the browser, or the chore, sends. */
export type Asker = Pick<TestVisitor, 'accountId' | 'sessionId' | 'fetch'>;

/** The small province with records of one commune's own, and everybody who may want them. */
export type AccessStage = {
  db: TestDatabase;
  app: TestApp;
  context: AppContext;
  /** Somebody new of this kind, signed in. */
  enter(name: IdentityName): Promise<Asker>;
  /** Somebody of this kind for a line of the matrix: new only when the request spends them. */
  askerFor(row: MatrixRow, name: IdentityName): Promise<Asker>;
  /** A committed batch of `OWN_COMMUNE` with a rejected row. */
  batch: string;
  /** An area of `OWN_COMMUNE`, proposed. */
  area: string;
  /** A file of that area. */
  file: string;
  /** The same of another area, made for this call. */
  newFile(area: string): Promise<string>;
  /** An open review task of that area. */
  task: string;
  /** The same of another area, made for this call: it may be decided. */
  newTask(area: string): Promise<string>;
  /** A refused batch of `OWN_COMMUNE`, made for this call: it may be dropped. */
  newBatch(): Promise<string>;
  /** An account of `OWN_COMMUNE`, made for this call: it may be changed. */
  newAccount(): Promise<string>;
  close(): Promise<void>;
};

/** Any file stands for a map. */
const basemap = fileURLToPath(new URL('../../LICENSE', import.meta.url));

export async function openAccessStage(open: () => Promise<TestDatabase>): Promise<AccessStage> {
  const db = await open();
  await fillSmallProvince(db);
  await db.knex('office').insert([
    { province_code: '33', code: 'CAX-OWN', name: 'Công an xã', commune_code: OWN_COMMUNE },
    { province_code: '33', code: 'CAX-OTHER', name: 'Công an xã khác', commune_code: OTHER_COMMUNE },
  ]);
  const context = createTestContext(db, {}, { basemap });
  const app = await startTestApp(context);
  const newBatch = (state = 'refused') => insertBatch(db, state);
  const batch = await newBatch('committed');
  const area = await insertArea(db);
  const enter = (name: IdentityName) => enterAs(app, db, name);
  const known = new Map<IdentityName, Asker>();
  return {
    db,
    app,
    context,
    enter,
    askerFor: async ({ spends }, name) => {
      const asker = (spends ? undefined : known.get(name)) ?? (await enter(name));
      if (!spends) known.set(name, asker);
      return asker;
    },
    batch,
    area,
    file: await insertAreaFile(db, area),
    newFile: (id) => insertAreaFile(db, id),
    task: await insertTask(db, area),
    newTask: (id) => insertTask(db, id),
    newBatch,
    newAccount: async () => (await enter('commune')).accountId ?? '',
    close: async () => {
      await app.close();
      await db.close();
    },
  };
}

/** Make the request of a line of the matrix. @returns the status. */
export async function askRoute(stage: AccessStage, row: MatrixRow, asker: Asker): Promise<number> {
  const { path, body } = await row.ask(stage, asker);
  const answer = await asker.fetch(path, {
    method: row.route.split(' ')[0],
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

const roleOf: Record<IdentityName, Role> = {
  nobody: 'viewer',
  expired: 'admin',
  suspended: 'admin',
  passwordDue: 'admin',
  operator: 'admin',
  admin: 'admin',
  province: 'province',
  planner: 'planner',
  commune: 'commune',
  otherCommune: 'commune',
  viewer: 'viewer',
};

async function enterAs(app: TestApp, db: TestDatabase, name: IdentityName): Promise<Asker> {
  if (name === 'nobody') return app.nobody;
  if (name === 'operator') return operatorOf(app);
  const isOwn = name === 'commune';
  const visitor = await app.as(roleOf[name], {
    isSuspended: name === 'suspended',
    lastsSeconds: name === 'expired' ? -1 : 3600,
    ...(roleOf[name] === 'commune'
      ? { commune: isOwn ? OWN_COMMUNE : OTHER_COMMUNE, office: isOwn ? 'CAX-OWN' : 'CAX-OTHER' }
      : {}),
  });
  if (name === 'passwordDue') {
    await db.knex('account').where({ id: visitor.accountId }).update({ must_change_password: true });
    await db.knex('data_version').update({ access: db.knex.raw('access + 1') });
    await app.context.sessions.reload();
  }
  return visitor;
}

function operatorOf({ url, context }: TestApp): Asker {
  return {
    accountId: undefined,
    sessionId: undefined,
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${context.secrets.operatorKey}`);
      return fetch(url + path, { ...init, headers });
    },
  };
}

async function insertBatch({ knex }: TestDatabase, state: string): Promise<string> {
  const id = randomUUID();
  const place = { province_code: '33', commune_code: OWN_COMMUNE };
  await knex('import_batch').insert({
    ...place,
    id,
    office: 'CAX-OWN',
    kind: 'incidents',
    state,
    file_name: 'xa.csv',
    file_bytes: 100,
    summary: JSON.stringify({ rows: 1, accepted: 0, rejected: 1 }),
  });
  await knex('import_row_error').insert({
    ...place,
    batch_id: id,
    row_number: 2,
    code: 'date',
    fields: ['occurredFrom'],
    reasons: ['ngày sai'],
    row_values: ['=1+1'],
  });
  return id;
}

async function insertArea({ knex }: TestDatabase): Promise<string> {
  const id = randomUUID();
  const place = { province_code: '33', commune_code: OWN_COMMUNE };
  const area = { ...place, commune_codes: [OWN_COMMUNE], name: 'Chợ', types: [1], level: 'province' };
  await knex('area').insert({ ...area, id, number: 1, origin: 'list' });
  await knex('area_revision').insert({
    ...area,
    area_id: id,
    revision: 1,
    description: '',
    cells: [],
    reason: '',
    username: 'x',
  });
  const step = { ...place, area_id: id, on_date: '2024-01-01', username: 'x' };
  await knex('area_event').insert({ ...step, id: randomUUID(), type: 'proposed', needs_approval: false });
  return id;
}

async function insertAreaFile({ knex }: TestDatabase, area: string): Promise<string> {
  const id = randomUUID();
  const content = Buffer.from('%PDF-1.7 %%EOF');
  await knex('area_file').insert({
    id,
    area_id: area,
    province_code: '33',
    commune_code: OWN_COMMUNE,
    name: 'qd.pdf',
    media_type: 'application/pdf',
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    content,
    username: 'x',
  });
  return id;
}

async function insertTask({ knex }: TestDatabase, area: string): Promise<string> {
  const id = randomUUID();
  await knex('area_task').insert({
    id,
    area_id: area,
    province_code: '33',
    commune_code: OWN_COMMUNE,
    rule: 'x',
    data_version: 1,
    window_from: '2024-10-01',
    window_to: '2025-01-01',
    window_count: 9,
    window_days: 92,
    baseline_from: '2022-01-01',
    baseline_to: '2023-01-01',
    baseline_count: 9,
    baseline_days: 92,
  });
  return id;
}
