/**
 * What maps of hot spots say of the planted clusters: which they find, and what else they call hot. One map = one category
 * group, or all categories, in one of five years (November to October), on the full grid.
 */
import {
  classifyGrid,
  type EmergingGroup,
  type EmergingLabel,
  emergingGroup,
  giStarGrid,
  giStarZ,
  ringChance,
} from '@diemnong/analysis';
import { MONTHS, type PlantedProvince, type PlantedRows, scaleToReported } from './planted-province.ts';

const LEVELS = [0.1, 0.05, 0.01] as const;
const YEAR = 12;
/** Planted records from which a cluster counts as there to be found in a map: one a month. */
const ENOUGH = 12;

/** When a cell counts as hot: by its p alone, by its q (FDR), or by the q of Gi* and that of the exact chance. */
export type Cut = { level: number; by: 'p' | 'q' | 'both' };
export const CUTS: readonly Cut[] = LEVELS.flatMap((level) =>
  (['p', 'q', 'both'] as const).map((by) => ({ level, by })),
);

/** Index-aligned with CUTS. */
export type MapTally = {
  maps: number;
  /** Cells of all maps together. */
  cells: number;
  /** Cluster × year that could be found, and were. */
  plantedYears: number;
  foundYears: number[];
  /** Clusters that could be found in at least one year, and were in at least one. */
  planted: number;
  found: number[];
  hot: number[];
  /** Hot cells farther than radius + 2 rings from any planted cluster of the map. */
  away: number[];
  /** Of those, cells whose ring holds twice the average or more in the other four years too: uneven background, no accident. */
  awayLasting: number[];
  /** Maps with any hot cell away from the planted ones. */
  mapsWithAway: number[];
};

/** Which maps: one for each category group with a planted cluster, or one of all categories. */
export type Filter = 'groups' | 'all';

export function tallyMaps(
  province: PlantedProvince,
  rows: PlantedRows,
  cells: Int32Array,
  filter: Filter,
  measure: 'count' | 'per10k',
): MapTally {
  const none = () => CUTS.map(() => 0);
  const tally: MapTally = {
    maps: 0,
    cells: 0,
    plantedYears: 0,
    foundYears: none(),
    planted: 0,
    found: none(),
    hot: none(),
    away: none(),
    awayLasting: none(),
    mapsWithAway: none(),
  };
  const there = new Set<number>();
  const found = CUTS.map(() => new Set<number>());
  for (let from = 0; from < MONTHS.length; from += YEAR) {
    const thereThisYear = new Set<number>();
    const foundThisYear = CUTS.map(() => new Set<number>());
    for (const group of filter === 'all' ? [undefined] : province.groups.keys()) {
      const { values, member, counts, exposure, plantedOf } = readMap(province, rows, cells, {
        group,
        from,
        to: from + YEAR,
        measure,
      });
      const { z, p, q } = giStarGrid(values, province.grid, member);
      const chance = ringChance(counts, province.grid, member, exposure);
      const worse = q.map((value, cell) => Math.max(value, chance.q[cell]));
      const places = province.places.filter(
        ({ cluster, fromMonth, toMonth }) => plantedOf[cluster] > 0 && fromMonth < from + YEAR && toMonth >= from,
      );
      const isLasting = lastingCells(province, rows, cells, group, from);
      const nearPlanted = new Uint8Array(values.length);
      for (const { around } of places) for (const cell of around) nearPlanted[cell] = 1;
      plantedOf.forEach((planted, cluster) => planted >= ENOUGH && thereThisYear.add(cluster));
      tally.maps++;
      tally.cells += member.reduce((sum, flag) => sum + flag, 0);
      CUTS.forEach(({ level, by }, cut) => {
        const scores = { p, q, both: worse }[by];
        const isHot = (cell: number) => z[cell] > 0 && scores[cell] <= level;
        let away = 0;
        for (let cell = 0; cell < values.length; cell++) {
          if (!isHot(cell)) continue;
          tally.hot[cut]++;
          if (nearPlanted[cell] === 1) continue;
          away++;
          tally.awayLasting[cut] += isLasting[cell];
        }
        tally.away[cut] += away;
        if (away > 0) tally.mapsWithAway[cut]++;
        for (const { cluster, inside } of places)
          if (plantedOf[cluster] >= ENOUGH && inside.some(isHot)) foundThisYear[cut].add(cluster);
      });
    }
    tally.plantedYears += thereThisYear.size;
    for (const cluster of thereThisYear) there.add(cluster);
    foundThisYear.forEach((clusters, cut) => {
      tally.foundYears[cut] += clusters.size;
      for (const cluster of clusters) found[cut].add(cluster);
    });
  }
  tally.planted = there.size;
  tally.found = found.map((clusters) => clusters.size);
  return tally;
}

function lastingCells(
  { grid: { start, neighbours } }: PlantedProvince,
  rows: PlantedRows,
  cells: Int32Array,
  group: number | undefined,
  from: number,
): Uint8Array {
  const elsewhen = new Float64Array(start.length - 1);
  let sum = 0;
  for (let row = 0; row < cells.length; row++) {
    const isThisYear = rows.month[row] >= from && rows.month[row] < from + YEAR;
    if (isThisYear || cells[row] < 0 || (group !== undefined && rows.group[row] !== group)) continue;
    elsewhen[cells[row]]++;
    sum++;
  }
  const mean = sum / elsewhen.length;
  return Uint8Array.from(elsewhen, (own, cell) => {
    let local = own;
    for (let link = start[cell]; link < start[cell + 1]; link++) local += elsewhen[neighbours[link]];
    return local >= 2 * mean * (start[cell + 1] - start[cell] + 1) ? 1 : 0;
  });
}

type Question = { group: number | undefined; from: number; to: number; measure: 'count' | 'per10k' };

function readMap(
  province: PlantedProvince,
  rows: PlantedRows,
  cells: Int32Array,
  { group, from, to, measure }: Question,
) {
  const { grid, communeOf, peopleOf, demo } = province;
  const counts = new Float64Array(grid.cells.length);
  const plantedOf = demo.truth.map(() => 0);
  for (let row = 0; row < cells.length; row++) {
    const month = rows.month[row];
    if (month < from || month >= to || (group !== undefined && rows.group[row] !== group)) continue;
    if (rows.truth[row] >= 0) plantedOf[rows.truth[row]]++;
    if (cells[row] >= 0) counts[cells[row]]++;
  }
  const scale = scaleToReported(province, from, to);
  const member = Uint8Array.from(communeOf, (commune) => (scale[commune] > 0 ? 1 : 0));
  const exposure = Float64Array.from(
    communeOf,
    (commune, cell) => (measure === 'per10k' ? peopleOf[cell] / 10_000 : 1) / scale[commune],
  );
  return { counts, exposure, values: counts.map((count, cell) => count / exposure[cell]), member, plantedOf };
}

/** Labels of every cell over the last months of the demonstration, for one group or all categories, and the mean z. */
export function labelMap(
  { grid, communeOf, unreported }: PlantedProvince,
  rows: PlantedRows,
  cells: Int32Array,
  group: number | undefined,
  steps: number,
): { labels: (EmergingLabel | null)[]; meanZ: Float64Array } {
  const size = grid.cells.length;
  const first = MONTHS.length - steps;
  const counts = new Float64Array(steps * size);
  for (let row = 0; row < cells.length; row++) {
    const step = rows.month[row] - first;
    if (step >= 0 && cells[row] >= 0 && (group === undefined || rows.group[row] === group))
      counts[step * size + cells[row]]++;
  }
  const z = new Float64Array(size * steps);
  const meanZ = new Float64Array(size);
  const scores = new Float64Array(size);
  for (let step = 0; step < steps; step++) {
    const member = Uint8Array.from(communeOf, (commune) => 1 - unreported[commune * MONTHS.length + first + step]);
    giStarZ(counts.subarray(step * size, (step + 1) * size), grid, member, scores);
    for (let cell = 0; cell < size; cell++) {
      // All cells alike have no score, and were reported.
      const score = member[cell] === 1 && Number.isNaN(scores[cell]) ? 0 : scores[cell];
      z[cell * steps + step] = score;
      meanZ[cell] += Number.isNaN(score) ? 0 : score / steps;
    }
  }
  return { labels: classifyGrid(z, steps).labels, meanZ };
}

/** The plain group of a hot label; null of any other. */
export function hotGroup(label: EmergingLabel | null): EmergingGroup | null {
  return label?.endsWith('-hot') ? emergingGroup(label) : null;
}
