/** A site choice of limited number that covers as much weight as it can; positions in plane metres. */
export interface SitingProblem {
  readonly demand: readonly { readonly x: number; readonly y: number; readonly weight: number }[];
  readonly sites: readonly { readonly x: number; readonly y: number }[];
  /** A demand point exactly this far away is covered. */
  readonly radiusM: number;
  /** Most sites that may be chosen. */
  readonly budget: number;
}

/** For each site, the demand points within reach, in rising order. */
export function reachOf({ demand, sites, radiusM, budget }: SitingProblem): Int32Array[] {
  if (!(radiusM >= 0)) throw new RangeError(`radius ${radiusM} m; expected a number ≥ 0`);
  if (!Number.isInteger(budget) || budget < 0) throw new RangeError(`budget ${budget}; expected a whole number ≥ 0`);
  for (const { weight } of demand) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`weight ${weight}; expected a number ≥ 0`);
  }
  // From west to east, so that each site looks at a strip only.
  const order = demand.map((_, at) => at).sort((a, b) => demand[a].x - demand[b].x);
  const xs = Float64Array.from(order, (at) => demand[at].x);
  return sites.map((site) => {
    const within: number[] = [];
    for (let place = firstNotBelow(xs, site.x - radiusM); place < xs.length && xs[place] <= site.x + radiusM; place++) {
      const { x, y } = demand[order[place]];
      if (Math.hypot(x - site.x, y - site.y) <= radiusM) within.push(order[place]);
    }
    return Int32Array.from(within).sort();
  });
}

/** Weight of the demand that at least one of the sites covers. */
export function coveredBy(
  demand: SitingProblem['demand'],
  reach: readonly Int32Array[],
  sites: readonly number[],
): number {
  const isCovered = new Uint8Array(demand.length);
  for (const site of sites) for (const point of reach[site]) isCovered[point] = 1;
  return demand.reduce((sum, { weight }, point) => sum + (isCovered[point] === 1 ? weight : 0), 0);
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
