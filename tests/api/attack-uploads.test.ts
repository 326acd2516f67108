import { expect, it } from 'vitest';
import { attackReading } from '../attack/hostile-reading.ts';
import { attackUploads } from '../attack/hostile-uploads.ts';
import { openAny } from '../support/database.ts';
import { fillSmallProvince } from '../support/small-province.ts';
import { startTestApp } from '../support/test-app.ts';
import { createTestContext } from '../support/test-context.ts';

/** The short form of `npm run attack -- --only uploads`. */
it('malformed uploads are refused with a reason, in time, within bounds, and leave no row', async () => {
  const db = await openAny();
  await fillSmallProvince(db);
  const context = createTestContext(db);
  const app = await startTestApp(context);
  const operator = { authorization: `Bearer ${context.secrets.operatorKey}` };
  try {
    const { examples, controls } = await attackUploads(
      {
        fetch: (path, init) => fetch(app.url + path, { ...init, headers: operator }),
        countRows: async () => Number((await db.knex('incident').count({ rows: '*' }).first())?.rows),
        residentBytes: () => process.memoryUsage().rss,
      },
      { tries: 6, boundaryTries: 1, craftedEvery: 4, largeMegabytes: 12, mostBytes: 1e9 },
    );
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  } finally {
    await app.close();
    await db.close();
  }
});

it('and the reader itself ends with rows or a refusal, each time and in time', async () => {
  const { examples, controls } = await attackReading({ tries: 150, largeMegabytes: 12, mostBytes: 1e9 });
  expect(examples).toEqual([]);
  expect(controls[0]?.successes).toBeGreaterThan(0);
});
