import {
  type CellLattice,
  cellAt,
  compactShape,
  type Offset,
  positionOf,
  ringOf,
  runningRows,
  shapeRing,
  stepsBetween,
  sumOver,
  toRuns,
} from './cell-lattice.ts';
import {
  type EvidenceBasis,
  groupCounts,
  isPaired,
  isReported,
  leftOutSums,
  monthSums,
  seasonOf,
} from './evidence-basis.ts';
import { type MonthPairs, pairPast } from './evidence-windows.ts';
import type { Past } from './regression-to-mean.ts';

/** Controls compared with an area, and at least this many. */
export const MOST_CONTROLS = 8;
export const LEAST_CONTROLS = 5;
/** Places that lend their spread; the controls are the best among them. */
const MOST_COMPARABLE = 40;
/** A place counts as comparable within so many of the units below. */
const FARTHEST = 3;
/** Control places keep so many steps away from other areas, where their measures may be felt. */
const BERTH = 2;

/** One unit of difference: chance of the counts and so much beside it (as a share for levels, a logarithm for density). */
const LEVEL_SLACK = 0.15;
const TREND_SLACK = 0.25;
const DENSITY_UNIT = Math.log(2);
const MIX_UNIT = 0.6;
/** Records of the whole province's mix that each place's own is blended with. */
const MIX_PRIOR = 10;
/** The mix is unequal when it alone, as the province's groups went, would have moved the ratio by so much (a logarithm). */
const COURSE_UNIT = 0.1;
/** Mean differences that are still equal enough, in the units above. */
export const CALIPER = 1;

export interface MatchedArea {
  readonly cells: readonly string[];
  /** Indices of its occupied cells. */
  readonly occupied: readonly number[];
  readonly ring: readonly string[];
  readonly ringSteps: number;
  readonly commune: number;
  readonly before: number;
  /** null where too little of the year before was reported. */
  readonly past: Past | null;
}

export interface MatchedPlace {
  readonly position: number;
  readonly commune: number;
  readonly before: number;
  readonly after: number;
  readonly past: Past | null;
  /** Distance from the area in what was matched on. */
  readonly distance: number;
  /** Shares of the groups before. */
  readonly mix: Float64Array;
}

export interface Matching {
  readonly shape: readonly Offset[];
  /** Places of this size with a reported past that lie free of the area and of others. */
  readonly candidates: number;
  /** Levels before of places far enough from each other all over the province, for the spread of true levels. */
  readonly levels: readonly number[];
  /** The area's shares of the groups before, and how each group went in the whole province: after ÷ before. */
  readonly mix: Float64Array;
  readonly courses: Float64Array;
  /** Apart from each other, best first. */
  readonly places: readonly MatchedPlace[];
}

/**
 * Places like an area where nothing was done: compact shapes of so many cells around every occupied cell, free of the area, its ring
 * and other areas, alike in level and its change over the year before, in density and in the mix of groups.
 * @param size cells of each place
 */
export function matchPlaces(
  basis: EvidenceBasis,
  area: MatchedArea,
  pairs: MonthPairs,
  question: { readonly categories: ReadonlySet<number>; readonly avoid: ReadonlySet<string> },
  size: number,
): Matching {
  const { lattice, positions, records, reference } = basis;
  const shape = compactShape(size);
  const runs = toRuns(shape);
  const { categories } = question;
  const sums = {
    before: monthSums(basis, categories, pairs.before),
    after: monthSums(basis, categories, pairs.after),
  };
  const pasts = pastSums(basis, categories, pairs);
  // What is shown and compared is whole; the year before that may have gaps, as the area's own may.
  const missing = leftOutSums(
    basis,
    (commune) =>
      [...pairs.before, ...pairs.after].some((month) => !isReported(basis, commune, month)) ||
      pasts?.shares.get(commune) === null,
  );
  const avoided = avoidedSums(basis, question.avoid);
  const barred = barredCentres(lattice, [...area.cells, ...area.ring], shape);
  const density = reference.densityOf(area.commune);
  const free: { cell: number; before: number; past: Past | null; distance: number }[] = [];
  for (let cell = 0; cell < positions.length; cell++) {
    const position = positions[cell];
    if (position < 0 || barred[position] === 1) continue;
    if (missing !== null && sumOver(lattice, missing, runs, position) > 0) continue;
    if (sumOver(lattice, avoided, runs, position) > 0) continue;
    const before = sumOver(lattice, sums.before, runs, position);
    const past = pasts && {
      recent: sumOver(lattice, pasts.recent, runs, position),
      earlier: sumOver(lattice, pasts.earlier, runs, position),
      share: pasts.shares.get(records.communes[cell]) ?? 1,
    };
    const distance = Math.hypot(
      levelDifference(area.before, before),
      trendDifference(area.past, past),
      densityDifference(density, reference.densityOf(records.communes[cell])),
    );
    free.push({ cell, before, past, distance });
  }
  const apart = Math.max(0, ...shape.map(ringOf)) * 2 + 1;
  const levels = levelsOf(basis, free, density, apart);
  free.sort((a, b) => a.distance - b.distance || a.cell - b.cell);
  const near = free.filter(({ distance }) => distance <= 2 * FARTHEST);
  const months = new Set([...pairs.before, ...(pairs.past?.earlier ?? [])]);
  const whole = wholeMix(basis, categories);
  const areaMix = mixOf(groupCounts(basis, area.occupied, categories, months), whole);
  const places = pickApart(lattice, near, (place) => positions[place.cell], apart, 2 * MOST_COMPARABLE).map(
    ({ cell, before, past, distance }): MatchedPlace => {
      const position = positions[cell];
      const inside = occupiedOf(basis, shape, position);
      const mix = mixOf(groupCounts(basis, inside, categories, months), whole);
      return {
        position,
        commune: records.communes[cell],
        before,
        after: sumOver(lattice, sums.after, runs, position),
        past,
        distance: Math.hypot(distance, mixDifference(areaMix, mix) / MIX_UNIT),
        mix,
      };
    },
  );
  places.sort((a, b) => a.distance - b.distance || a.position - b.position);
  const courses = coursesOf(basis, categories, pairs);
  return { shape, candidates: free.length, levels, mix: areaMix, courses, places: places.slice(0, MOST_COMPARABLE) };
}

/**
 * What the course of places over the year before is summed from: every cell counts in those of the area's pairs of months that its own
 * commune reported. `shares`: by commune, how much of the window those are; null where too few. Null where the area's own are too few.
 */
function pastSums(basis: EvidenceBasis, categories: ReadonlySet<number>, { before, past }: MonthPairs) {
  if (past === null) return null;
  const shareOf = (commune: number) =>
    pairPast(before, (month) => past.earlier.includes(month) && isReported(basis, commune, month))?.share ?? null;
  return {
    recent: monthSums(basis, categories, past.recent, -12),
    earlier: monthSums(basis, categories, past.earlier, 12),
    shares: new Map([...new Set(basis.records.communes)].map((commune) => [commune, shareOf(commune)])),
  };
}

/** Places that the spread of true levels is taken from, and within how many units of density while there are enough of them. */
const MOST_LEVELS = 120;
const LIKE_DENSITY = 1.5;
const LEAST_LEVELS = 30;

/** Levels of places apart from each other, of like density first. */
function levelsOf(
  { lattice, positions, records, reference }: EvidenceBasis,
  free: readonly { readonly cell: number; readonly before: number }[],
  density: number,
  apart: number,
): number[] {
  // By a stride that meets every place once, so that the first ones do not all lie in one corner.
  const spread = free.map((_, at) => free[(at * STRIDE) % free.length]);
  const alike = spread.filter(
    ({ cell }) => Math.abs(densityDifference(density, reference.densityOf(records.communes[cell]))) <= LIKE_DENSITY,
  );
  const pick = (places: typeof spread) =>
    pickApart(lattice, places, ({ cell }) => positions[cell], apart, MOST_LEVELS).map(({ before }) => before);
  const levels = pick(alike);
  return levels.length >= LEAST_LEVELS ? levels : pick(spread);
}

/** A prime beyond any count of places that it would divide. */
const STRIDE = 1_000_003;

export interface Balance {
  readonly level: number;
  readonly trend: number;
  readonly density: number;
  readonly mix: number;
}

/**
 * Mean differences between the area and its controls in units of chance and slack. That of the mix is told by what it would do: the ratio
 * of the area's groups, had they gone as the province's did, over that of the controls'.
 */
export function balanceOf(
  basis: EvidenceBasis,
  area: MatchedArea,
  { mix, courses }: Matching,
  controls: readonly MatchedPlace[],
): Balance {
  const { densityOf } = basis.reference;
  const mean = (of: (place: MatchedPlace) => number) =>
    controls.reduce((sum, place) => sum + of(place), 0) / controls.length;
  if (controls.length === 0) return { level: 0, trend: 0, density: 0, mix: 0 };
  return {
    level: levelDifference(
      area.before,
      mean(({ before }) => before),
    ),
    trend: mean((place) => trendDifference(area.past, place.past)),
    density: mean(({ commune }) => densityDifference(densityOf(area.commune), densityOf(commune))),
    mix: Math.log(courseOf(mix, courses) / mean((place) => courseOf(place.mix, courses))) / COURSE_UNIT,
  };
}

export function isComparable({ distance }: MatchedPlace): boolean {
  return distance <= FARTHEST;
}

/** Cells of a place's shape; those that H3 does not have are left out. */
export function cellsOf(lattice: CellLattice, shape: readonly Offset[], position: number): string[] {
  return shape.flatMap((offset) => cellAt(lattice, position, offset) ?? []);
}

/** Indices of the occupied cells of a shape. */
export function occupiedOf(basis: EvidenceBasis, shape: readonly Offset[], position: number): number[] {
  const { lattice } = basis;
  const byPosition = occupiedPositions(basis);
  const centreI = Math.floor(position / lattice.width);
  const centreJ = position % lattice.width;
  return shape.flatMap(([di, dj]) => {
    const [i, j] = [centreI + di, centreJ + dj];
    if (i < 0 || j < 0 || i >= lattice.height || j >= lattice.width) return [];
    return byPosition.get(i * lattice.width + j) ?? [];
  });
}

/** Positions of the ring around a place that other areas, or this area and its ring, do not hold. */
export function controlRing(
  basis: EvidenceBasis,
  area: MatchedArea,
  avoid: ReadonlySet<string>,
  { shape, position }: { shape: readonly Offset[]; position: number },
): number[] {
  const own = new Set([...area.cells, ...area.ring].map((cell) => positionOf(basis.lattice, cell)));
  const others = stampOf(basis, avoid);
  return occupiedOf(basis, shapeRing(shape, area.ringSteps), position).filter((cell) => {
    const at = basis.positions[cell];
    return !own.has(at) && (others[at] & IN_AREA) === 0;
  });
}

function levelDifference(area: number, place: number): number {
  return (area - place) / Math.sqrt(Math.max(1, area) + (LEVEL_SLACK * area) ** 2);
}

/** Of the change of level from the year before, by the months that pair; of nothing where that is not reported. */
function trendDifference(area: Past | null, place: Past | null): number {
  if (area === null || place === null) return 0;
  // The same calendar months on both sides: season and number of months cancel in each of the two.
  const change = ({ recent, earlier }: Past) => Math.log((recent + 0.5) / (earlier + 0.5));
  return (change(area) - change(place)) / trendUnit(area);
}

function trendUnit({ recent, earlier }: Past): number {
  return Math.sqrt(1 / (recent + 0.5) + 1 / (earlier + 0.5) + TREND_SLACK ** 2);
}

/**
 * What an area that was already falling against its controls may be expected to fall on, as a factor ≤ 1: the change of the year before,
 * shrunk by how much of it may be chance.
 */
export function fallingOn({ past }: MatchedArea, { trend }: Balance): number {
  return past === null ? 1 : Math.exp(Math.min(0, (trend * TREND_SLACK ** 2) / trendUnit(past)));
}

function densityDifference(area: number, place: number): number {
  return area > 0 && place > 0 ? Math.log(area / place) / DENSITY_UNIT : 0;
}

/** 1 − the shared part of two mixes. */
function mixDifference(a: Float64Array, b: Float64Array): number {
  return 1 - a.reduce((shared, share, group) => shared + Math.min(share, b[group]), 0);
}

function mixOf(counts: Float64Array, whole: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0) + MIX_PRIOR;
  return counts.map((count, group) => (count + MIX_PRIOR * whole[group]) / total);
}

/** How a mix of groups would have gone, had each gone as in the whole province: after ÷ before. */
export function courseOf(mix: Float64Array, courses: Float64Array): number {
  return mix.reduce((sum, share, group) => sum + share * courses[group], 0);
}

const allCourses = new WeakMap<EvidenceBasis, Map<string, Float64Array>>();

/**
 * After ÷ before of every group over the whole province; small groups lean towards all of them. Every commune counts in the months
 * alone that it reported on both sides: a report that is late is no fall.
 */
function coursesOf(basis: EvidenceBasis, categories: ReadonlySet<number>, pairs: MonthPairs): Float64Array {
  const key = `${[...categories].sort((a, b) => a - b).join(',')}/${pairs.after.join(',')}`;
  const known = allCourses.get(basis) ?? new Map<string, Float64Array>();
  allCourses.set(basis, known);
  const made = known.get(key);
  if (made !== undefined) return made;
  const before = new Float64Array(basis.groups);
  const after = new Float64Array(basis.groups);
  const { communes } = basis.records;
  for (const [commune, cells] of Map.groupBy(communes.keys(), (cell) => communes[cell])) {
    const paired = pairs.after.filter((month) => isPaired(basis, commune, month, -12));
    const countOf = (months: readonly number[]) => groupCounts(basis, cells, categories, new Set(months));
    countOf(paired.map((month) => month - 12)).forEach((count, group) => {
      before[group] += count;
    });
    countOf(paired).forEach((count, group) => {
      after[group] += count;
    });
  }
  const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
  const whole = (sum(after) + 1) / (sum(before) + 1);
  const courses = before.map((count, group) => (after[group] + MIX_PRIOR * whole) / (count + MIX_PRIOR));
  known.set(key, courses);
  return courses;
}

const wholeMixes = new WeakMap<EvidenceBasis, Map<string, Float64Array>>();

function wholeMix(basis: EvidenceBasis, categories: ReadonlySet<number>): Float64Array {
  const key = [...categories].sort((a, b) => a - b).join(',');
  const known = wholeMixes.get(basis) ?? new Map<string, Float64Array>();
  wholeMixes.set(basis, known);
  const mix = known.get(key) ?? new Float64Array(basis.groups);
  if (known.has(key)) return mix;
  const { records, reference } = basis;
  for (let row = 0; row < records.cell.length; row++)
    if (categories.has(records.category[row]))
      mix[reference.categoryGroup[records.category[row]]] += records.count[row];
  const total = seasonOf(basis, categories).reduce((sum, count) => sum + count, 0);
  for (let group = 0; group < mix.length; group++) mix[group] = total > 0 ? mix[group] / total : 0;
  known.set(key, mix);
  return mix;
}

const occupiedMaps = new WeakMap<EvidenceBasis, Map<number, number>>();

function occupiedPositions(basis: EvidenceBasis): Map<number, number> {
  const known = occupiedMaps.get(basis);
  if (known !== undefined) return known;
  const made = new Map<number, number>();
  basis.positions.forEach((position, cell) => {
    if (position >= 0) made.set(position, cell);
  });
  occupiedMaps.set(basis, made);
  return made;
}

const IN_AREA = 1;
const NEAR_AREA = 2;

/** Bits by position: within an area, or within a berth of one. */
function stampOf(basis: EvidenceBasis, avoid: ReadonlySet<string>): Uint8Array {
  const known = basis.stamps.get(avoid);
  if (known !== undefined) return known;
  const { lattice } = basis;
  const stamp = new Uint8Array(lattice.width * lattice.height);
  const berth = [[0, 0] as const, ...shapeRing([[0, 0]], BERTH)];
  for (const cell of avoid) {
    const position = positionOf(lattice, cell);
    if (position < 0) continue;
    stamp[position] |= IN_AREA;
    for (const at of around(lattice, position, berth)) stamp[at] |= NEAR_AREA;
  }
  basis.stamps.set(avoid, stamp);
  return stamp;
}

const avoidedRows = new WeakMap<ReadonlySet<string>, WeakMap<EvidenceBasis, Int32Array>>();

function avoidedSums(basis: EvidenceBasis, avoid: ReadonlySet<string>): Int32Array {
  const ofSet = avoidedRows.get(avoid) ?? new WeakMap<EvidenceBasis, Int32Array>();
  avoidedRows.set(avoid, ofSet);
  const known = ofSet.get(basis);
  if (known !== undefined) return known;
  const near = stampOf(basis, avoid).map((bits) => (bits === 0 ? 0 : 1));
  const rows = runningRows(basis.lattice, near);
  ofSet.set(basis, rows);
  return rows;
}

/** Centres whose shape would touch one of the cells. */
function barredCentres(lattice: CellLattice, cells: readonly string[], shape: readonly Offset[]): Uint8Array {
  const barred = new Uint8Array(lattice.width * lattice.height);
  const mirrored = shape.map(([i, j]): Offset => [-i, -j]);
  for (const cell of cells) {
    const position = positionOf(lattice, cell);
    if (position >= 0) for (const at of around(lattice, position, mirrored)) barred[at] = 1;
  }
  return barred;
}

function around({ width, height }: CellLattice, position: number, offsets: readonly Offset[]): number[] {
  const centreI = Math.floor(position / width);
  const centreJ = position % width;
  return offsets.flatMap(([di, dj]) => {
    const [i, j] = [centreI + di, centreJ + dj];
    return i < 0 || j < 0 || i >= height || j >= width ? [] : [i * width + j];
  });
}

/** In order, whatever lies at least so many steps from all picked before. */
function pickApart<Place>(
  lattice: CellLattice,
  places: readonly Place[],
  positionOfPlace: (place: Place) => number,
  apart: number,
  most: number,
): Place[] {
  const picked: Place[] = [];
  const taken: number[] = [];
  for (const place of places) {
    if (picked.length >= most) break;
    const position = positionOfPlace(place);
    if (taken.some((other) => stepsBetween(lattice, position, other) < apart)) continue;
    picked.push(place);
    taken.push(position);
  }
  return picked;
}
