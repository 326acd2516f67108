/**
 * How much of what is planted in the demonstration province do the maps of hot spots find, and what else do they call hot?
 * 50 seeds of incidents; the full grid at resolution 9; with and without the false discovery rate; the rows as they are, on
 * an even background, and thrown at random, where every find is false. Then how far chance alone goes when records are few.
 * Writes the tables into docs/hotspots.md. Takes about ten minutes.
 * Usage: npm run bench -- planted-clusters      SEEDS=2 for a quick look, which writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { classifyGrid, giStarGrid, giStarZ, ringChance } from '@diemnong/analysis';
import {
  drawPlantedRows,
  type Layout,
  layOut,
  type PlantedProvince,
  type PlantedRows,
  plantedProvince,
} from '../support/planted-province.ts';
import {
  CUTS,
  type Cut,
  type Filter,
  hotGroup,
  labelMap,
  type MapTally,
  tallyMaps,
} from '../support/planted-scores.ts';
import { seededRandom } from '../support/seeded-random.ts';

type Setting = { layout: Layout; filter: Filter; measure: 'count' | 'per10k' };
const SETTINGS: readonly Setting[] = [
  { layout: 'as it is', filter: 'groups', measure: 'count' },
  { layout: 'as it is', filter: 'all', measure: 'count' },
  { layout: 'even background', filter: 'groups', measure: 'count' },
  { layout: 'even background', filter: 'all', measure: 'count' },
  { layout: 'as it is', filter: 'groups', measure: 'per10k' },
  { layout: 'as it is', filter: 'all', measure: 'per10k' },
  { layout: 'planted taken out', filter: 'groups', measure: 'count' },
  { layout: 'planted taken out', filter: 'all', measure: 'count' },
  { layout: 'all at random', filter: 'groups', measure: 'count' },
  { layout: 'all at random', filter: 'all', measure: 'count' },
];
const FILTER_NAMES: Record<Filter, string> = { groups: 'one group', all: 'all categories' };
const seeds = Number(process.env.SEEDS ?? 50);

const province = plantedProvince();
const cells = province.grid.cells.length;
const tallies = new Map<Setting, MapTally[]>(SETTINGS.map((setting) => [setting, []]));
/** Cluster → months → plain group of its strongest cell, one per seed. */
const labelled = province.demo.truth.map(() => new Map<number, string[]>([24, 60].map((steps) => [steps, []])));
for (let seed = 1; seed <= seeds; seed++) {
  const rows = drawPlantedRows(province, seed);
  for (const setting of SETTINGS) {
    const laidOut = layOut(province, rows, setting.layout, seed);
    tallies.get(setting)?.push(tallyMaps(province, rows, laidOut, setting.filter, setting.measure));
  }
  labelClusters(province, rows);
  console.log(`seed ${seed} of ${seeds}, ${rows.cell.length} rows in cells`);
}
const text = [foundTable(), controlTable(), labelTable(), fewRecordsTable(), fewRecordsLabelTable()].join('\n\n');
console.log(text);
if (seeds === 50) writeIntoPage(text);

function labelClusters(province: PlantedProvince, rows: PlantedRows): void {
  for (const steps of [24, 60])
    for (const group of province.groups.keys()) {
      const { labels, meanZ } = labelMap(province, rows, rows.cell, group, steps);
      for (const cluster of province.demo.truth.keys()) {
        if (mainGroup(rows, cluster) !== group) continue;
        const place = province.places.findLast((place) => place.cluster === cluster);
        const strongest = place?.inside.reduce((a, b) => (meanZ[b] > meanZ[a] ? b : a));
        if (strongest !== undefined) labelled[cluster].get(steps)?.push(hotGroup(labels[strongest]) ?? 'none');
      }
    }
}

/** The group that holds most of a cluster's planted records. */
function mainGroup(rows: PlantedRows, cluster: number): number {
  const counts = province.groups.map(() => 0);
  rows.truth.forEach((truth, row) => {
    if (truth === cluster) counts[rows.group[row]]++;
  });
  return counts.indexOf(Math.max(...counts));
}

function foundTable(): string {
  const lines = SETTINGS.slice(0, 4).flatMap((setting) =>
    CUTS.map((cut, at) =>
      row([
        setting.layout,
        FILTER_NAMES[setting.filter],
        nameOf(cut),
        shareOf(setting, (tally) => [tally.found[at], tally.planted]),
        shareOf(setting, (tally) => [tally.foundYears[at], tally.plantedYears]),
        meanOf(setting, (tally) => tally.hot[at] / tally.maps),
        shareOf(setting, (tally) => [tally.away[at], tally.hot[at]]),
        shareOf(setting, (tally) => [tally.awayLasting[at], tally.away[at]]),
      ]),
    ),
  );
  return table(
    [
      'layout',
      'map of',
      'hot at',
      'clusters found',
      'cluster-years found',
      'hot cells per map',
      'away from planted',
      'of these lasting',
    ],
    lines,
  );
}

function controlTable(): string {
  const lines = SETTINGS.slice(4).flatMap((setting) =>
    CUTS.flatMap((cut, at) =>
      // The rest of the levels say the same.
      setting.layout !== 'all at random' && cut.level !== 0.05
        ? []
        : [
            row([
              `${setting.layout}${setting.measure === 'per10k' ? ', per 10,000 people' : ''}`,
              FILTER_NAMES[setting.filter],
              nameOf(cut),
              shareOf(setting, (tally) => [tally.foundYears[at], tally.plantedYears]),
              meanOf(setting, (tally) => tally.hot[at] / tally.maps),
              shareOf(setting, (tally) => [tally.mapsWithAway[at], tally.maps]),
              shareOf(setting, (tally) => [tally.hot[at], tally.cells], 2),
            ]),
          ],
    ),
  );
  return table(
    [
      'layout',
      'map of',
      'hot at',
      'cluster-years “found”',
      'hot cells per map',
      'maps with a hot cell away',
      'hot share of cells',
    ],
    lines,
  );
}

function labelTable(): string {
  const commonest = (groups: string[]) =>
    [...new Set(groups)]
      .map((group) => ({ group, share: groups.filter((other) => other === group).length / groups.length }))
      .sort((a, b) => b.share - a.share)
      .slice(0, 2)
      .map(({ group, share }) => `${group} ${percent(share, 0)}`)
      .join(', ');
  return table(
    ['planted cluster', 'kind', 'planted from – to', 'over 24 months', 'over 60 months'],
    province.demo.truth.map(({ nameEn, kind, fromMonth, toMonth }, cluster) =>
      row([
        nameEn,
        kind,
        `${fromMonth} – ${toMonth}`,
        commonest(labelled[cluster].get(24) ?? []),
        commonest(labelled[cluster].get(60) ?? []),
      ]),
    ),
  );
}

/** Records thrown at random: how often a map of them shows a hot cell, by how many a ring may expect. */
function fewRecordsTable(): string {
  const random = seededRandom(20_261_122);
  const draws = 100;
  const lines = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].map((perRing) => {
    const records = Math.round((perRing * cells) / 7);
    let [withHot, hotFdr, withBoth, hotBoth, hot, cold] = [0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const counts = new Float64Array(cells);
      for (let i = 0; i < records; i++) counts[random.integer(cells)]++;
      const { z, p, q } = giStarGrid(counts, province.grid);
      const chance = ringChance(counts, province.grid);
      const before = [hotFdr, hotBoth];
      for (let cell = 0; cell < cells; cell++) {
        if (z[cell] > 0 && q[cell] <= 0.05) {
          hotFdr++;
          if (chance.q[cell] <= 0.05) hotBoth++;
        }
        if (p[cell] > 0.05) continue;
        if (z[cell] > 0) hot++;
        else cold++;
      }
      if (hotFdr > before[0]) withHot++;
      if (hotBoth > before[1]) withBoth++;
    }
    const all = draws * cells;
    return row([
      String(perRing),
      records.toLocaleString('en'),
      percent(withHot / draws, 0),
      (hotFdr / draws).toFixed(1),
      percent(withBoth / draws, 0),
      (hotBoth / draws).toFixed(1),
      percent(hot / all, 2),
      percent(cold / all, 2),
    ]);
  });
  return table(
    [
      'records expected in a ring of 7',
      `records on ${cells.toLocaleString('en')} cells`,
      'maps with a false hot cell, 95% after FDR',
      'false hot cells per map',
      'maps, and exact',
      'cells, and exact',
      'hot without FDR (should be 2.5%)',
      'cold without FDR (2.5%)',
    ],
    lines,
  );
}

/** The same of labels: how many cells carry a hot one by chance. */
function fewRecordsLabelTable(): string {
  const random = seededRandom(20_261_123);
  const lines = [0.1, 0.3, 1, 3, 10].map((perRing) => {
    const shares = [24, 60].map((steps) => {
      const records = Math.round((perRing * cells) / 7);
      const z = new Float64Array(cells * steps);
      const scores = new Float64Array(cells);
      for (let step = 0; step < steps; step++) {
        const counts = new Float64Array(cells);
        for (let i = 0; i < records; i++) counts[random.integer(cells)]++;
        giStarZ(counts, province.grid, undefined, scores);
        for (let cell = 0; cell < cells; cell++) z[cell * steps + step] = scores[cell];
      }
      const groups = classifyGrid(z, steps).labels.map(hotGroup);
      const lasting = groups.filter((group) => group === 'lasting').length;
      return [percent(groups.filter((group) => group !== null).length / cells, 1), String(lasting)];
    });
    return row([String(perRing), ...shares.flat()]);
  });
  return table(
    [
      'records expected in a ring of 7, each month',
      'cells with a hot label by chance, 24 months',
      'of them “lasting”, cells',
      '60 months',
      '“lasting”, cells',
    ],
    lines,
  );
}

/** Mean over the seeds, with the standard deviation between them. */
function shareOf(setting: Setting, of: (tally: MapTally) => [part: number, whole: number], digits = 1): string {
  const shares = (tallies.get(setting) ?? []).map(of).flatMap(([part, whole]) => (whole === 0 ? [] : [part / whole]));
  if (shares.length === 0) return '–';
  const { mean, deviation } = spread(shares);
  return `${percent(mean, digits)} ± ${(100 * deviation).toFixed(digits)}`;
}

function meanOf(setting: Setting, of: (tally: MapTally) => number): string {
  return spread((tallies.get(setting) ?? []).map(of)).mean.toFixed(1);
}

function spread(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}

function nameOf({ level, by }: Cut): string {
  return `${100 - 100 * level}% ${{ p: 'without FDR', q: 'after FDR', both: 'after FDR, and exact' }[by]}`;
}

function percent(share: number, digits: number): string {
  return `${(100 * share).toFixed(digits)}%`;
}

function row(columns: string[]): string {
  return `| ${columns.join(' | ')} |`;
}

function table(heads: string[], lines: string[]): string {
  return [row(heads), row(heads.map(() => '---')), ...lines].join('\n');
}

/** Each table has its own place in the page: between `<!-- table N -->` and `<!-- end N -->`. */
function writeIntoPage(text: string): void {
  const path = new URL('../../docs/hotspots.md', import.meta.url);
  let page = readFileSync(path, 'utf8');
  text.split('\n\n').forEach((table, at) => {
    const between = new RegExp(`<!-- table ${at + 1} -->[^]*<!-- end ${at + 1} -->`);
    if (!between.test(page)) throw new Error(`docs/hotspots.md has no place for table ${at + 1}`);
    page = page.replace(between, `<!-- table ${at + 1} -->\n${table}\n<!-- end ${at + 1} -->`);
  });
  writeFileSync(path, page);
}
