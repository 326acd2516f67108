/**
 * How often the funnel points at a commune for nothing, small and big ones apart, and how often it sees the one that is different:
 * simulated provinces, the kinds of limits of the literature beside ours. Usage: npm run bench -- funnel-limits
 */
import { funnelLimits, shrunkenRates } from '@diemnong/analysis';
import { seededRandom } from '../support/seeded-random.ts';

const provinces = 400;
const most = 15_000;
const random = seededRandom(2026).next;

interface World {
  readonly communes: number;
  /** Standard deviation of the logarithms of true rates. */
  readonly deviation: number;
  /** The middle commune's true rate is multiplied by it. */
  readonly planted?: number;
}
interface Province {
  readonly counts: number[];
  readonly exposures: number[];
}
/** Scores, normal where nothing is amiss. */
type Method = (province: Province) => number[];

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Halves large means, so that exp does not underflow; beyond some thousand a rounded normal is near enough. */
function poisson(mean: number): number {
  if (mean > 3000) return Math.round(mean + Math.sqrt(mean) * normal());
  if (mean > 400) return poisson(mean / 2) + poisson(mean / 2);
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > floor; product *= random()) count++;
  return count;
}

/** From 1 to 15,000 expected, evenly on a logarithmic scale and by size; mean true rate 1. */
function draw({ communes, deviation, planted = 1 }: World): Province {
  const exposures = Array.from({ length: communes }, (_, at) => most ** ((at + random()) / communes));
  const middle = Math.floor(communes / 2);
  const counts = exposures.map((exposure, at) =>
    poisson(exposure * Math.exp(deviation * normal() - deviation ** 2 / 2) * (at === middle ? planted : 1)),
  );
  return { counts, exposures };
}

function expectedOf({ counts, exposures }: Province): number[] {
  const overall = sum(counts) / sum(exposures);
  return exposures.map((exposure) => exposure * overall);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Mean square of scores, the outer tenths winsorised as Spiegelhalter does. */
function meanSquare(scores: readonly number[]): number {
  const sorted = scores.toSorted((a, b) => a - b);
  const cut = Math.floor(0.1 * scores.length);
  const [low, high] = [sorted[cut], sorted[sorted.length - 1 - cut]];
  return sum(scores.map((score) => Math.min(high, Math.max(low, score)) ** 2)) / scores.length;
}

/** Variance between places, by DerSimonian and Laird's moments, added to that of chance. */
function added(read: (count: number, expected: number) => { off: number; variance: number }): Method {
  return (province) => {
    const expected = expectedOf(province);
    const places = province.counts.map((count, at) => read(count, expected[at]));
    const n = places.length;
    const weights = places.map(({ variance }) => 1 / variance);
    const excess = n * meanSquare(places.map(({ off, variance }) => off / Math.sqrt(variance))) - (n - 1);
    const square = Math.max(0, excess / (sum(weights) - sum(weights.map((weight) => weight * weight)) / sum(weights)));
    return places.map(({ off, variance }) => off / Math.sqrt(variance + square));
  };
}

const root = (count: number, expected: number) => ({
  off: Math.sqrt(count / expected) - 1,
  variance: 1 / expected / 4,
});

const methods: readonly (readonly [string, Method])[] = [
  [
    'multiplied, root',
    (province) => {
      const expected = expectedOf(province);
      const scores = province.counts.map((count, at) => 2 * (Math.sqrt(count) - Math.sqrt(expected[at])));
      const spread = Math.sqrt(Math.max(1, meanSquare(scores)));
      return scores.map((score) => score / spread);
    },
  ],
  ['added, raw', added((count, expected) => ({ off: count / expected - 1, variance: 1 / expected }))],
  ['added, root', added(root)],
  [
    'added, log',
    added((count, expected) => ({
      off: Math.log((count + 0.5) / (expected + 0.5)),
      variance: 1 / (expected + 0.5),
    })),
  ],
  ['gamma (ours)', ({ counts, exposures }) => shrunkenRates(counts, exposures).rates.map(({ z }) => z)],
];

function percent(part: number, digits = 1): string {
  return (100 * part).toFixed(digits);
}

/** Shares outside the 95 and the 99.8% lines of the smallest, the middle and the biggest third; last, of those planted. */
function row(world: World): string[][] {
  const drawn = Array.from({ length: provinces }, () => draw(world));
  const middle = Math.floor(world.communes / 2);
  return methods.map(([name, scoresOf]) => {
    const scores = drawn.map(scoresOf);
    const share = (from: number, to: number, line: number) => {
      const those = scores.flatMap((all) => all.filter((_, at) => at >= from && at < to));
      return those.filter((z) => Math.abs(z) > line).length / those.length;
    };
    const third = world.communes / 3;
    const cells = [0, 1, 2].map((at) => {
      const [from, to] = [at * third, (at + 1) * third];
      return `${percent(share(from, to, 1.96))} / ${percent(share(from, to, 3.09), 2)}`;
    });
    const seen = [1.96, 3.09].map((line) => percent(share(middle, middle + 1, line), 0)).join(' / ');
    return [
      String(world.communes),
      String(world.deviation),
      world.planted === undefined ? '–' : `×${world.planted}`,
      name,
      ...cells,
      world.planted === undefined ? '–' : seen,
    ];
  });
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const worlds: World[] = [
  ...[20, 51, 100].flatMap((communes) => [0, 0.2, 0.5, 0.8].map((deviation) => ({ communes, deviation }))),
  ...[2, 4].flatMap((planted) => [0, 0.2, 0.5].map((deviation) => ({ communes: 51, deviation, planted }))),
];
console.log(
  table(
    ['communes', 'log SD', 'planted', 'limits', 'smallest third', 'middle', 'biggest', 'planted seen'],
    worlds.flatMap(row),
  ),
);

const { counts, exposures } = draw({ communes: 60, deviation: 0.5 });
const from = performance.now();
const { overall, tau } = shrunkenRates(counts, exposures);
const lines = funnelLimits(
  overall ?? 0,
  tau,
  Array.from({ length: 100 }, (_, at) => most ** ((at + 1) / 100)),
);
console.log(`\n60 communes and ${lines.length} drawn limits: ${(performance.now() - from).toFixed(1)} ms`);
