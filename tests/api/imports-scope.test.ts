import { randomUUID } from 'node:crypto';
import type { ImportBatch, listImports, ResponseOf } from '@diemnong/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { boardOf } from '../../server/src/features/imports/job-board.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp, type TestVisitor } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';
import { fillThreeCommunes, importDesk, officeFile } from './imports-support.ts';

/** The controls of this file take a guard away: what is held in memory is then checked by nobody. */
const memory = vi.hoisted(() => ({ isUnguarded: false }));
vi.mock('../../server/src/access/scope.ts', async (original) => {
  const scope = await original<typeof import('../../server/src/access/scope.ts')>();
  return {
    ...scope,
    reaches: (...given: Parameters<typeof scope.reaches>) => memory.isUnguarded || scope.reaches(...given),
  };
});

const inAnHoa = (reference: string) => `${reference};Đánh bạc;30/10/2025 10:00;106,05;20,65;`;
const inHongChau = (reference: string) => `${reference};Đánh bạc;30/10/2025 10:00;106,15;20,65;`;

/** Every route that takes a batch's id. */
const routes: Record<string, (id: string) => [path: string, init?: RequestInit]> = {
  describe: (id) => [`/${id}`],
  preview: (id) => [`/${id}/preview`],
  events: (id) => [`/${id}/events`],
  workbook: (id) => [`/${id}/errors.xlsx`],
  remap: (id) => [`/${id}/remap`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
  commit: (id) => [`/${id}/commit`, { method: 'POST' }],
  undo: (id) => [`/${id}/undo`, { method: 'POST' }],
  drop: (id) => [`/${id}`, { method: 'DELETE' }],
};

async function askAll(visitor: TestVisitor, id: string, names = Object.keys(routes)) {
  const answers: Record<string, { status: number; type: string | null; text: string }> = {};
  for (const name of names) {
    const [path, init] = routes[name](id);
    const response = await visitor.fetch(`/api/imports${path}`, init);
    const type = response.headers.get('content-type');
    const isStream = type?.startsWith('text/event-stream') === true;
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : (await response.text()).replaceAll(id, '<id>');
    answers[name] = { status: response.status, type, text };
  }
  return answers;
}

describeOnBothDatabases('imports of communes', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  let anHoa: TestVisitor;
  let hongChau: TestVisitor;
  let province: TestVisitor;
  beforeAll(async () => {
    db = await open();
    await fillThreeCommunes(db);
    app = await startTestApp(createTestContext(db));
    anHoa = await app.as('commune', { commune: '90001', office: 'CAX01' });
    hongChau = await app.as('commune', { commune: '90002', office: 'CAX02' });
    province = await app.as('province');
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });
  afterEach(async () => {
    memory.isUnguarded = false;
    await db.knex.raw('truncate incident, incident_replaced, import_batch, import_row_error, report_month, office');
    app.context.version.invalidate();
  });

  /** Files that are sent meanwhile wait for their turn, in memory only. @returns how to let them go on. */
  function holdTurn(): () => void {
    const board = boardOf(db);
    const before = board.turn;
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    board.turn = before.then(() => held);
    return release;
  }
  const send = (visitor: TestVisitor, rows: string[], options: object) =>
    importDesk(visitor).send(officeFile(rows), options);
  const bring = (visitor: TestVisitor, rows: string[], options: object): Promise<ImportBatch> =>
    importDesk(visitor).import(officeFile(rows), options);
  const listedFor = async (visitor: TestVisitor) =>
    (await visitor.get<ResponseOf<typeof listImports>>('/api/imports')).body.imports.map(({ id }) => id);
  const hiddenAs404 = async (id: string) => {
    const hidden = await askAll(hongChau, id);
    for (const [name, answer] of Object.entries(hidden)) expect(answer.status, name).toBe(404);
    expect(hidden).toEqual(await askAll(hongChau, randomUUID()));
    expect(await listedFor(hongChau)).not.toContain(id);
  };

  describe('a file of another commune', () => {
    it('is hidden while it is only in memory, on every route and in the list', async () => {
      const release = holdTurn();
      const { body } = await send(anHoa, [inAnHoa('A-1')], { office: 'CAX01' });
      await hiddenAs404(body.id);
      expect(await listedFor(anHoa)).toEqual([body.id]);
      memory.isUnguarded = true;
      const leaked = await askAll(hongChau, body.id, ['describe', 'preview', 'events']);
      expect(Object.values(leaked).map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(await listedFor(hongChau)).toEqual([body.id]);
      memory.isUnguarded = false;
      release();
      expect(await importDesk(anHoa).rest(body.id)).toMatchObject({ state: 'review', accepted: 1 });
    });

    it('is hidden in review and once committed', async () => {
      const review = await bring(anHoa, [inAnHoa('A-1'), inHongChau('A-2')], { office: 'CAX01' });
      await hiddenAs404(review.id);
      await importDesk(anHoa).post(review.id, 'commit');
      await hiddenAs404(review.id);
      expect(await importDesk(anHoa).describe(review.id)).toMatchObject({
        state: 'committed',
        accepted: 1,
        rejected: 1,
      });
      expect((await askAll(anHoa, review.id, ['workbook'])).workbook.status).toBe(200);
      await db.knex.raw('alter table import_batch disable row level security');
      const leaked = await askAll(hongChau, review.id, ['describe', 'preview', 'events', 'undo']);
      await db.knex.raw('alter table import_batch enable row level security');
      expect(Object.values(leaked).filter(({ status }) => status === 404)).toEqual([]);
      // Its rows are behind policies of their own: what cannot be seen whole cannot be undone.
      expect(leaked.undo).toMatchObject({ status: 403 });
      expect(await db.knex('incident').pluck('reference')).toEqual(['A-1']);
    });

    it('cannot be named as the one to replace: the answer is that for a batch that does not exist', async () => {
      const theirs = await bring(hongChau, [inHongChau('B-1')], { office: 'CAX02', commit: true });
      const refusals = [];
      for (const replaces of [theirs.id, randomUUID()]) {
        const { error, state } = await bring(anHoa, [inAnHoa('A-1')], { office: 'CAX01', replaces });
        refusals.push(JSON.parse(JSON.stringify({ error, state }).replaceAll(replaces, '<id>')));
      }
      expect(refusals[0]).toMatchObject({ state: 'refused', error: { details: { reason: 'not_replaceable' } } });
      expect(refusals[0]).toEqual(refusals[1]);
    });
  });

  it('an office that is not the account’s own is refused, in one way whether it exists or not', async () => {
    await bring(hongChau, [inHongChau('B-1')], { office: 'CAX02', commit: true });
    const [theirs, nobodys] = [
      await send(anHoa, [inAnHoa('A-1')], { office: 'CAX02' }),
      await send(anHoa, [inAnHoa('A-1')], { office: 'CAX99' }),
    ];
    expect(theirs).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect(theirs).toEqual(nobodys);
    expect(await listedFor(anHoa)).toEqual([]);
  });

  it('references and whole files of another commune tell nothing', async () => {
    const rows = [inAnHoa('HS-1'), inHongChau('HS-1b')];
    const same = [...rows, ';Đánh bạc;30/10/2025;;;Xã An Hoà', ';Đánh bạc;30/10/2025;;;Phường Hồng Châu'];
    const theirs = await bring(hongChau, same, { office: 'CAX02', commit: true });
    const own = await bring(anHoa, same, { office: 'CAX01', commit: true });
    for (const batch of [theirs, own])
      expect(batch).toMatchObject({ state: 'committed', accepted: 2, rejected: 2, diff: null, error: null });
    expect(own.rejections).toMatchObject([{ code: 'outside_account_commune', rows: 2, sampleRows: [3, 5] }]);
  });

  it('rows that lie in, or name, another commune are rejected with the reason and stored nowhere', async () => {
    const namesAnother = 'A-3;Đánh bạc;30/10/2025 10:00;106,05;20,65;Phường Hồng Châu';
    const byName = 'A-4;Đánh bạc;30/10/2025;;;Xã Tân Tiến';
    const batch = await bring(anHoa, [inAnHoa('A-1'), inHongChau('A-2'), namesAnother, byName], {
      office: 'CAX01',
      commit: true,
    });
    expect(batch).toMatchObject({ accepted: 1, rejected: 3 });
    expect(batch.rejections).toMatchObject([
      { code: 'outside_account_commune', message: 'Ngoài địa bàn xã của tài khoản', sampleRows: [3, 4, 5] },
    ]);
    expect(await db.knex('incident').select('reference', 'commune_code')).toEqual([
      { reference: 'A-1', commune_code: '90001' },
    ]);
    const owned = { province_code: '33', commune_code: '90001' };
    expect(await db.knex('import_row_error').distinct('province_code', 'commune_code')).toEqual([owned]);
    expect(await db.knex('import_batch').select('province_code', 'commune_code', 'account_id')).toEqual([
      { ...owned, account_id: anHoa.accountId },
    ]);
    expect(await db.knex('report_month').select('province_code', 'commune_code')).toEqual([owned]);
    expect(await db.knex('office').select('code', 'commune_code')).toEqual([{ code: 'CAX01', commune_code: '90001' }]);
  });

  it('control: the policy itself refuses a row of elsewhere that the reading let through', async () => {
    const review = await bring(province, [inHongChau('P-1')], { office: 'CAT' });
    await db.knex('import_batch').update({ commune_code: '90001', office: 'CAX01' });
    await db.knex('office').insert({ province_code: '33', code: 'CAX01', name: 'x', commune_code: '90001' });
    await db.knex.raw(`update import_batch set summary = summary || '{"area": {"commune": "90001"}}'`);
    expect(await importDesk(anHoa).post(review.id, 'commit')).toMatchObject({ status: 403 });
    expect(await importDesk(anHoa).describe(review.id)).toMatchObject({ state: 'review' });
    expect(await db.knex('incident').count({ n: '*' }).first()).toMatchObject({ n: 0 });
  });

  describe('a province’s file for a commune’s office', () => {
    it('is the commune’s to see when all of it lies there, and the commune can correct it', async () => {
      await bring(anHoa, [inAnHoa('A-0')], { office: 'CAX01', commit: true });
      const batch = await bring(province, [inAnHoa('P-1'), inAnHoa('P-2')], { office: 'CAX01', commit: true });
      expect(await listedFor(anHoa)).toContain(batch.id);
      const correction = await bring(anHoa, [inAnHoa('P-1'), inAnHoa('P-3')], { office: 'CAX01', commit: true });
      expect(correction).toMatchObject({ state: 'committed', diff: { replaces: batch.id, added: 1, removed: 1 } });
      expect(await importDesk(anHoa).post(correction.id, 'undo')).toMatchObject({ status: 200 });
      expect(await db.knex('incident').orderBy('reference').pluck('reference')).toEqual(['A-0', 'P-1', 'P-2']);
    });

    it('is hidden when rows of elsewhere stand in it; those are rejected, and its references are not told', async () => {
      await bring(anHoa, [inAnHoa('A-0')], { office: 'CAX01', commit: true });
      const batch = await bring(province, [inAnHoa('P-1'), inHongChau('P-2')], { office: 'CAX01', commit: true });
      expect(batch).toMatchObject({ accepted: 1, rejections: [{ code: 'outside_office_commune', rows: 1 }] });
      expect((await askAll(anHoa, batch.id)).describe.status).toBe(404);
      const own = await bring(anHoa, [inAnHoa('P-1'), inAnHoa('A-1')], { office: 'CAX01' });
      expect(own).toMatchObject({ accepted: 1, diff: null });
      expect(JSON.stringify(own.rejections)).toContain('taken_reference');
      expect(JSON.stringify(await importDesk(anHoa).ask(`/${own.id}/preview`))).not.toMatch(
        new RegExp(`${batch.id}|in another batch of the office:`),
      );
    });

    it('may not reach over two communes before the office becomes one commune’s', async () => {
      await bring(province, [inAnHoa('P-1'), inHongChau('P-2')], { office: 'CAX01', commit: true });
      expect(await bring(anHoa, [inAnHoa('A-1')], { office: 'CAX01' })).toMatchObject({
        state: 'refused',
        error: { code: 'forbidden' },
      });
      expect(await db.knex('incident').orderBy('reference').pluck('reference')).toEqual(['P-1', 'P-2']);
    });

    it('that was read before must be read again', async () => {
      const review = await bring(province, [inAnHoa('P-1'), inHongChau('P-2')], { office: 'CAX01' });
      await bring(anHoa, [inAnHoa('A-1')], { office: 'CAX01', commit: true });
      expect(await importDesk(province).post(review.id, 'commit')).toMatchObject({
        status: 409,
        body: { error: { details: { reason: 'office_moved' } } },
      });
    });
  });

  describe('rights taken back', () => {
    it('while a file is read: nothing is committed', async () => {
      const brief = await app.as('commune', { commune: '90001', office: 'CAX01' });
      const release = holdTurn();
      const { body } = await send(brief, [inAnHoa('A-1')], { office: 'CAX01', commit: true });
      await db.knex('account').where({ id: brief.accountId }).update({ is_suspended: true });
      release();
      await boardOf(db).jobs.get(body.id)?.done;
      expect(await importDesk(anHoa).describe(body.id)).toMatchObject({ state: 'review' });
      expect(await db.knex('incident').count({ n: '*' }).first()).toMatchObject({ n: 0 });
    });

    it('while a batch is followed: the stream ends within a second or so, and nobody else’s does', async () => {
      const brief = await app.as('commune', { commune: '90001', office: 'CAX01' });
      const release = holdTurn();
      const { body } = await send(anHoa, [inAnHoa('A-1')], { office: 'CAX01' });
      const follow = async (visitor: TestVisitor) => {
        const response = await visitor.fetch(`/api/imports/${body.id}/events`);
        const ended = response.text().then(() => performance.now());
        return { status: response.status, ended };
      };
      const [revoked, kept] = [await follow(brief), await follow(anHoa)];
      expect([revoked.status, kept.status]).toEqual([200, 200]);
      const revokedAt = performance.now();
      await db.knex('session').where({ id: brief.sessionId }).delete();
      await db.knex.raw('update data_version set access = access + 1');
      const endedAt = await Promise.race([revoked.ended, new Promise((later) => setTimeout(later, 5000, null))]);
      expect(Number(endedAt ?? Number.NaN) - revokedAt).toBeLessThan(3000);
      expect(await Promise.race([kept.ended, new Promise((later) => setTimeout(later, 300, 'open'))])).toBe('open');
      release();
      await kept.ended;
    });
  });

  it('has an account’s files wait when it sends too many, and no other’s', async () => {
    const release = holdTurn();
    const sent = [];
    for (let i = 0; i < 4; i++) sent.push(await send(anHoa, [inAnHoa(`A-${i}`)], { office: 'CAX01' }));
    expect(sent.map(({ status }) => status)).toEqual([202, 202, 202, 429]);
    expect((await send(hongChau, [inHongChau('B-1')], { office: 'CAX02' })).status).toBe(202);
    release();
    await Promise.all([...boardOf(db).jobs.values()].map(({ done }) => done));
    expect((await send(anHoa, [inAnHoa('A-4')], { office: 'CAX01' })).status).toBe(202);
    await Promise.all([...boardOf(db).jobs.values()].map(({ done }) => done));
    await db
      .knex('import_batch')
      .where({ account_id: anHoa.accountId })
      .update({ file_bytes: 2 ** 31 });
    expect((await send(anHoa, [inAnHoa('A-5')], { office: 'CAX01' })).status).toBe(429);
  });

  it('every change stands in the log, with who, what and how many, and nothing of the rows', async () => {
    const officer = await app.as('commune', { commune: '90001', office: 'CAX01' });
    const desk = importDesk(officer);
    const first = await bring(officer, [inAnHoa('A-1'), inHongChau('A-2')], { office: 'CAX01' });
    await desk.post(first.id, 'remap', {});
    await desk.rest(first.id);
    await desk.post(first.id, 'commit');
    await officer.fetch(`/api/imports/${first.id}/errors.xlsx`);
    const again = await bring(officer, [inAnHoa('A-1'), inHongChau('A-2')], { office: 'CAX01' });
    await desk.post(first.id, 'undo');
    await desk.ask(`/${again.id}`, { method: 'DELETE' });
    const entries = await db
      .knex('audit_event')
      .where({ account_id: officer.accountId })
      .orderBy('sequence')
      .select('action', 'target', 'before', 'after', 'role', 'address');
    expect(entries.map(({ action, target }) => [action, target])).toEqual([
      ['import.received', `import/${first.id}`],
      ['import.reread', `import/${first.id}`],
      ['import.committed', `import/${first.id}`],
      ['export.made', `import/${first.id}/errors.xlsx`],
      ['import.received', `import/${again.id}`],
      ['import.refused', `import/${again.id}`],
      ['import.undone', `import/${first.id}`],
      ['import.dropped', `import/${again.id}`],
    ]);
    expect(entries[2]).toMatchObject({
      role: 'commune',
      address: expect.stringContaining('127.0.0.1'),
      after: { office: 'CAX01', fileName: 'thang10.csv', rows: 2, accepted: 1, rejected: 1, replaces: null },
    });
    expect(entries[5].after).toMatchObject({ reason: 'same_file' });
    expect(entries[6].before).toMatchObject({ accepted: 1 });
    expect(JSON.stringify(entries)).not.toMatch(/A-1|Đánh bạc|106,05/);
  });

  describe('a province’s account', () => {
    it('sees and brings its own province only', async () => {
      await db.knex('province').insert({ code: '31', name_vi: 'Hải Phòng', name_en: 'Hai Phong' });
      await db.knex.raw(`update commune set province_code = '31' where code = '90002'`);
      const other = await app.as('province', { province: '31' });
      const own = await bring(other, [inHongChau('H-1'), inAnHoa('H-2')], { office: 'CAX07', commit: true });
      expect(own).toMatchObject({ accepted: 1, rejections: [{ code: 'outside_account_province', rows: 1 }] });
      expect(await db.knex('incident').select('province_code', 'commune_code')).toEqual([
        { province_code: '31', commune_code: '90002' },
      ]);
      expect((await askAll(province, own.id)).describe.status).toBe(404);
      expect(await listedFor(province)).toEqual([]);
      expect(await listedFor(app)).toEqual([own.id]);
    });
  });
});
