/** Level of comparable places and how strongly one place's own counts speak: a gamma distribution of true levels. */
export interface LevelPrior {
  readonly shape: number;
  /** Per window. */
  readonly rate: number;
}

/** Records of the window and of the year before it, in the calendar months that were reported in both. */
export interface Past {
  readonly recent: number;
  readonly earlier: number;
  /** How much of the window those months are, by days; 1 = all. */
  readonly share: number;
}

/** What the year before the window tells, against the window itself: places change between years. */
const EARLIER_WEIGHT = 0.5;

/**
 * The spread of true levels between places, by moments: variance of counts less that of chance.
 * Source: R. J. Marshall, Applied Statistics 40, 1991.
 * @returns null with fewer than ten places or no spread beyond chance that could be told
 */
export function levelPrior(counts: readonly number[], dispersion: number): LevelPrior | null {
  if (counts.length < 10) return null;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  if (mean === 0) return null;
  const variance = Math.max(squares - dispersion * mean, 1e-6 * mean * mean);
  return { shape: (mean * mean) / variance, rate: mean / variance };
}

/**
 * What a place with such counts may be expected to have in a like window though nothing was done: places are picked when their
 * count is high, partly by luck, and luck does not stay.
 * Source: A. G. Barnett, J. C. van der Pols & A. J. Dobson, Int. J. Epidemiology 34, 2005; credibility as E. Hauer, 1997.
 */
export function expectedLevel(
  { shape, rate }: LevelPrior,
  { before, past }: { readonly before: number; readonly past: Past | null },
  dispersion: number,
): number {
  const own = 1 / dispersion;
  const other = past === null ? 0 : EARLIER_WEIGHT / dispersion;
  // Where only some months pair, the year before was watched for that part of a window: its rate counts, by so much less.
  return (shape + own * before + other * (past?.earlier ?? 0)) / (rate + own + other * (past?.share ?? 0));
}
