import { greedyCoverage } from './greedy-coverage.ts';
import { coveredBy, reachOf, type SitingProblem } from './siting-reach.ts';

export interface ExactCoverage {
  /** Indices in rising order. Several choices may be equally good; this is one of them. */
  readonly sites: number[];
  /** Weight covered. */
  readonly covered: number;
  /** False when time ran out before the choice was proved the best. */
  readonly isOptimal: boolean;
}

/**
 * Maximal covering, the best choice there is, by integer programming. Takes under a second for 300 demand points and 150
 * sites; hard cases grow without limit, hence the time limit.
 * NOTE: the solver blocks its thread while it works: call it from a worker. It is WebAssembly and loaded when first asked
 * for, so that nobody else pays for it.
 * @param timeLimitS when it runs out, the best choice so far, the greedy one at least.
 * @throws RangeError as `greedyCoverage` does; Error when the solver gives up for another reason than time.
 * Source: R. Church & C. ReVelle, Papers in Regional Science 32, 1974; solver HiGHS, Q. Huangfu & J. A. J. Hall,
 * Mathematical Programming Computation 10, 2018.
 */
export async function exactCoverage(
  problem: SitingProblem,
  { timeLimitS = 20 }: { readonly timeLimitS?: number } = {},
): Promise<ExactCoverage> {
  const { demand } = problem;
  const reach = reachOf(problem);
  const greedy = greedyCoverage(problem);
  const greedySites = greedy.sites.toSorted((a, b) => a - b);
  if (greedy.covered >= greedy.bound) return { sites: greedySites, covered: greedy.covered, isOptimal: true };

  // NOTE: typed as CommonJS, while what `import` loads is a module: one `default` too many.
  const { default: loadHighs } = (await import('highs')) as unknown as typeof import('highs');
  const highs = await loadHighs();
  const solution = highs.solve(programOf(problem, reach), {
    output_flag: false,
    time_limit: timeLimitS,
    mip_rel_gap: 0,
    mip_abs_gap: 0,
  });
  if (solution.Status !== 'Optimal' && solution.Status !== 'Time limit reached') {
    throw new Error(`siting: the solver ended with "${solution.Status}"`);
  }
  const chosen = Object.entries<{ Primal?: number }>(solution.Columns)
    .filter(([name, column]) => name.startsWith('x') && (column.Primal ?? 0) > 0.5)
    .map(([name]) => Number(name.slice(1)))
    .sort((a, b) => a - b);
  const covered = coveredBy(demand, reach, chosen);
  const isOptimal = solution.Status === 'Optimal';
  // An incumbent of a run cut short may be worse, or over budget when there is none.
  if (!isOptimal && (covered < greedy.covered || chosen.length > problem.budget)) {
    return { sites: greedySites, covered: greedy.covered, isOptimal };
  }
  return { sites: chosen, covered, isOptimal };
}

/**
 * The program as text (CPLEX LP format): x = site chosen, z = demand covered, which needs no integrality of its own.
 * Demand points that the same sites reach are one.
 */
function programOf({ demand, budget }: SitingProblem, reach: readonly Int32Array[]): string {
  const sitesNear = Array.from(demand, (): number[] => []);
  reach.forEach((points, site) => points.forEach((point) => sitesNear[point].push(site)));
  const weightBySites = new Map<string, number>();
  sitesNear.forEach((sites, point) => {
    if (sites.length === 0 || demand[point].weight === 0) return;
    const terms = sites.map((site) => `- x${site}`).join('\n');
    weightBySites.set(terms, (weightBySites.get(terms) ?? 0) + demand[point].weight);
  });
  const groups = [...weightBySites];
  const usefulSites = reach.flatMap((points, site) => (points.length > 0 ? [site] : []));
  return [
    'Maximize',
    ...groups.map(([, weight], group) => `+ ${weight} z${group}`),
    'Subject To',
    ...groups.map(([terms], group) => `z${group}\n${terms} <= 0`),
    ...usefulSites.map((site) => `+ x${site}`),
    `<= ${budget}`,
    'Bounds',
    ...groups.map((_, group) => `0 <= z${group} <= 1`),
    'Binary',
    ...usefulSites.map((site) => `x${site}`),
    'End',
  ].join('\n');
}
