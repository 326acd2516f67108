/** A run of months at one level: [from, to). */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

export interface SearchOptions {
  /** Fewest months of a segment. */
  readonly minLength: number;
  /** What one more change must lower the deviance by. */
  readonly penalty: number;
}

/**
 * Cut a series of counts into runs of constant rate so that Poisson deviance + penalty × changes is least. Exact: optimal
 * partitioning, n² ÷ 2 costs (PELT's pruning would spare most of them; 50 years of months take some milliseconds without).
 * @param exposures what the counts are proportional to, > 0. @returns one segment when there are under 2 × minLength.
 * Source: B. Jackson et al., IEEE Signal Processing Letters 12, 2005; R. Killick, P. Fearnhead & I. A. Eckley, J. American
 * Statistical Association 107, 2012.
 */
export function cutIntoLevels(
  counts: ArrayLike<number>,
  exposures: ArrayLike<number>,
  { minLength, penalty }: SearchOptions,
): Segment[] {
  const n = counts.length;
  const count = new Float64Array(n + 1);
  const exposure = new Float64Array(n + 1);
  for (let at = 0; at < n; at++) {
    count[at + 1] = count[at] + counts[at];
    exposure[at + 1] = exposure[at] + exposures[at];
  }
  const least = new Float64Array(n + 1).fill(Infinity);
  const start = new Int32Array(n + 1);
  least[0] = -penalty;
  for (let to = minLength; to <= n; to++) {
    for (let from = 0; from <= to - minLength; from++) {
      const cost = least[from] + levelCost(count[to] - count[from], exposure[to] - exposure[from]) + penalty;
      if (cost < least[to]) {
        least[to] = cost;
        start[to] = from;
      }
    }
  }
  if (n < minLength) return n === 0 ? [] : [{ from: 0, to: n }];
  const segments: Segment[] = [];
  for (let to = n; to > 0; to = start[to]) segments.unshift({ from: start[to], to });
  return segments;
}

/** −2 × log-likelihood of a count at its own rate, less what does not depend on the cut. */
function levelCost(count: number, exposure: number): number {
  return count === 0 ? 0 : -2 * count * Math.log(count / exposure);
}
