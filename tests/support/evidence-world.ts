/**
 * Invented provinces whose areas are picked for having been the worst of their commune in the year before, and in which it is known
 * what was then done to the records: nothing, a true fall, a move next door, a rise. What the readings of evidence are tried on.
 */
import {
  cellOf,
  type EvidenceBasis,
  type EvidenceQuestion,
  type EvidenceReading,
  prepareEvidence,
  readEvidence,
} from '@diemnong/analysis';
import { cellToParent, gridDisk, gridRing } from 'h3-js';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export type EvidenceTruth = 'none' | 'works' | 'displaces' | 'worsens';
export const TRUTHS: readonly EvidenceTruth[] = ['none', 'works', 'displaces', 'worsens'];

type TriedArea = { truth: EvidenceTruth; question: EvidenceQuestion };
export type EvidenceWorld = { basis: EvidenceBasis; areas: TriedArea[] };

/** What was read of one area. */
export type TriedReading = { truth: EvidenceTruth; before: number; reading: EvidenceReading; isCompared: boolean };

const FIRST_MONTH = 12 * 2021;
const MONTHS = 60;
/** "After" begins in the fourth year. */
const START = FIRST_MONTH + 36;
const CATEGORIES = 6;
const RADIUS = 100;
const AREAS = 24;

export type WorldSettings = {
  /** Share of records that stays inside where measures work or move them, or comes on top where it worsens. */
  inside?: number;
  /** Records of the whole province in all. */
  records?: number;
  /** Share of its first month's level that the province loses each month; below 0 it rises. */
  monthlyFall?: number;
  /** Standard deviation of the logarithm of each commune's level from half-year to half-year. */
  restlessness?: number;
  /** Radii that areas are drawn from, in cells. */
  radii?: readonly number[];
  /** Share of the months of communes that nobody reported. */
  silence?: number;
  /** Beside every area another one lies, in which measures began in the same month and half of the records went. */
  hasNeighbours?: boolean;
  /** Areas in which nothing is done lost this share from the year before to the window, and lose it again after it. */
  fading?: number;
};

/** One province, `records` in 60 months, its level changing by itself: by season, by commune and half-year, and by repeats. */
export function evidenceWorld(seed: number, settings: WorldSettings = {}): EvidenceWorld {
  const {
    inside = 0.5,
    records = 120_000,
    monthlyFall = 0.004,
    restlessness = 0.15,
    radii = [2, 3, 4],
    silence = 0,
    hasNeighbours = false,
    fading = 0,
  } = settings;
  const random = seededRandom(seed);
  const cells = gridDisk(cellOf(106.2, 20.9, 10), RADIUS);
  const parents = [...new Set(cells.map((cell) => cellToParent(cell, 7)))];
  const communeOf = cells.map((cell) => parents.indexOf(cellToParent(cell, 7)));
  const density = parents.map(() => Math.exp(6.2 + 0.9 * normal(random)));
  // Skewed: most cells nearly empty, some streets with much.
  const level = cells.map((_, cell) => density[communeOf[cell]] * Math.exp(1.3 * normal(random)));
  const smooth = smoothed(cells, level);
  const rows = drawRecords(random, smooth, communeOf, parents.length, { records, monthlyFall, restlessness });
  const silent = hush(seed, rows, communeOf, parents.length, silence);
  const areas = pickWorst(random, cells, communeOf, rows, radii);
  const tried = areas.map(({ centre, size }, at): TriedArea & { ring: string[] } => {
    const inside = gridDisk(cells[centre], size);
    const own = new Set(inside);
    return {
      truth: TRUTHS[[0, 1, 0, 2, 0, 3, 1, 0][at % 8]],
      ring: gridDisk(cells[centre], size + 2).filter((cell) => !own.has(cell)),
      question: {
        cells: inside,
        categories: new Set([0, 1, 2, 3, 4, 5]),
        commune: communeOf[centre],
        startMonth: START,
        startsOnFirst: true,
        avoid: new Set<string>(),
      },
    };
  });
  const indexOf = new Map(cells.map((cell, i) => [cell, i]));
  const neighbours = hasNeighbours ? neighboursOf(areas, cells) : [];
  for (const own of neighbours) act(random, rows, { truth: 'works', own, ring: [] }, indexOf, 0.5);
  for (const { truth, question, ring } of tried)
    act(random, rows, { truth, own: question.cells, ring }, indexOf, inside);
  for (const { truth, question } of tried)
    if (fading > 0 && truth === 'none') fade(random, rows, question.cells, indexOf, fading);
  const avoid = new Set([...tried.flatMap(({ question }) => question.cells), ...neighbours.flat()]);
  const occupied = [...new Set(rows.cell)].sort((a, b) => a - b);
  const place = new Map(occupied.map((cell, i) => [cell, i]));
  const basis = prepareEvidence(
    {
      cells: occupied.map((cell) => cells[cell]),
      communes: occupied.map((cell) => communeOf[cell]),
      cell: Int32Array.from(rows.cell, (cell) => place.get(cell)!),
      month: Int32Array.from(rows.month),
      category: Int32Array.from(rows.category),
      count: new Int32Array(rows.cell.length).fill(1),
      endMonth: FIRST_MONTH + MONTHS,
    },
    {
      reported: (commune, month) => !silent.has(commune * MONTHS + month - FIRST_MONTH),
      densityOf: (commune) => density[commune],
      categoryGroup: Int32Array.from({ length: CATEGORIES }, (_, category) => category >> 1),
    },
  );
  return { basis, areas: tried.map(({ truth, question }) => ({ truth, question: { ...question, avoid } })) };
}

export function readWorld({ basis, areas }: EvidenceWorld): TriedReading[] {
  return areas.map(({ truth, question }) => {
    const { before, reading, controls } = readEvidence(basis, question);
    return { truth, before: before?.count ?? 0, reading, isCompared: controls?.isUsable === true };
  });
}

type Rows = { cell: number[]; month: number[]; category: number[] };

function drawRecords(
  random: SeededRandom,
  level: readonly number[],
  communeOf: readonly number[],
  communes: number,
  { records, monthlyFall, restlessness }: Required<Pick<WorldSettings, 'records' | 'monthlyFall' | 'restlessness'>>,
): Rows {
  const rows: Rows = { cell: [], month: [], category: [] };
  const halves = Math.ceil(MONTHS / 6);
  const temper = Array.from({ length: communes * halves }, () => Math.exp(restlessness * normal(random)));
  const sums = new Float64Array(level.length);
  for (let month = 0; month < MONTHS; month++) {
    let sum = 0;
    for (let cell = 0; cell < level.length; cell++) {
      sum += level[cell] * temper[communeOf[cell] * halves + Math.floor(month / 6)];
      sums[cell] = sum;
    }
    const season = 1 + 0.25 * Math.sin((2 * Math.PI * month) / 12);
    // The whole province slowly falls (or rises): controls must take that out.
    const course = 1 - monthlyFall * month;
    const count = Math.round((records / MONTHS / 1.13) * season * course);
    for (let n = 0; n < count; n++) {
      const cell = indexAbove(sums, random.next() * sum);
      const category = random.integer(CATEGORIES);
      add(rows, cell, FIRST_MONTH + month, category);
      // What happened once happens again at the same place.
      if (random.chance(0.15)) add(rows, cell, FIRST_MONTH + Math.min(MONTHS - 1, month + random.integer(3)), category);
    }
  }
  return rows;
}

/** Of every commune the disk that had most in the year before the start; a draw of them becomes areas. */
function pickWorst(
  random: SeededRandom,
  cells: readonly string[],
  communeOf: readonly number[],
  { cell, month }: Rows,
  radii: readonly number[],
) {
  const before = new Map<string, number>();
  cell.forEach((at, row) => {
    if (month[row] >= START - 12 && month[row] < START) before.set(cells[at], (before.get(cells[at]) ?? 0) + 1);
  });
  const worst = new Map<number, { centre: number; size: number; count: number }>();
  const sizes = new Map<number, number>();
  cells.forEach((name, centre) => {
    const commune = communeOf[centre];
    const size = sizes.get(commune) ?? random.pick(radii);
    sizes.set(commune, size);
    // A look at the cell alone first: a disk around an empty cell is seldom the worst.
    if ((before.get(name) ?? 0) < 2) return;
    const count = gridDisk(name, size).reduce((sum, near) => sum + (before.get(near) ?? 0), 0);
    if (count > (worst.get(commune)?.count ?? 0)) worst.set(commune, { centre, size, count });
  });
  const all = [...worst.values()].filter(({ count }) => count >= 5);
  const picked: { centre: number; size: number; count: number; reach: Set<string> }[] = [];
  while (all.length > 0 && picked.length < AREAS) {
    const [next] = all.splice(random.integer(all.length), 1);
    const reach = new Set(gridDisk(cells[next.centre], next.size + 2));
    if (!picked.some((other) => [...reach].some((name) => other.reach.has(name)))) picked.push({ ...next, reach });
  }
  return picked;
}

/** Beside each area a disk of its size, where it meets no other area. */
function neighboursOf(areas: readonly { centre: number; size: number }[], cells: readonly string[]): string[][] {
  const taken = new Set(areas.flatMap(({ centre, size }) => gridDisk(cells[centre], size)));
  return areas.flatMap(({ centre, size }) => {
    const free = gridRing(cells[centre], 2 * size + 1)
      .map((beside) => gridDisk(beside, size))
      .find((disk) => !disk.some((cell) => taken.has(cell)));
    for (const cell of free ?? []) taken.add(cell);
    return free === undefined ? [] : [free];
  });
}

/** Takes the records of months that nobody reported away. @returns commune · MONTHS + month */
function hush(seed: number, rows: Rows, communeOf: readonly number[], communes: number, share: number): Set<number> {
  // A stream of its own, so that the records are those of the province that reports all.
  const random = seededRandom(seed + 500_000);
  const silent = new Set(Array.from({ length: communes * MONTHS }, (_, at) => at).filter(() => random.chance(share)));
  for (let row = rows.cell.length - 1; row >= 0; row--)
    if (silent.has(communeOf[rows.cell[row]] * MONTHS + rows.month[row] - FIRST_MONTH)) remove(rows, row);
  return silent;
}

/** What is done to the records of an area from the start on. */
function act(
  random: SeededRandom,
  rows: Rows,
  { truth, own, ring }: { truth: EvidenceTruth; own: readonly string[]; ring: readonly string[] },
  indexOf: ReadonlyMap<string, number>,
  inside: number,
): void {
  if (truth === 'none') return;
  const within = new Set(own.map((cell) => indexOf.get(cell) ?? -1));
  const around = ring.flatMap((cell) => indexOf.get(cell) ?? []);
  for (let row = rows.cell.length - 1; row >= 0; row--) {
    if (rows.month[row] < START || !within.has(rows.cell[row]) || random.chance(inside)) continue;
    if (truth === 'worsens') add(rows, rows.cell[row], rows.month[row], rows.category[row]);
    else if (truth === 'displaces') rows.cell[row] = random.pick(around);
    else remove(rows, row);
  }
}

/** The window that the area was picked for stays as it is; the year before it had more, and the year after has less. */
function fade(
  random: SeededRandom,
  rows: Rows,
  own: readonly string[],
  indexOf: ReadonlyMap<string, number>,
  share: number,
): void {
  const within = new Set(own.map((cell) => indexOf.get(cell) ?? -1));
  for (let row = rows.cell.length - 1; row >= 0; row--) {
    if (!within.has(rows.cell[row])) continue;
    if (rows.month[row] >= START) {
      if (random.chance(share)) remove(rows, row);
    } else if (rows.month[row] < START - 12 && random.chance(share / (1 - share)))
      add(rows, rows.cell[row], rows.month[row], rows.category[row]);
  }
}

function add(rows: Rows, cell: number, month: number, category: number): void {
  rows.cell.push(cell);
  rows.month.push(month);
  rows.category.push(category);
}

/** The last row takes its place. */
function remove(rows: Rows, row: number): void {
  for (const column of [rows.cell, rows.month, rows.category]) {
    const last = column.pop()!;
    if (row < column.length) column[row] = last;
  }
}

/** Half of a cell's level is that of its surroundings: streets run on. */
function smoothed(cells: readonly string[], level: readonly number[]): number[] {
  const indexOf = new Map(cells.map((cell, i) => [cell, i]));
  return cells.map((cell, i) => {
    const near = gridDisk(cell, 1).flatMap((other) => indexOf.get(other) ?? []);
    return 0.5 * level[i] + (0.5 * near.reduce((sum, other) => sum + level[other], 0)) / near.length;
  });
}

function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function indexAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
