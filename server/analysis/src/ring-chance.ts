import { binomialAtLeast, binomialAtMost } from './beta.ts';
import { falseDiscoveryRates } from './false-discovery.ts';
import { checkLengths } from './grid-moments.ts';
import type { Rings } from './hex-grid.ts';

/**
 * How often would a cell and its first ring hold so many records, or so few, if the same records were thrown over the grid
 * at random? The count is then binomial, exactly; no normal curve is laid over it.
 * It stands beside Gi*, whose p trusts the normal curve: where a ring may expect less than about ten records, counts are so
 * skewed that Gi* calls cells hot by chance, and the false discovery rate cannot help (docs/hotspots.md has the numbers).
 * A cell that is significant by both is neither an accident of few records nor of uneven ones.
 * @param counts records, whole numbers: not scaled, not weighted.
 * @param member 0 leaves a cell out, as in `giStarGrid`.
 * @param exposure what records are thrown in proportion to: days reported, people, km²; equal when absent. A member's is > 0.
 * @returns index-aligned, NaN where a cell is left out. `p` is central two-sided (twice the smaller tail, at most 1), `q`
 * Benjamini–Hochberg over the members.
 */
export function ringChance(
  counts: ArrayLike<number>,
  grid: Rings,
  member?: Uint8Array,
  exposure?: ArrayLike<number>,
): { p: Float64Array; q: Float64Array } {
  checkLengths(counts, grid, member);
  let records = 0;
  let whole = 0;
  for (let i = 0; i < counts.length; i++) {
    if (member?.[i] === 0) continue;
    if (!Number.isInteger(counts[i]) || counts[i] < 0)
      throw new RangeError(`cell ${i} counts ${counts[i]}; expected a whole number from 0`);
    records += counts[i];
    whole += exposure?.[i] ?? 1;
  }
  const { start, neighbours } = grid;
  const p = new Float64Array(counts.length).fill(Number.NaN);
  // Rings of equal exposure and equal counts are most of a map.
  const known = new Map<number, Map<number, number>>();
  for (let i = 0; i < counts.length; i++) {
    if (member?.[i] === 0) continue;
    let local = counts[i];
    let around = exposure?.[i] ?? 1;
    for (let link = start[i]; link < start[i + 1]; link++) {
      const j = neighbours[link];
      if (member?.[j] === 0) continue;
      local += counts[j];
      around += exposure?.[j] ?? 1;
    }
    let ofRing = known.get(around);
    if (ofRing === undefined) known.set(around, (ofRing = new Map<number, number>()));
    let chance = ofRing.get(local);
    if (chance === undefined) {
      chance = twoSidedChance(local, records, around / whole);
      ofRing.set(local, chance);
    }
    p[i] = chance;
  }
  return { p, q: falseDiscoveryRates(p) };
}

function twoSidedChance(count: number, records: number, share: number): number {
  // A ring that is the whole grid holds everything.
  if (!(share < 1)) return 1;
  return Math.min(1, 2 * Math.min(binomialAtLeast(count, records, share), binomialAtMost(count, records, share)));
}
