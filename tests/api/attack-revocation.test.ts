import { expect, it } from 'vitest';
import { attackRevocation } from '../attack/revocation.ts';
import { openAccessStage } from '../support/access-stage.ts';
import { openAny } from '../support/database.ts';

/** The short form of `npm run attack -- --only revocation`. */
it('revocation holds on the next request, and ends open streams, while requests run', async () => {
  const stage = await openAccessStage(openAny);
  try {
    const { examples, controls } = await attackRevocation(stage, { tries: 8 });
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  } finally {
    await stage.close();
  }
});
