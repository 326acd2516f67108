import { getSettings, patchSettings, type Settings } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemScope } from '../../server/src/access/scope.ts';
import { verifyLog } from '../../server/src/features/audit/verify-log.ts';
import { readReference } from '../../server/src/snapshot/reference-queries.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

describeOnBothDatabases('settings', (open) => {
  let db: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    db = await open();
    app = await startTestApp(createTestContext(db));
  });
  afterAll(async () => {
    await app?.close();
    await db?.close();
  });

  const change = (body: unknown) => app.send<Settings>('PATCH', patchSettings.path, body);
  const versionNow = async () => Number((await db.knex('data_version').first('version')).version);
  const entries = () =>
    db
      .knex('audit_event')
      .where({ action: 'setting.changed' })
      .select('username', 'before', 'after')
      .orderBy('sequence');

  it('begin with what the counts are worked out with', async () => {
    const { body } = await app.get<Settings>(getSettings.path, getSettings);
    const reference = await db.transaction(systemScope, readReference);
    expect(body).toEqual({ smallestCount: 3, reportingCutoffDay: 15, yearlyReductionPercent: 5 });
    expect(body).toEqual({
      smallestCount: reference.smallestCount,
      reportingCutoffDay: reference.cutoffDay,
      yearlyReductionPercent: reference.yearlyReductionPercent,
    });
  });

  it('are changed one by one, reach every count, and are logged with before and after', async () => {
    const version = await versionNow();
    expect((await change({ reportingCutoffDay: 20 })).body).toMatchObject({ smallestCount: 3, reportingCutoffDay: 20 });
    expect((await change({ reportingCutoffDay: 20, smallestCount: 5 })).body).toMatchObject({ smallestCount: 5 });
    expect((await change({ yearlyReductionPercent: 7.5 })).body).toMatchObject({ yearlyReductionPercent: 7.5 });
    expect(await versionNow()).toBe(version + 3);
    expect(await db.transaction(systemScope, readReference)).toMatchObject({
      smallestCount: 5,
      cutoffDay: 20,
      yearlyReductionPercent: 7.5,
    });
    expect(await entries()).toMatchObject([
      { before: { reportingCutoffDay: 15 }, after: { reportingCutoffDay: 20 } },
      { before: { smallestCount: 3 }, after: { smallestCount: 5 } },
      { before: { yearlyReductionPercent: 5 }, after: { yearlyReductionPercent: 7.5 } },
    ]);
    expect((await entries())[1].before).toEqual({ smallestCount: 3 });
  });

  it('change nothing and log nothing when they are as wanted already', async () => {
    const [version, logged] = [await versionNow(), await entries()];
    for (const body of [{}, { smallestCount: 5 }, { unknown: 1 }]) {
      const answer = await change(body);
      expect([answer.status, answer.body]).toEqual([
        200,
        { smallestCount: 5, reportingCutoffDay: 20, yearlyReductionPercent: 7.5 },
      ]);
    }
    expect([await versionNow(), await entries()]).toEqual([version, logged]);
  });

  it('refuse values out of range, and everybody but administrators', async () => {
    for (const body of [
      { smallestCount: 1 },
      { smallestCount: 2.5 },
      { reportingCutoffDay: 32 },
      { smallestCount: '5' },
      { yearlyReductionPercent: -1 },
      { yearlyReductionPercent: 50.5 },
    ])
      expect((await change(body)).status).toBe(400);
    for (const role of ['province', 'planner', 'viewer'] as const) {
      const visitor = await app.as(role);
      expect((await visitor.get(getSettings.path)).status).toBe(403);
      expect((await visitor.send('PATCH', patchSettings.path, { smallestCount: 2 })).status).toBe(403);
    }
    expect((await app.nobody.send('PATCH', patchSettings.path, { smallestCount: 2 })).status).toBe(401);
    expect((await app.get<Settings>(getSettings.path)).body.smallestCount).toBe(5);
  });

  it('pass over a value that somebody wrote by hand and that is none', async () => {
    await db.knex('setting').where({ key: 'smallest_count' }).update({ value: '"many"' });
    await db.knex('setting').where({ key: 'yearly_reduction_percent' }).update({ value: '-5' });
    expect((await app.get<Settings>(getSettings.path)).body).toMatchObject({
      smallestCount: 3,
      yearlyReductionPercent: 5,
    });
    expect(await db.transaction(systemScope, readReference)).toMatchObject({
      smallestCount: 3,
      yearlyReductionPercent: 5,
    });
    expect((await change({ smallestCount: 4 })).body.smallestCount).toBe(4);
  });

  it('tell a gapless story when 20 are changed at once', async () => {
    const already = (await entries()).length;
    await Promise.all(Array.from({ length: 20 }, (_, i) => change({ reportingCutoffDay: (i % 28) + 1 })));
    const story = (await entries()).slice(already - 1).filter(({ after }) => 'reportingCutoffDay' in after);
    let day = 20;
    for (const { before, after } of story) {
      expect(before.reportingCutoffDay).toBe(day);
      day = after.reportingCutoffDay;
    }
    expect((await app.get<Settings>(getSettings.path)).body.reportingCutoffDay).toBe(day);
    expect((await verifyLog(db, { anchors: 'none' })).fault).toBeNull();
  });
});
