import type { SeededRandom } from '../support/seeded-random.ts';
import type { Tally } from './attack-report.ts';
import { keyOf } from './hidden-bounds.ts';
import { type Statement, sumOf, type Truth } from './shared-answers.ts';

/**
 * Subtract answers from answers, `tries` times: a shown number, less shown numbers that lie in what is left of it, at random and
 * as far as it goes. A success is a difference from 1 to `smallest` − 1, or one that is a hidden number.
 */
export function subtractAnswers(
  statements: readonly Statement[],
  truth: Truth,
  smallest: number,
  tries: number,
  random: SeededRandom,
  tally: Tally,
): void {
  const shown = [...new Map(statements.flatMap((one) => (one.shown === null ? [] : [[keyOf(one), one]]))).values()];
  const hidden = new Set(
    statements.filter((one) => one.shown === null && sumOf(one.atoms, truth) > 0).map((one) => keyOf(one)),
  );
  for (const { atoms } of shown) hidden.delete(atoms.toSorted().join());
  const parents = shown.filter(({ atoms, shown: value }) => atoms.length > 1 && value !== 0);
  const withAtom = new Map<string, Statement[]>();
  for (const statement of shown)
    for (const atom of statement.atoms) withAtom.set(atom, [...(withAtom.get(atom) ?? []), statement]);
  const within = new Map<Statement, Statement[]>();
  const listWithin = (parent: Statement) => {
    const known = within.get(parent);
    if (known !== undefined) return known;
    const atoms = new Set(parent.atoms);
    const touching = new Set(parent.atoms.flatMap((atom) => withAtom.get(atom) ?? []));
    touching.delete(parent);
    const found = [...touching].filter((one) => one.atoms.every((atom) => atoms.has(atom)));
    within.set(parent, found);
    return found;
  };
  for (let attempt = 0; attempt < tries; attempt++) {
    const parent = random.pick(parents);
    const candidates = shuffle(listWithin(parent), random);
    const share = random.pick([1, 1, 0.9, 0.5]);
    const left = new Set(parent.atoms);
    const taken = [parent.name];
    let value = parent.shown ?? 0;
    const isFound = () => (value > 0 && value < smallest) || hidden.has([...left].sort().join());
    let found = false;
    for (const candidate of candidates) {
      if (!random.chance(share) || !candidate.atoms.every((atom) => left.has(atom))) continue;
      for (const atom of candidate.atoms) left.delete(atom);
      value -= candidate.shown ?? 0;
      taken.push(candidate.name);
      found = isFound();
      if (found || left.size === 0) break;
    }
    if (found) tally.add(`${taken.slice(0, 6).join(' − ')} (${taken.length} answers) = ${value}`);
  }
}

function shuffle<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled;
}
