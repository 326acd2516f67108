/**
 * How often are the readings of evidence right? Areas are picked for having been the worst of their commune in the year before; then
 * nothing is done, or records truly fall, or move next door, or rise. Invented provinces over many seeds, and the demonstration's
 * own areas. Writes the tables into docs/evidence.md. Takes about five minutes.
 * Usage: npm run bench -- evidence      SEEDS=4 for a quick look, which writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { detectableFall } from '@diemnong/analysis';
import { DEMO_SEED, type DemoArea, generateDemoProvince } from '@diemnong/data';
import { type DemoReading, readDemo } from '../support/demo-evidence.ts';
import { percent, readingHeads, readingRow, row, shareOf, table } from '../support/evidence-tables.ts';
import { evidenceWorld, readWorld, TRUTHS, type TriedReading } from '../support/evidence-world.ts';

const seeds = Number(process.env.SEEDS ?? 60);
const demoSeeds = Math.ceil(seeds / 5);
/** Shares of records left inside where measures work. */
const LEFT = [0.5, 0.3];
const SIZES: readonly (readonly [from: number, below: number])[] = [
  [5, 15],
  [15, 30],
  [30, 60],
  [60, 120],
  [120, Infinity],
];
const DEMO_TRUTHS: readonly DemoArea['truth']['kind'][] = [
  'none',
  'seems',
  'works',
  'displaces',
  'moves',
  'fades',
  'worsens',
  'returned',
];

const worlds = LEFT.map((inside) => {
  const tried: TriedReading[] = [];
  for (let seed = 1; seed <= seeds; seed++) tried.push(...readWorld(evidenceWorld(seed, { inside })));
  console.log(`${seeds} provinces, ${percent(inside)} left inside: ${tried.length} areas`);
  return { inside, tried };
});
const province = generateDemoProvince({ seed: DEMO_SEED });
const demo: DemoReading[] = [];
for (let seed = 1; seed <= demoSeeds; seed++) demo.push(...readDemo(province, seed));

const text = [truthTable(), powerTable(), demoTable(), fallTable()].join('\n\n');
console.log(text);
if (seeds === 60) writeIntoPage(text);

function truthTable(): string {
  const names = {
    none: 'nothing was done',
    works: 'half of it gone',
    displaces: 'half moved next door',
    worsens: 'half as much again',
  };
  return table(
    readingHeads('truth'),
    TRUTHS.map((truth) =>
      readingRow(
        names[truth],
        worlds[0].tried.filter((one) => one.truth === truth),
      ),
    ),
  );
}

/** How often a true fall is called strong, or at least weak, by how many records there were before. */
function powerTable(): string {
  const shares = (tried: readonly TriedReading[]) =>
    tried.length === 0
      ? ['–', '–']
      : [percent(shareOf(tried, 'strong')), percent(shareOf(tried, 'strong') + shareOf(tried, 'weak'))];
  return table(
    [
      'records before',
      'nothing done: mạnh',
      'mạnh or yếu',
      ...LEFT.flatMap((left) => [`−${100 - 100 * left}%: mạnh`, 'mạnh or yếu']),
    ],
    SIZES.map(([from, below]) => {
      const sized = worlds.map(({ tried }) => tried.filter(({ before }) => before >= from && before < below));
      return row([
        below === Infinity ? `${from} and more` : `${from}–${below - 1}`,
        ...shares(sized.flat().filter(({ truth }) => truth === 'none')),
        ...sized.flatMap((tried) => shares(tried.filter(({ truth }) => truth === 'works'))),
      ]);
    }),
  );
}

function demoTable(): string {
  return table(
    readingHeads('truth in the demonstration'),
    DEMO_TRUTHS.map((truth) =>
      readingRow(
        truth,
        demo.filter((one) => one.truth === truth),
      ),
    ),
  );
}

function fallTable(): string {
  return table(
    ['records in the year before', 'least fall seen 8 times in 10'],
    [5, 10, 15, 20, 30, 50, 75, 100, 200, 500].map((count) => {
      const fall = detectableFall(count);
      return row([String(count), fall === null ? 'none' : `${(100 * fall).toFixed(0)}%`]);
    }),
  );
}

/** Each table has its own place in the page: between `<!-- table N -->` and `<!-- end N -->`. */
function writeIntoPage(text: string): void {
  const path = new URL('../../docs/evidence.md', import.meta.url);
  let page = readFileSync(path, 'utf8');
  text.split('\n\n').forEach((table, at) => {
    const between = new RegExp(`<!-- table ${at + 1} -->[^]*<!-- end ${at + 1} -->`);
    if (!between.test(page)) throw new Error(`docs/evidence.md has no place for table ${at + 1}`);
    page = page.replace(between, `<!-- table ${at + 1} -->\n${table}\n<!-- end ${at + 1} -->`);
  });
  writeFileSync(path, page);
}
