import quickselect from 'quickselect';
import { coveredBy, reachOf, type SitingProblem } from './siting-reach.ts';

export interface GreedyCoverage {
  /** Indices in the order chosen; fewer than the budget when nothing is left to gain. */
  readonly sites: number[];
  /** Weight covered. */
  readonly covered: number;
  /** Weight each site added, aligned with `sites`. */
  readonly gains: number[];
  /** No choice within the budget covers more than this. */
  readonly bound: number;
}

/**
 * Maximal covering, one site at a time: always the one that adds most, the lowest index among equals, until the budget is
 * spent or nothing is gained. Never below 63.2% (1 − 1/e) of the best choice, and mostly within a few per cent of it.
 * The bound is the least over all steps of: what is covered so far, and the largest gains then open, as many as the budget.
 * @throws RangeError for a negative weight, radius or budget.
 * Source: R. Church & C. ReVelle, Papers in Regional Science 32, 1974; guarantee and bound of G. L. Nemhauser,
 * L. A. Wolsey & M. L. Fisher, Mathematical Programming 14, 1978.
 */
export function greedyCoverage(problem: SitingProblem): GreedyCoverage {
  const { demand, budget } = problem;
  const reach = reachOf(problem);
  const sitesNear = Array.from(demand, (): number[] => []);
  reach.forEach((points, site) => points.forEach((point) => sitesNear[point].push(site)));
  const isCovered = new Uint8Array(demand.length);
  // Summed afresh whenever it changes: taking away would leave dust behind, and a gain of 0 must be 0.
  const gainOf = (site: number) => {
    let gain = 0;
    for (const point of reach[site]) if (isCovered[point] === 0) gain += demand[point].weight;
    return gain;
  };
  const gain = Float64Array.from(reach, (_, site) => gainOf(site));
  const sites: number[] = [];
  const gains: number[] = [];
  let covered = 0;
  let bound = coveredBy(demand, reach, Array.from(reach.keys()));
  for (;;) {
    bound = Math.min(bound, covered + sumOfLargest(gain, budget));
    if (sites.length === budget) break;
    let best = -1;
    for (let site = 0; site < gain.length; site++) if (gain[site] > (best < 0 ? 0 : gain[best])) best = site;
    if (best < 0) break;
    sites.push(best);
    gains.push(gain[best]);
    covered += gain[best];
    const changed = new Set<number>();
    for (const point of reach[best]) {
      if (isCovered[point] === 1) continue;
      isCovered[point] = 1;
      for (const site of sitesNear[point]) changed.add(site);
    }
    for (const site of changed) gain[site] = gainOf(site);
  }
  return { sites, covered: coveredBy(demand, reach, sites), gains, bound };
}

function sumOfLargest(values: Float64Array, count: number): number {
  const ordered = Array.from(values);
  const first = Math.max(0, ordered.length - count);
  if (first > 0 && count > 0) quickselect(ordered, first); // the largest stand from `first` on
  let sum = 0;
  for (let at = first; at < ordered.length; at++) sum += ordered[at];
  return sum;
}
