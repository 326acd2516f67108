import type { ResponseOf } from '@diemnong/contracts';
import { getMeta } from '@diemnong/contracts';
import type { TestDatabase } from '../support/database.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { TestApp } from '../support/test-app.ts';
import { type AttackReport, createTally } from './attack-report.ts';
import { subtractAnswers } from './differencing.ts';
import { type Bounds, boundHidden } from './hidden-bounds.ts';
import { collectStatements, readTruth, type Statement, sumOf, type Truth } from './shared-answers.ts';

export type SmallCountsTries = {
  /** Differences tried. */
  tries: number;
  /** Hidden numbers bounded by linear programs; all when undefined. */
  bounded?: number;
  seed?: number;
};

/**
 * Everything a viewer can ask is asked through HTTP, and then small counts are sought in the answers: by subtracting answers from answers,
 * and by linear programs over all of them at once. A success is a difference from 1 to k − 1 or one that is a hidden number, a hidden
 * number whose interval is narrower than k or lies within 1 … k − 1, or an answer that is not what SQL counts.
 * Control: the same questions answered by hiding numbers under k and nothing else.
 */
export async function attackSmallCounts(
  { app, db }: { app: TestApp; db: TestDatabase },
  { tries, bounded, seed = 1 }: SmallCountsTries,
): Promise<AttackReport> {
  const viewer = await app.as('viewer');
  const { body: meta } = await viewer.get<ResponseOf<typeof getMeta>>('/api/meta', getMeta);
  const smallest = meta.hiddenUnder ?? 0;
  const truth = await readTruth(db.knex);
  const statements = await collectStatements(viewer, truth);
  const tally = createTally();
  for (const { name, atoms, shown } of statements)
    if (shown !== null && shown !== sumOf(atoms, truth))
      tally.add(`${name}: ${shown}, SQL counts ${sumOf(atoms, truth)}`);
  subtractAnswers(statements, truth, smallest, tries, seededRandom(seed), tally);
  const bounds = await boundHidden(statements, truth, sample(bounded, seed));
  for (const bound of bounds)
    if (isPinned(bound, smallest)) tally.add(`${bound.name} = ${bound.value} in ${bound.low} … ${bound.high}`);

  const naive = hideSmallOnly(statements, truth, smallest);
  const subtracted = createTally();
  subtractAnswers(naive, truth, smallest, tries, seededRandom(seed), subtracted);
  const naiveBounds = await boundHidden(naive, truth, sample(bounded, seed));
  return {
    name: 'small counts',
    tries: tries + bounds.length,
    successes: tally.successes,
    examples: tally.examples,
    controls: [
      { without: 'complementary suppression, differences', successes: subtracted.successes },
      {
        without: `complementary suppression, ${naiveBounds.length} bounds`,
        successes: naiveBounds.filter((bound) => isPinned(bound, smallest)).length,
      },
    ],
    note: `${statements.length} numbers from answers, ${statements.filter(({ shown }) => shown !== null).length} of them shown`,
  };
}

function isPinned({ low, high }: Bounds, smallest: number): boolean {
  return high - low < smallest || (low >= 1 && high < smallest);
}

function sample(count: number | undefined, seed: number) {
  const random = seededRandom(seed + 1);
  return (hidden: readonly Statement[]) =>
    count === undefined ? hidden : Array.from({ length: count }, () => random.pick(hidden));
}

function hideSmallOnly(statements: readonly Statement[], truth: Truth, smallest: number): Statement[] {
  return statements.map((statement) => {
    const value = sumOf(statement.atoms, truth);
    return { ...statement, shown: value > 0 && value < smallest ? null : value };
  });
}
