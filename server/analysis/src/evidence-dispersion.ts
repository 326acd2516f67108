/** Pearson's sum of squares and its degrees of freedom: their ratio is variance ÷ Poisson variance. */
export interface Spread {
  readonly squares: number;
  readonly freedom: number;
}

/** Months per block that has its own level. */
const BLOCK = 12;
/** As many degrees of freedom of comparable places are mixed with the area's own. */
const BORROWED = 24;
/** One wild place or month counts at most so much, or a single new cluster among fifty places would decide. */
const MOST_SQUARE = 9;

/**
 * How much more than chance the months of a place vary, once season and level are taken out: every block of twelve months has a level of
 * its own, spread over the months as the season has it.
 * @param series records by month, null = not reported; @param season what the whole province had in the same months
 */
export function monthSpread(series: readonly (number | null)[], season: ArrayLike<number>): Spread {
  let [squares, freedom] = [0, 0];
  for (let start = series.length; start > 0; start -= BLOCK) {
    const months = Array.from({ length: Math.min(BLOCK, start) }, (_, back) => start - 1 - back).filter(
      (at) => series[at] !== null && season[at] > 0,
    );
    const total = months.reduce((sum, at) => sum + (series[at] ?? 0), 0);
    const weight = months.reduce((sum, at) => sum + season[at], 0);
    if (total === 0 || months.length < 2) continue;
    for (const at of months) {
      const expected = (total * season[at]) / weight;
      squares += ((series[at] ?? 0) - expected) ** 2 / expected;
    }
    freedom += months.length - 1;
  }
  return { squares, freedom };
}

/** How much more than chance places differ in what became of them, given what each had in both windows together. */
export function windowSpread(places: readonly { readonly before: number; readonly after: number }[]): Spread {
  const counted = places.filter(({ before, after }) => before + after > 0);
  const total = counted.reduce((sum, { before, after }) => sum + before + after, 0);
  const share = counted.reduce((sum, { after }) => sum + after, 0) / total;
  if (counted.length < 2 || !(share > 0 && share < 1)) return { squares: 0, freedom: 0 };
  const squares = counted.reduce((sum, { before, after }) => {
    const both = before + after;
    return sum + Math.min(MOST_SQUARE, (after - both * share) ** 2 / (both * share * (1 - share)));
  }, 0);
  return { squares, freedom: counted.length - 1 };
}

/**
 * Variance ÷ mean, never below 1: the place's own months mixed with those of comparable places, since a year or two of months
 * say little of a variance.
 */
export function shrunkDispersion(own: Spread, others: readonly Spread[]): number {
  const squares = others.reduce((sum, spread) => sum + spread.squares, 0);
  const freedom = others.reduce((sum, spread) => sum + spread.freedom, 0);
  const borrowed = freedom > 0 ? squares / freedom : 1;
  return Math.max(1, (own.squares + BORROWED * borrowed) / (own.freedom + BORROWED));
}

export function dispersionOf({ squares, freedom }: Spread): number {
  return freedom > 0 ? Math.max(1, squares / freedom) : 1;
}
