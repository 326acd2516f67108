import { getMeta, type ResponseOf } from '@diemnong/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { CATEGORIES, fillSmallProvince } from '../support/small-province.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

type Meta = ResponseOf<typeof getMeta>;

describeOnBothDatabases('/api/meta', (open, engine) => {
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

  it('has no range, no box and no sets while nothing was imported', async () => {
    const { body } = await app.get<Meta>('/api/meta', getMeta);
    expect(body).toMatchObject({ dataVersion: 1, demo: false, provinces: [], boundarySets: [], offices: [] });
    expect(body).toMatchObject({ range: null, bbox: null, incidentCount: 0, embedded: engine === 'embedded' });
  });

  it('tells what there is, from the version after the import on', async () => {
    await fillSmallProvince(db);
    app.context.version.invalidate();
    const answer = await app.get<Meta>('/api/meta', getMeta);
    const { body } = answer;
    expect(body.dataVersion).toBe(2);
    expect(answer.headers.get('etag')).toMatch(/^W\/"2-/);
    expect(body.provinces).toEqual([{ code: '33', nameVi: 'Hưng Yên', nameEn: 'Hung Yen' }]);
    expect(body.boundarySets).toEqual([
      { id: '2009', name: '2009', validFrom: '2009-01-01', validTo: '2025-07-01', isDefault: false, communeCount: 4 },
      { id: '2025-07', name: '2025-07', validFrom: '2025-07-01', validTo: null, isDefault: true, communeCount: 6 },
    ]);
    expect(body.categories.map(({ code }) => code)).toEqual(CATEGORIES);
    expect(body.offices).toEqual([{ code: 'CAT', name: 'Công an tỉnh' }]);
    const { rows } = await db.knex.raw(
      `select min((occurred_from at time zone 'Asia/Ho_Chi_Minh')::date)::text as "from",
              (max((occurred_from at time zone 'Asia/Ho_Chi_Minh')::date) + 1)::text as "to" from incident`,
    );
    expect(body.range).toEqual(rows[0]);
    expect(body.incidentCount).toBe(2500);
    body.bbox?.forEach((side, i) => expect(side).toBeCloseTo([106, 20.6, 106.12, 20.68][i], 9));
    expect(body).toMatchObject({ locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh', basemap: false });
  });

  it('says the same without a snapshot', async () => {
    const sqlApp = await startTestApp(createTestContext(db, { enabled: false }));
    expect((await sqlApp.get('/api/meta')).body).toEqual((await app.get('/api/meta')).body);
    await sqlApp.close();
  });
});
