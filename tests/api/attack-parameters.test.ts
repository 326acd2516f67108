import { afterAll, beforeAll, expect, it } from 'vitest';
import { fuzzRoutes } from '../attack/fuzz-requests.ts';
import { attackParameters } from '../attack/parameter-fuzzing.ts';
import { accessMatrix } from '../support/access-matrix.ts';
import { type AccessStage, openAccessStage } from '../support/access-stage.ts';
import { describeOnBothDatabases } from '../support/database.ts';

/** The short form of `npm run attack -- --only parameters`. */
describeOnBothDatabases('broken parameters', (open) => {
  let stage: AccessStage;
  beforeAll(async () => {
    stage = await openAccessStage(open);
  });
  afterAll(() => stage?.close());

  it('break nothing, show nothing of the inside, and hold nothing up', async () => {
    const target = await stage.app.as('province');
    const commune = await stage.app.as('commune', { commune: '10001', office: 'CAX-OWN' });
    const cookies = [
      stage.app.cookie,
      stage.app.cookie,
      target.cookie,
      commune.cookie,
      (await stage.app.as('viewer')).cookie,
      '',
    ];
    const ids = [stage.batch, stage.area, await stage.newAccount(), '00000000-0000-4000-8000-00000000dead'];
    const { examples, controls } = await attackParameters({ url: stage.app.url, cookies, ids }, { tries: 1000 });
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  });
});

it('every route of the matrix is among those attacked', () => {
  expect(fuzzRoutes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    accessMatrix.map(({ route }) => route).sort(),
  );
});
