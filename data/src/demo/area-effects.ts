/** The true effect in an area: expected records after the start against those before, from the plans and the background's own rates. */
import type { AreaType } from '../categories.ts';
import type { AddedPlace, AreaGround } from './area-ground.ts';
import { distanceToEdge } from './area-shapes.ts';
import { MONTHS } from './calendar.ts';
import { drawOffset } from './incidents.ts';
import { distance, isInPolygons, type LngLat, type Point, toLngLat, toPlane } from './plane.ts';
import { at, type Random } from './random.ts';
import { rhythms } from './rhythms.ts';

/** Width of the ring around an area, metres from its edge. */
const RING_M = 500;
const DRAWS = 1500;
/** 12·year + month − 1 of the first month, November 2021. */
const FIRST_MONTH = 2021 * 12 + 10;

/**
 * Ratios of expected records: whole months from `firstMonth` (12·year + month − 1), at most twelve, to the same calendar months of
 * the year before. 1 where no whole month follows, and where nothing is drawn. What falls into the area of a planted place is found by drawing.
 */
export function measureEffect(
  ground: AreaGround,
  polygon: LngLat[][][],
  types: readonly AreaType[],
  firstMonth: number,
  random: Random,
): { insideRatio: number; ringRatio: number } {
  if (polygon.length === 0) return { insideRatio: 1, ringRatio: 1 };
  const first = firstMonth - FIRST_MONTH;
  const months = Array.from({ length: 12 }, (_, k) => first + k).filter((m) => m < MONTHS.length);
  const { inside, ring } = expectedRecords(ground, polygon, types, random);
  const ratio = (expected: Float64Array): number => {
    const after = months.reduce((sum, m) => sum + at(expected, m), 0);
    const before = months.reduce((sum, m) => sum + at(expected, m - 12), 0);
    return before > 0 ? after / before : 1;
  };
  return { insideRatio: ratio(inside), ringRatio: ratio(ring) };
}

/** Expected records of the types inside a shape and in the ring around it, by month. */
function expectedRecords(
  ground: AreaGround,
  polygon: LngLat[][][],
  types: readonly AreaType[],
  random: Random,
): { inside: Float64Array; ring: Float64Array } {
  // Half a record in five years stands for what is never quite nothing.
  const inside = new Float64Array(MONTHS.length).fill(0.5 / MONTHS.length);
  const ring = new Float64Array(MONTHS.length).fill(0.5 / MONTHS.length);
  const box = boxOf(polygon);
  const target = (lngLat: LngLat) =>
    isInPolygons(lngLat[0], lngLat[1], polygon) ? inside : distanceToEdge(lngLat, polygon) <= RING_M ? ring : undefined;
  // How many of the background's rows fall here is a property of the place; when they fall follows each category's rhythm.
  for (const { p, category } of ground.rowsIn(
    box.west - RING_M,
    box.south - RING_M,
    box.east + RING_M,
    box.north + RING_M,
  )) {
    if (!ground.isOfTypes(category, types)) continue;
    const expected = target(toLngLat(p));
    const shares = at(ground.monthShares, category);
    expected?.forEach((value, m) => {
      expected[m] = value + at(shares, m);
    });
  }
  const middle: Point = [(box.west + box.east) / 2, (box.south + box.north) / 2];
  const reach = Math.hypot(box.east - box.west, box.north - box.south) / 2 + RING_M;
  for (const place of ground.added) {
    if (distance(place.centre, middle) > reach + place.radiusM) continue;
    const share = shareOfTypes(ground, place, types);
    if (share === 0) continue;
    for (let draw = 0; draw < DRAWS; draw++) {
      const expected = target(drawDry(ground, place, random));
      expected?.forEach((value, m) => {
        expected[m] = value + (at(place.expected, m) * share) / DRAWS;
      });
    }
  }
  return { inside, ring };
}

/** Share of a place's records that are of the types and have a point. */
function shareOfTypes(ground: AreaGround, place: AddedPlace, types: readonly AreaType[]): number {
  const shares = place.categories.map((code) => {
    const index = rhythms.findIndex(({ category }) => category === code);
    return ground.isOfTypes(index, types) ? 1 - at(rhythms, index).withoutPoint : 0;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** As the records of the place themselves are drawn. */
function drawDry({ province }: AreaGround, place: AddedPlace, random: Random): LngLat {
  for (;;) {
    const [dx, dy] = drawOffset(place.radiusM, random);
    const p: Point = [place.centre[0] + dx, place.centre[1] + dy];
    const lngLat = toLngLat(p);
    if (province.groundwork.findCommune(...lngLat) >= 0 && !province.groundwork.isWet(p, 2)) return lngLat;
  }
}

function boxOf(polygon: LngLat[][][]): { west: number; south: number; east: number; north: number } {
  const corners = polygon.flat(2).map(toPlane);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}
