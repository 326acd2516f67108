import { expect, it } from 'vitest';
import { attackExports } from '../attack/exports.ts';
import { openAccessStage } from '../support/access-stage.ts';
import { openAny } from '../support/database.ts';

/** The short form of `npm run attack -- --only exports`. */
it('exports opened again hold no formula, link, hidden sheet, comment or author', async () => {
  const stage = await openAccessStage(openAny);
  try {
    const { examples, controls } = await attackExports({ visitor: stage.app }, { tries: 250 });
    expect(examples).toEqual([]);
    expect(controls[0]?.successes).toBeGreaterThan(0);
  } finally {
    await stage.close();
  }
});
