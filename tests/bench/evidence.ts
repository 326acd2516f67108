/**
 * How often are the readings of evidence right? Areas are picked for having been the worst of their commune in the year before; then
 * nothing is done, or records truly fall, or move next door, or rise. Invented provinces over many seeds, other kinds of provinces,
 * and the demonstration's own areas. Writes the tables into docs/evidence.md. Takes about fifteen minutes, table 3 alone a minute and a half.
 * Usage: npm run bench -- evidence
 *   TABLES=3               only that table, or several ("1,2"); the others stay as they are on the page
 *   SEEDS=4 FIRST_SEED=1   a quick look, or other seeds than the page's: writes nothing
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { detectableFall } from '@diemnong/analysis';
import { DEMO_SEED, type DemoArea, generateDemoProvince } from '@diemnong/data';
import { type DemoReading, readDemo } from '../support/demo-evidence.ts';
import { percent, readingHeads, readingRow, row, shareOf, table } from '../support/evidence-tables.ts';
import { evidenceWorld, readWorld, TRUTHS, type TriedReading, type WorldSettings } from '../support/evidence-world.ts';

/**
 * The page's seeds: nobody looked at them while the rules were settled. Those from 3001 on are read alike by `evidence-2` and `evidence-3`,
 * since all months of their provinces are reported; tables with months that are not are of `evidence-3` and of seeds later still.
 */
const PAGE = { first: 3001, firstUnreported: 4001, seeds: 120 };
const first = Number(process.env.FIRST_SEED ?? PAGE.first);
const firstUnreported = Number(process.env.FIRST_SEED ?? PAGE.firstUnreported);
const seeds = Number(process.env.SEEDS ?? PAGE.seeds);
/** Of every other kind of province, and of the demonstration's records. */
const otherSeeds = Math.ceil(seeds / 5);
const demoSeeds = Math.ceil(seeds / 10);
/** Shares of records left inside where measures work. */
const LEFT = [0.5, 0.3];
const SIZES: readonly (readonly [from: number, below: number])[] = [
  [5, 15],
  [15, 30],
  [30, 60],
  [60, 120],
  [120, Infinity],
];
/** A hundredth of the first month's level each month is a sixth less, or a tenth more, from the third year to the fourth. */
const OTHER_WORLDS: Readonly<Record<string, WorldSettings>> = {
  'falls by 17% in the year': { monthlyFall: 0.01 },
  'rises by 9% in the year': { monthlyFall: -0.01 },
  'communes change twice as much': { restlessness: 0.3 },
  'a quarter of the records': { records: 30_000 },
  'measures in the area beside it too': { hasNeighbours: true },
  'areas of 7 cells': { radii: [1] },
  'areas of 127 cells': { radii: [6] },
};
const UNREPORTED_WORLDS: Readonly<Record<string, WorldSettings>> = {
  'one month in twenty unreported': { silence: 0.05 },
  'one month in ten unreported': { silence: 0.1 },
};
/** Areas where nothing is done fall by themselves, three tenths a year. */
const FADING_WORLDS: Readonly<Record<string, WorldSettings>> = {
  'all months reported': { fading: 0.3 },
  'one month in twenty unreported': { fading: 0.3, silence: 0.05 },
};
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

let tried: { inside: number; tried: TriedReading[] }[] | undefined;
const makers: readonly (() => string)[] = [
  truthTable,
  powerTable,
  demoTable,
  fallTable,
  () => promiseTable(OTHER_WORLDS, 'nothing done', otherSeeds, first),
  () => promiseTable(UNREPORTED_WORLDS, 'nothing done', seeds, firstUnreported),
  () => promiseTable(FADING_WORLDS, 'falling already', otherSeeds, firstUnreported),
];
const wanted = (process.env.TABLES ?? '1,2,3,4,5,6,7').split(',').map(Number);
const isOfPage = seeds === PAGE.seeds && first === PAGE.first && firstUnreported === PAGE.firstUnreported;
for (const number of wanted) {
  const make = makers[number - 1];
  if (make === undefined) throw new Error(`there is no table ${number}; expected 1 to ${makers.length}`);
  const text = make();
  console.log(`${text}\n`);
  if (isOfPage) writeIntoPage(number, text);
}

function worlds() {
  tried ??= LEFT.map((inside) => ({ inside, tried: readSeeds(first, seeds, { inside }) }));
  return tried;
}

function readSeeds(from: number, count: number, settings: WorldSettings): TriedReading[] {
  return Array.from({ length: count }, (_, at) => readWorld(evidenceWorld(from + at, settings))).flat();
}

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
        worlds()[0].tried.filter((one) => one.truth === truth),
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
      const sized = worlds().map(({ tried }) => tried.filter(({ before }) => before >= from && before < below));
      return row([
        below === Infinity ? `${from} and more` : `${from}–${below - 1}`,
        ...shares(sized[0].filter(({ truth }) => truth === 'none')),
        ...sized.flatMap((tried) => shares(tried.filter(({ truth }) => truth === 'works'))),
      ]);
    }),
  );
}

function demoTable(): string {
  const province = generateDemoProvince({ seed: DEMO_SEED });
  const demo: DemoReading[] = Array.from({ length: demoSeeds }, (_, at) =>
    readDemo(province, firstUnreported + at),
  ).flat();
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

/** What is promised, in provinces of other kinds. */
function promiseTable(
  worlds: Readonly<Record<string, WorldSettings>>,
  nothing: string,
  count: number,
  from: number,
): string {
  return table(
    ['province', nothing, 'mạnh', 'trái chiều', 'yếu', 'all moved next door', 'mạnh', '−50%: mạnh', 'mạnh or yếu'],
    Object.entries(worlds).map(([name, settings]) => {
      const tried = readSeeds(from, count, settings);
      const of = (truth: TriedReading['truth']) => tried.filter((one) => one.truth === truth);
      const [none, displaced, works] = [of('none'), of('displaces'), of('works')];
      return row([
        name,
        none.length.toLocaleString('en'),
        ...(['strong', 'against', 'weak'] as const).map((reading) => percent(shareOf(none, reading))),
        String(displaced.length),
        percent(shareOf(displaced, 'strong')),
        percent(shareOf(works, 'strong')),
        percent(shareOf(works, 'strong') + shareOf(works, 'weak')),
      ]);
    }),
  );
}

/** Each table has its own place in the page: between `<!-- table N -->` and `<!-- end N -->`. */
function writeIntoPage(number: number, text: string): void {
  const path = new URL('../../docs/evidence.md', import.meta.url);
  const page = readFileSync(path, 'utf8');
  const between = new RegExp(`<!-- table ${number} -->[^]*<!-- end ${number} -->`);
  if (!between.test(page)) throw new Error(`docs/evidence.md has no place for table ${number}`);
  writeFileSync(path, page.replace(between, `<!-- table ${number} -->\n${text}\n<!-- end ${number} -->`));
}
