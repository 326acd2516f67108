import { describe, expect, it } from 'vitest';
import { attackInterleaving } from '../attack/interleaving.ts';
import { hasTestServer, openTestServer } from '../support/database.ts';

/** The short form of `npm run attack -- --only interleaving`. */
describe.skipIf(!hasTestServer())('many scopes over one pool', () => {
  it('never show a row of another scope, whatever goes wrong in between; the three bad patterns do', async () => {
    const db = await openTestServer();
    try {
      const { examples, controls } = await attackInterleaving(db, { tries: 20_000 });
      expect(examples).toEqual([]);
      expect(controls.filter(({ successes }) => successes === 0)).toEqual([]);
      expect(controls).toHaveLength(3);
    } finally {
      await db.close();
    }
  });
});
