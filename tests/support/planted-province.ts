/**
 * The demonstration province as a full grid of res-9 cells, its incidents as rows in cells, and the same rows laid out in
 * other ways, so that it is known what a map of hot spots should find in them and what it should not.
 */
import { cellOf, centreOf, communeCells, communeIndex, distanceM, type HexGrid, hexGrid } from '@diemnong/analysis';
import { categories, DEMO_SEED, type DemoProvince, generateDemoIncidents, generateDemoProvince } from '@diemnong/data';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export const MONTHS = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2021, 10 + i)).toISOString().slice(0, 7));
const DAYS = MONTHS.map((_, i) => (Date.UTC(2021, 11 + i) - Date.UTC(2021, 10 + i)) / 86_400_000);

/** Two rings of res-9 cells, whose centres are about 348 m apart. */
const TWO_RINGS_M = 2 * 348;

/** One place of a planted cluster; a moving cluster has several. */
type PlantedPlace = {
  cluster: number;
  fromMonth: number;
  /** Inclusive. */
  toMonth: number;
  /** Cells whose centre lies within the radius. */
  inside: number[];
  /** Cells whose centre lies within the radius and two rings more. */
  around: number[];
};

export type PlantedProvince = {
  demo: DemoProvince;
  grid: HexGrid;
  indexOf: ReadonlyMap<string, number>;
  /** Ordinal of each cell's commune. */
  communeOf: Int32Array;
  /** The commune's people spread evenly over its cells. */
  peopleOf: Float64Array;
  /** 1 where the commune of ordinal `commune` did not report: `[commune · 60 + month]`. */
  unreported: Uint8Array;
  places: PlantedPlace[];
  groups: string[];
};

export function plantedProvince(): PlantedProvince {
  const demo = generateDemoProvince({ seed: DEMO_SEED });
  const features = demo.boundarySets[0].communes.features;
  const communes = features.map(({ properties, geometry }) => ({ code: properties.code, geometry }));
  const owned = communeCells(communeIndex(communes), communes, 9);
  const grid = hexGrid(owned.flatMap(({ owned }) => owned.map((cell) => cell.toString(16))));
  const ordinals = new Map(owned.map(({ code }, ordinal) => [code, ordinal]));
  const people = new Map(features.map(({ properties }) => [properties.code, properties.population]));
  const unreported = new Uint8Array(owned.length * MONTHS.length);
  for (const { communeCode, month } of demo.unreportedMonths)
    unreported[ordinals.get(communeCode)! * MONTHS.length + MONTHS.indexOf(month)] = 1;
  const centres = grid.cells.map(centreOf);
  const within = ([lng, lat]: readonly [number, number], radiusM: number) =>
    centres.flatMap(([x, y], cell) => (distanceM(lng, lat, x, y) <= radiusM ? [cell] : []));
  return {
    demo,
    grid,
    indexOf: new Map(grid.cells.map((cell, i) => [cell, i])),
    communeOf: Int32Array.from(owned.flatMap(({ owned }, ordinal) => owned.map(() => ordinal))),
    peopleOf: Float64Array.from(owned.flatMap(({ code, owned }) => owned.map(() => people.get(code)! / owned.length))),
    unreported,
    places: demo.truth.flatMap(({ centres, radiusM }, cluster) =>
      centres.map(({ lngLat, fromMonth, toMonth }) => ({
        cluster,
        fromMonth: MONTHS.indexOf(fromMonth),
        toMonth: MONTHS.indexOf(toMonth),
        inside: within(lngLat, radiusM),
        around: within(lngLat, radiusM + TWO_RINGS_M),
      })),
    ),
    groups: [...new Set(demo.truth.flatMap(({ categories }) => categories.map(groupOf)))],
  };
}

/** Index-aligned, for the rows that stand in a cell. */
export type PlantedRows = {
  cell: Int32Array;
  /** 0–59. */
  month: Uint8Array;
  /** Index into `groups`, 255 for any other. */
  group: Uint8Array;
  /** Index of the planted cluster, −1 for the background. */
  truth: Int8Array;
};

/** The incidents of one seed that have a point. */
export function drawPlantedRows({ demo, indexOf, groups }: PlantedProvince, seed: number): PlantedRows {
  // Without the treated places: these are scored against `truth` alone, and must find the ground as it was when docs/hotspots.md was measured.
  const { columns } = generateDemoIncidents(demo, { seed, treated: false });
  const groupOfCategory = columns.categories.map((code) => groups.indexOf(groupOf(code)) & 255);
  const placed = Array.from({ length: columns.count }, (_, row) => {
    const isPlaced = !Number.isNaN(columns.lng[row]);
    return isPlaced ? (indexOf.get(cellOf(columns.lng[row], columns.lat[row], 9)) ?? -1) : -1;
  });
  const rows = placed.flatMap((cell, row) => (cell < 0 ? [] : [row]));
  return {
    cell: Int32Array.from(rows, (row) => placed[row]),
    month: Uint8Array.from(rows, (row) => {
      const local = new Date(columns.occurredFrom[row] + 7 * 3_600_000);
      return (local.getUTCFullYear() - 2021) * 12 + local.getUTCMonth() - 10;
    }),
    group: Uint8Array.from(rows, (row) => groupOfCategory[columns.category[row]]),
    truth: Int8Array.from(rows, (row) => columns.truth[row]),
  };
}

export type Layout = 'as it is' | 'planted taken out' | 'even background' | 'all at random';

/**
 * Cells of the rows, −1 where a row is taken out. An even background puts every background row into a cell drawn from all
 * cells alike, of a commune that reported that month; planted rows stay. At random, the planted rows go the same way.
 */
export function layOut(province: PlantedProvince, rows: PlantedRows, layout: Layout, seed: number): Int32Array {
  if (layout === 'as it is') return rows.cell;
  if (layout === 'planted taken out') return rows.cell.map((cell, row) => (rows.truth[row] < 0 ? cell : -1));
  const random = seededRandom(seed);
  return rows.cell.map((cell, row) =>
    layout === 'even background' && rows.truth[row] >= 0 ? cell : drawCell(province, rows.month[row], random),
  );
}

function drawCell({ grid, communeOf, unreported }: PlantedProvince, month: number, random: SeededRandom): number {
  for (;;) {
    const cell = random.integer(grid.cells.length);
    if (unreported[communeOf[cell] * MONTHS.length + month] === 0) return cell;
  }
}

/** Days of a span of months that each commune reported, as a factor that scales its counts to the whole span; 0 for none. */
export function scaleToReported({ unreported }: PlantedProvince, from: number, to: number): Float64Array {
  return Float64Array.from({ length: unreported.length / MONTHS.length }, (_, commune) => {
    let days = 0;
    let reported = 0;
    for (let month = from; month < to; month++) {
      days += DAYS[month];
      if (unreported[commune * MONTHS.length + month] === 0) reported += DAYS[month];
    }
    return reported === 0 ? 0 : days / reported;
  });
}

function groupOf(category: string): string {
  return categories.find(({ code }) => code === category)?.parent ?? category;
}
