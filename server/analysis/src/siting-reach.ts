import KDBush from 'kdbush';

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
  const index = new KDBush(demand.length);
  for (const { x, y } of demand) index.add(x, y);
  index.finish();
  return sites.map((site) => {
    // The index compares squares, which may round a point on the very edge away: it is asked for a hair more.
    const near = index.within(site.x, site.y, radiusM * (1 + 1e-9));
    return Int32Array.from(near.filter((at) => distanceM(demand[at], site) <= radiusM)).sort();
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

function distanceM(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
