/** Where each area of the plans lies in a province. */
import type { AreaType } from '../categories.ts';
import type { AreaGround } from './area-ground.ts';
import type { AreaPlan } from './area-plans.ts';
import { drawOutline, halfOf, toRing } from './area-shapes.ts';
import type { DemoArea } from './areas.ts';
import { MONTHS } from './calendar.ts';
import type { Character } from './communes.ts';
import { between, distance, type LngLat, type Point, resample, toLngLat } from './plane.ts';
import type { Groundwork } from './province.ts';
import { at, type Random } from './random.ts';

type BackgroundWhere = Extract<AreaPlan['where'], { background: unknown }>;

type PlacedArea = {
  communeCode: string;
  origin: DemoArea['origin'];
  /** Keys of plans. */
  parents: number[];
  polygon: LngLat[][][];
};

/** Radius of areas that lie on the background alone, metres. */
const BACKGROUND_M = 350;
/** Outline to radius of a planted place: wide enough that its unevenness leaves no record outside. */
const OUTLINE = 1.08;
const APART_M = 1600;
const CANDIDATES = 1500;
/** Of an area across two communes, in the smaller part: enough to matter, and plainly not the larger one. */
const LEAST_SHARE = 0.28;
const MOST_SHARE = 0.42;
const FIRST_MONTH = 2021 * 12 + 10;

/** @returns by the plan's key. */
export function placeAreas(
  ground: AreaGround,
  planned: readonly { plan: AreaPlan; startMonth: number }[],
  random: Random,
): Map<number, PlacedArea> {
  const { groundwork } = ground.province;
  const placed = new Map<number, PlacedArea>();
  const outlines = new Map<number, Point[]>();
  const taken = ground.added.map(({ centre }) => centre);
  const roads = random.shuffled(groundwork.roads.flatMap(({ line }) => resample(line, 150)));
  const around = (key: number, middle: Point, radiusM: number, turn = 0, isAcross = false) => {
    // Ordered by how much of the area they hold.
    const communes = isAcross
      ? communesAround(groundwork, middle, radiusM)
      : [groundwork.findCommune(...toLngLat(middle))];
    const outline = drawOutline(groundwork, communes, middle, radiusM, turn, random);
    outlines.set(key, outline);
    const communeCode = at(groundwork.communes, at(communes, 0)).code;
    placed.set(key, { communeCode, origin: 'drawn', parents: [], polygon: [[toRing(outline)]] });
  };
  const found = (key: number): PlacedArea => {
    const area = placed.get(key);
    if (area === undefined) throw new Error(`area ${key} must stand before those made from it`);
    return area;
  };
  for (const { plan, startMonth } of planned) {
    const { key, where, types } = plan;
    if ('planted' in where) {
      const place = at(
        ground.added.filter(({ id }) => id === where.planted),
        where.place ?? 0,
      );
      around(key, place.centre, place.radiusM * OUTLINE);
    } else if ('treated' in where) {
      const spots = where.treated.map((id) =>
        at(
          ground.added.filter((place) => place.id === id),
          0,
        ),
      );
      const [first, last] = [at(spots, 0).centre, at(spots, spots.length - 1).centre];
      // Across the line of its spots, so that a half holds one of them.
      const turn = Math.atan2(last[1] - first[1], last[0] - first[0]) + Math.PI / 2;
      around(key, between(first, last, 0.5), where.radiusM ?? at(spots, 0).radiusM * OUTLINE, turn);
    } else if ('background' in where) {
      const middle = chooseBackground(ground, where, types, startMonth - FIRST_MONTH, roads, taken);
      taken.push(middle);
      around(key, middle, BACKGROUND_M, 0, where.isAcross);
    } else if ('commune' in where) {
      const whole = chooseCommune(ground, where.commune, taken);
      placed.set(key, { communeCode: whole.code, origin: 'commune', parents: [], polygon: whole.rings });
    } else if ('undrawnIn' in where) {
      const { code } = chooseCommune(ground, where.undrawnIn, taken);
      placed.set(key, { communeCode: code, origin: 'list', parents: [], polygon: [] });
    } else if ('halfOf' in where) {
      const { communeCode } = found(where.halfOf);
      const outline = halfOf(outlines.get(where.halfOf) ?? [], where.side);
      placed.set(key, { communeCode, origin: 'split', parents: [where.halfOf], polygon: [[toRing(outline)]] });
    } else {
      const parents = where.allOf.map(found);
      placed.set(key, {
        communeCode: at(parents, 0).communeCode,
        origin: 'merge',
        parents: [...where.allOf],
        polygon: parents.flatMap(({ polygon }) => polygon),
      });
    }
  }
  return placed;
}

/** A spot on a road, away from all that was planted: with the worst year by chance, or with few records. */
function chooseBackground(
  ground: AreaGround,
  { background: wish, isAcross = false }: BackgroundWhere,
  types: readonly AreaType[],
  start: number,
  roads: readonly Point[],
  taken: readonly Point[],
): Point {
  const { groundwork, unreportedMonths } = ground.province;
  const owing = new Set(unreportedMonths.map(({ communeCode }) => communeCode));
  const late = new Set(
    unreportedMonths.flatMap(({ communeCode, month }) =>
      month === at(MONTHS, MONTHS.length - 1) ? [communeCode] : [],
    ),
  );
  const candidates = roads.filter((p) => {
    const index = groundwork.findCommune(...toLngLat(p));
    if (index < 0 || groundwork.isWet(p, 100)) return false;
    const { code } = at(groundwork.communes, index);
    if ((wish === 'late' ? late : owing).has(code) !== (wish === 'late')) return false;
    if (taken.some((q) => distance(p, q) <= APART_M)) return false;
    return !isAcross || isDividedWell(groundwork, p, owing);
  });
  const judged = candidates.slice(0, CANDIDATES).map((p) => {
    const months = ground
      .rowsIn(p[0] - BACKGROUND_M, p[1] - BACKGROUND_M, p[0] + BACKGROUND_M, p[1] + BACKGROUND_M)
      .filter((row) => ground.isOfTypes(row.category, types) && distance(row.p, p) <= BACKGROUND_M)
      .map(({ month }) => month);
    const perYear = months.length / 5;
    // Twelve months that were known when it was proposed.
    const before = months.filter((month) => month >= start - 13 && month < start - 1).length;
    return { p, perYear, excess: (before - perYear) / Math.sqrt(Math.max(1, perYear)) };
  });
  const wanted = wish === 'bad year' ? [30, 80] : [3, 14];
  const fitting = judged.filter(({ perYear }) => perYear >= at(wanted, 0) && perYear <= at(wanted, 1));
  const pool = fitting.length > 0 ? fitting : judged;
  if (wish !== 'bad year') return at(pool, 0).p;
  return pool.reduce((a, b) => (b.excess > a.excess ? b : a)).p;
}

/** Two communes share what is around a point, one plainly holding more, and neither owing a month. */
function isDividedWell(groundwork: Groundwork, middle: Point, owing: ReadonlySet<string>): boolean {
  // Most points are far from any border: a part of LEAST_SHARE would show in one of four directions.
  if (communeShares(groundwork, middle, BACKGROUND_M, 1, 4).size === 1) return false;
  const shares = communeShares(groundwork, middle, BACKGROUND_M * OUTLINE);
  const smaller = Math.min(...shares.values());
  return (
    shares.size === 2 &&
    smaller > LEAST_SHARE &&
    smaller < MOST_SHARE &&
    [...shares.keys()].every((index) => index >= 0 && !owing.has(at(groundwork.communes, index).code))
  );
}

/** Indices of the communes around a point, that of the most first. */
function communesAround(groundwork: Groundwork, middle: Point, radiusM: number): number[] {
  return [...communeShares(groundwork, middle, radiusM)].sort((a, b) => b[1] - a[1]).map(([index]) => index);
}

/** Share of each commune (−1: outside all) in a circle, tried at rings of equal area. */
function communeShares(
  { findCommune }: Groundwork,
  [x, y]: Point,
  radiusM: number,
  rings = 6,
  directions = 24,
): Map<number, number> {
  const shares = new Map<number, number>();
  for (let ring = 0; ring < rings; ring++)
    for (let k = 0; k < directions; k++) {
      const [reach, turn] = [radiusM * Math.sqrt((ring + 1) / rings), (k / directions) * 2 * Math.PI];
      const index = findCommune(...toLngLat([x + reach * Math.cos(turn), y + reach * Math.sin(turn)]));
      shares.set(index, (shares.get(index) ?? 0) + 1 / (rings * directions));
    }
  return shares;
}

/** The smallest commune of the character that holds nothing planted and reported every month. */
function chooseCommune(
  { province: { groundwork, unreportedMonths } }: AreaGround,
  character: Character,
  taken: readonly Point[],
): { code: string; rings: LngLat[][][] } {
  const owing = new Set(unreportedMonths.map(({ communeCode }) => communeCode));
  const used = new Set(taken.map((p) => groundwork.findCommune(...toLngLat(p))));
  const free = groundwork.communes.filter(
    (commune, i) => commune.character === character && !used.has(i) && !owing.has(commune.code),
  );
  const pool = free.length > 0 ? free : groundwork.communes.filter((commune) => commune.character === character);
  const { code, rings } = pool.reduce((a, b) => (b.population < a.population ? b : a));
  return { code, rings: rings.map((polygon) => polygon.map((ring) => [...ring])) };
}
