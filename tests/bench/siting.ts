/**
 * Siting: 200 lamps among 20,000 sites for 20,000 points (reach 300 m, 50 × 50 km), greedy, against the greedy of the textbook
 * (Church and ReVelle 1974), which counts what every site would add anew at each step, in the same run. Seeded.
 * Prints times and the ratio; fails when one site differs.
 * Usage: npm run bench -- siting
 */
import { availableParallelism, cpus } from 'node:os';
import { greedyCoverage } from '@diemnong/analysis';
import { seededRandom } from '../../server/analysis/src/test-data.ts';

const count = 20_000;
const sideM = 50_000;
const random = seededRandom(5);
const place = () => ({ x: sideM * random(), y: sideM * random() });
const demand = Array.from({ length: count }, () => ({ ...place(), weight: Math.ceil(9 * random()) }));
const problem = { demand, sites: Array.from({ length: count }, place), radiusM: 300, budget: 200 };

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
greedyCoverage(problem);
const ours = Array.from({ length: 9 }, () => timed(() => greedyCoverage(problem).sites));
const peer = Array.from({ length: 3 }, () => timed(textbookGreedy));
const [ourMs, peerMs] = [medianOf(ours), medianOf(peer)];
const differing = ours[0].sites.filter((site, step) => site !== peer[0].sites[step]).length;
console.log(`${count} points, ${count} sites, ${ours[0].sites.length} chosen`);
console.log(`greedyCoverage:     ${ourMs.toFixed(0)} ms (median of ${ours.length})`);
console.log(`textbook's greedy: ${peerMs.toFixed(0)} ms (median of ${peer.length})`);
console.log(`ratio: ${(peerMs / ourMs).toFixed(1)} times; differing sites: ${differing}`);
if (differing > 0 || ours[0].sites.length !== problem.budget) process.exitCode = 1;

/** What is in reach is found once, by squares as wide as the reach; then every site is weighed at every step. */
function textbookGreedy(): number[] {
  const { sites, radiusM, budget } = problem;
  const squareOf = (value: number) => Math.floor(value / radiusM);
  const squares = Map.groupBy(demand.keys(), (point) => `${squareOf(demand[point].x)},${squareOf(demand[point].y)}`);
  const reach = sites.map(({ x, y }) =>
    [-1, 0, 1]
      .flatMap((east) =>
        [-1, 0, 1].flatMap((north) => squares.get(`${squareOf(x) + east},${squareOf(y) + north}`) ?? []),
      )
      .filter((point) => Math.hypot(demand[point].x - x, demand[point].y - y) <= radiusM),
  );
  const isCovered = new Uint8Array(demand.length);
  const chosen: number[] = [];
  while (chosen.length < budget) {
    const gains = reach.map((points) =>
      points.reduce((gain, point) => gain + (isCovered[point] === 1 ? 0 : demand[point].weight), 0),
    );
    const best = gains.indexOf(gains.reduce((most, gain) => Math.max(most, gain), 0));
    if (gains[best] === 0) break;
    chosen.push(best);
    for (const point of reach[best]) isCovered[point] = 1;
  }
  return chosen;
}

function timed(choose: () => number[]): { sites: number[]; ms: number } {
  const begun = performance.now();
  const sites = choose();
  return { sites, ms: performance.now() - begun };
}

function medianOf(runs: readonly { ms: number }[]): number {
  return runs.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
}
