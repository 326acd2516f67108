import { expect, it } from 'vitest';
import { attackSignIn } from '../attack/sign-in-flood.ts';
import { openAny } from '../support/database.ts';
import { openSignInStage } from '../support/sign-in-stage.ts';

/** The short form of `npm run attack -- --only sign-in`. */
it('a flood of sign-ins stops neither people who work nor the owner of the account, and guesses little', async () => {
  const stage = await openSignInStage(openAny);
  try {
    const { examples, controls } = await attackSignIn(stage.target, { seconds: 3, guesses: 200, mostAccepted: 20 });
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  } finally {
    await stage.close();
  }
});
