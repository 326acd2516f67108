import { expect, it } from 'vitest';
import { attackHttpScopes } from '../attack/http-interleaving.ts';
import { openAccessStage } from '../support/access-stage.ts';
import { openAny } from '../support/database.ts';

/** The short form of `npm run attack -- --only http-scopes`. */
it('scopes over HTTP never mix, with kept answers, tags of others, aborts and rising versions', async () => {
  const stage = await openAccessStage(openAny);
  try {
    const { examples, controls } = await attackHttpScopes(stage, { tries: 1500 });
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  } finally {
    await stage.close();
  }
});
