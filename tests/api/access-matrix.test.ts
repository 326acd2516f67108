import { readFileSync } from 'node:fs';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessMatrix, expectedStatus, identities, mounts } from '../support/access-matrix.ts';
import { renderAccessPage } from '../support/access-page.ts';
import { type AccessStage, askRoute, openAccessStage } from '../support/access-stage.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { listMounts, listRoutes } from '../support/running-routes.ts';

describeOnBothDatabases('who may do what', (open) => {
  let stage: AccessStage;
  beforeAll(async () => {
    stage = await openAccessStage(open);
  });
  afterAll(() => stage?.close());

  it('every route of the running router has its line in the matrix, and every line its route', () => {
    const { application } = stage.app;
    expect(
      listRoutes(application)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(accessMatrix.map(({ route }) => route).sort());
    expect(listMounts(application)).toEqual(mounts);
  });

  it('a route that was forgotten in the matrix is noticed, also in a nested router', () => {
    const application = express();
    const nested = express.Router();
    nested.get('/all-accounts', () => {});
    application.use('/api/hidden', nested);
    application.all('/everything', () => {});
    application.use('/files', express.static('.'));
    expect(listRoutes(application).map(({ name }) => name)).toEqual([
      'GET /api/hidden/all-accounts',
      'ALL /everything',
    ]);
    expect(listMounts(application)).toEqual(['/files']);
  });

  it.each(accessMatrix)('$route', async (row) => {
    const got: Record<string, number> = {};
    for (const name of identities) got[name] = await askRoute(stage, row, await stage.askerFor(row, name));
    expect(got).toEqual(Object.fromEntries(identities.map((name) => [name, expectedStatus(row, name)])));
  });
});

it('docs/access.md says what the matrix says: `npm run access-page` writes it', () => {
  expect(readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8')).toBe(renderAccessPage());
});
