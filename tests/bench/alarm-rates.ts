/**
 * How often the month alarm rings for nothing, and how often it hears: simulated commune series, each judged at its last month.
 * Beside it the plain seasonal threshold, and R's surveillance on a part of the same series when R is there. Writes the tables of
 * docs/alerts.md. Usage: npm run bench -- alarm-rates
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { farringtonThreshold, MONTH_ALARM_ALPHA, monthAlarm, seasonalThreshold } from '@diemnong/analysis';
import { seededRandom } from '../support/seeded-random.ts';

const page = fileURLToPath(new URL('../../docs/alerts.md', import.meta.url));
const seriesCount = 1500;
const communes = 51;
const means = [0.5, 2, 5, 10, 30, 100, 300];
const dispersions = [1, 1.5, 2.5];
const factors = [1.5, 2, 3];
const leastCount = 5;

interface World {
  readonly mean: number;
  readonly dispersion: number;
  /** Half of the difference between the year's peak and trough, as a share of the mean. */
  readonly season: number;
  /** Change per year, as a share. */
  readonly trend: number;
  /** Share of past months without a report. */
  readonly missing: number;
  /** Months before the one judged. */
  readonly past: number;
}
const usual: Omit<World, 'mean' | 'dispersion'> = { season: 0.3, trend: 0, missing: 0.03, past: 60 };

interface Rates {
  /** Of the series that could be judged. */
  readonly falseShare: number;
  /** Found when the month's mean is multiplied by each of `factors`. */
  readonly found: number[];
  readonly plainFalse: number;
}

const random = seededRandom(2026).next;
const rest: number[] = [];

function normal(): number {
  const kept = rest.pop();
  if (kept !== undefined) return kept;
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  rest.push(radius * Math.sin(angle));
  return radius * Math.cos(angle);
}

/** Source: G. Marsaglia & W. W. Tsang, ACM Transactions on Mathematical Software 26, 2000. */
function gamma(shape: number): number {
  if (shape < 1) return gamma(shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Halves large means, so that exp does not underflow; a sum of Poisson counts is one. */
function poisson(mean: number): number {
  if (mean > 400) return poisson(mean / 2) + poisson(mean / 2);
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > floor; product *= random()) count++;
  return count;
}

/** Negative binomial of variance dispersion × mean. */
function draw(mean: number, dispersion: number): number {
  return poisson(dispersion === 1 ? mean : gamma(mean / (dispersion - 1)) * (dispersion - 1));
}

function drawSeries({ mean, dispersion, season, trend, missing, past }: World) {
  const phase = 12 * random();
  const meanAt = (at: number) =>
    mean * (1 + season * Math.sin(((at + phase) * Math.PI) / 6)) * (1 + trend) ** ((at - past) / 12);
  const counts: (number | null)[] = Array.from({ length: past }, (_, at) =>
    random() < missing ? null : draw(meanAt(at), dispersion),
  );
  return { counts, now: meanAt(past) };
}

function measure(world: World): Rates {
  const { dispersion, past } = world;
  let judged = 0;
  let wrong = 0;
  let plainJudged = 0;
  let plainWrong = 0;
  const found = factors.map(() => 0);
  for (let series = 0; series < seriesCount; series++) {
    const { counts, now } = drawSeries(world);
    const ordinary = draw(now, dispersion);
    counts.push(ordinary);
    const alarm = monthAlarm(counts, past);
    // The threshold does not depend on the month's own count.
    const raised = factors.map((factor) => draw(factor * now, dispersion));
    if (alarm !== null) {
      judged++;
      if (alarm.alarm) wrong++;
      raised.forEach((count, at) => {
        if (count > alarm.upper) found[at]++;
      });
    }
    // The plain threshold knows no missing months: it is given the mean of the others.
    const known = counts.filter((count) => count !== null);
    const middle = known.reduce((sum, count) => sum + count, 0) / known.length;
    const filled = counts.map((count) => count ?? middle);
    const years = Math.min(5, Math.floor((past - 1) / 12));
    const plain = years < 2 ? null : seasonalThreshold(filled, past, { years, level: 1 - MONTH_ALARM_ALPHA });
    if (plain !== null) {
      plainJudged++;
      if (plain.alarm && ordinary >= leastCount) plainWrong++;
    }
  }
  return {
    falseShare: wrong / judged,
    found: found.map((times) => times / judged),
    plainFalse: plainJudged === 0 ? Number.NaN : plainWrong / plainJudged,
  };
}

const percent = (share: number, digits = 1) => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(digits)}%`);
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function byMean(past: number): { text: string; falseShares: number[] } {
  const falseShares: number[] = [];
  const rows = means.flatMap((mean) =>
    dispersions.map((dispersion) => {
      const { falseShare, found, plainFalse } = measure({ ...usual, past, mean, dispersion });
      falseShares.push(falseShare);
      return [mean, dispersion, percent(falseShare), percent(plainFalse), ...found.map((share) => percent(share, 0))];
    }),
  );
  const head = [
    'records a month',
    'dispersion',
    'false',
    'false, plain',
    ...factors.map((factor) => `found ×${factor}`),
  ];
  return { text: table(head, rows), falseShares };
}

function byWorld(): { text: string; falseShares: number[] } {
  const worlds: [string, Partial<World>][] = [
    ['as above', {}],
    ['no season', { season: 0 }],
    ['strong season (±60%)', { season: 0.6 }],
    ['falling 10% a year', { trend: -0.1 }],
    ['rising 10% a year', { trend: 0.1 }],
    ['rising 20% a year', { trend: 0.2 }],
    ['nothing missing', { missing: 0 }],
    ['one month in five missing', { missing: 0.2 }],
    ['four years', { past: 48 }],
    ['three years', { past: 36 }],
    ['thirty months (EARS)', { past: 30 }],
    ['thirty months, strong season (EARS)', { past: 30, season: 0.6 }],
    ['sixteen months (EARS)', { past: 16 }],
  ];
  const falseShares: number[] = [];
  const rows = worlds.map(([name, change]) => {
    const rates = [2, 10, 100].map((mean) => measure({ ...usual, dispersion: 1.5, mean, ...change }));
    falseShares.push(...rates.map(({ falseShare }) => falseShare));
    return [
      name,
      ...rates.map(({ falseShare }) => percent(falseShare)),
      percent(average(rates.map(({ plainFalse }) => plainFalse))),
      ...rates.map(({ found }) => percent(found[1], 0)),
    ];
  });
  const head = [
    'series',
    'false at 2',
    'at 10',
    'at 100',
    'plain, mean of the three',
    'found ×2 at 2',
    'at 10',
    'at 100',
  ];
  return { text: table(head, rows), falseShares };
}

/** Alarms of R's surveillance on the same series: its quantile threshold, which ours is but for the uncertainty of the mean. */
function compareWithR(): string {
  // One month more than five years: the earliest window of three must lie in the series.
  const past = 61;
  const rows = Array.from({ length: 60 }, (_, at) => {
    const world = {
      ...usual,
      missing: 0,
      past,
      mean: [2, 10, 60][at % 3],
      dispersion: dispersions[at % 2 === 0 ? 0 : 2],
    };
    const { counts, now } = drawSeries(world);
    return [...counts.map((count) => count ?? 0), draw(at % 4 === 0 ? 2.2 * now : now, world.dispersion)];
  });
  const script = `suppressMessages(library(surveillance))
y <- as.matrix(read.csv(file("stdin"), header = FALSE))
for (i in seq_len(nrow(y))) {
  s <- sts(observed = matrix(as.numeric(y[i, ]), ncol = 1), start = c(2020, 1), frequency = 12)
  r <- farringtonFlexible(s, control = list(range = 62, b = 5, w = 1, noPeriods = 4, reweight = TRUE, weightsThreshold = 2.58,
    trend = TRUE, pThresholdTrend = 0.05, pastWeeksNotIncluded = 3, thresholdMethod = "nbPlugin", alpha = ${MONTH_ALARM_ALPHA / 2},
    limit54 = c(0, 4), verbose = FALSE))
  cat(as.integer(alarms(r)), upperbound(r), "\\n")
}
cat(as.character(packageVersion("surveillance")), "\\n")`;
  const run = spawnSync(process.env.RSCRIPT ?? 'Rscript', ['-e', script], {
    input: rows.map((counts) => counts.join(',')).join('\n'),
    encoding: 'utf8',
  });
  if (run.status !== 0) return 'R with surveillance was not there when this page was written.';
  const lines = run.stdout.trim().split('\n');
  const version = lines.pop()?.trim();
  let alarms = 0;
  let same = 0;
  let near = 0;
  let sameAsAlarm = 0;
  rows.forEach((counts, at) => {
    const [alarm, upper] = (lines[at] ?? '').trim().split(' ').map(Number);
    const got = farringtonThreshold(counts, past, { seasons: 4, alpha: MONTH_ALARM_ALPHA / 2, minCases: 0 });
    if (alarm === 1) alarms++;
    if (got?.alarm === (alarm === 1)) same++;
    if (Math.abs((got?.upper ?? Number.NaN) - upper) < 1e-4 * Math.max(1, upper)) near++;
    if (monthAlarm(counts, past)?.alarm === (alarm === 1)) sameAsAlarm++;
  });
  if (same < rows.length || near < rows.length) process.exitCode = 1;
  return (
    `Against \`farringtonFlexible\` of R's surveillance ${version} on ${rows.length} of such series (${alarms} alarms), same parameters: ` +
    `same alarm in ${same}, same upper bound in ${near}. With the uncertainty of the expected count and the least count added, as ` +
    `the alarm has them: same answer in ${sameAsAlarm}.`
  );
}

const long = byMean(usual.past);
const short = byMean(30);
const worlds = byWorld();
const mean = average(long.falseShares);
const text = [
  `${seriesCount} simulated series per line, seed 2026. Season ±30%, 3% of the past months not reported, unless said otherwise. ` +
    `"Dispersion" is variance ÷ mean. "False": an alarm in an ordinary month. "Found ×2": an alarm when the month's mean is doubled. ` +
    `"Plain": \`seasonalThreshold\` (mean and variance of the same season of earlier years) with the tail ${percent(MONTH_ALARM_ALPHA)} and the same least count.`,
  `**Five years behind the month:** ${percent(mean, 2)} false on average, ${percent(Math.max(...long.falseShares))} at worst. ` +
    `A province of ${communes} communes, one series each, sees ${(communes * mean).toFixed(2)} false alerts a month on average, ` +
    `${(communes * mean * 12).toFixed(1)} a year (announced: ${(communes * MONTH_ALARM_ALPHA).toFixed(2)} a month).`,
  long.text,
  `**Thirty months behind it (EARS):** ${percent(average(short.falseShares), 2)} false on average, ${percent(Math.max(...short.falseShares))} at worst.`,
  short.text,
  '**Other kinds of series** (dispersion 1.5; 2, 10 and 100 records a month):',
  worlds.text,
  compareWithR(),
].join('\n\n');
console.log(text);

const [begin, end] = ['<!-- rates begin: npm run bench -- alarm-rates -->', '<!-- rates end -->'];
const written = readFileSync(page, 'utf8');
const from = written.indexOf(begin);
const to = written.indexOf(end);
if (from < 0 || to < from) throw new Error(`docs/alerts.md lacks ${begin} … ${end}`);
writeFileSync(page, `${written.slice(0, from + begin.length)}\n${text}\n${written.slice(to)}`);
