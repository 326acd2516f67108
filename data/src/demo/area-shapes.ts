/** Outlines of areas on the plane: stars around a middle point, which never cross themselves. */
import { type LngLat, type Point, segmentDistance, toLngLat, toPlane } from './plane.ts';
import type { Groundwork } from './province.ts';
import { at, type Random } from './random.ts';

const CORNERS = 36;
const STEP_M = 15;
/** Points of an edge that must lie in the commune. */
const TRIED = 16;
/** Kept from the outer border of the communes. */
const MARGIN_M = 6;

/**
 * A slightly uneven outline about `radiusM` around a point, drawn in wherever its communes end.
 * @param communes indices into the groundwork's communes, that of the point among them.
 * @param turn the direction of the first corner, radians.
 */
export function drawOutline(
  { findCommune }: Groundwork,
  communes: readonly number[],
  middle: Point,
  radiusM: number,
  turn: number,
  random: Random,
): Point[] {
  const isInside = (p: Point) => communes.includes(findCommune(...toLngLat(p)));
  const phases = [random.between(0, 6), random.between(0, 6)] as const;
  const reaches = Array.from({ length: CORNERS }, (_, k) => {
    const angle = turn + (k / CORNERS) * 2 * Math.PI;
    const wanted = radiusM * (1 + 0.05 * Math.sin(2 * angle + phases[0]) + 0.04 * Math.sin(5 * angle + phases[1]));
    let reach = 0;
    while (reach < wanted) {
      const next = Math.min(wanted, reach + STEP_M);
      const ahead = next + MARGIN_M;
      if (!isInside([middle[0] + ahead * Math.cos(angle), middle[1] + ahead * Math.sin(angle)])) break;
      reach = next;
    }
    return { angle, reach: Math.max(reach, STEP_M) };
  });
  return pullIn(reaches, middle, isInside);
}

/** Edges between two corners may still leave a commune whose border bends inwards: their corners come closer until none does. */
function pullIn(reaches: { angle: number; reach: number }[], middle: Point, isInside: (p: Point) => boolean): Point[] {
  const corner = ({ angle, reach }: { angle: number; reach: number }): Point => [
    middle[0] + reach * Math.cos(angle),
    middle[1] + reach * Math.sin(angle),
  ];
  for (let round = 0; round < 40; round++) {
    const leaving = reaches.flatMap((from, k) => {
      const to = at(reaches, (k + 1) % reaches.length);
      const [a, b] = [corner(from), corner(to)];
      const isKept = Array.from({ length: TRIED }, (_, i) => i / TRIED).every((share) =>
        isInside([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]),
      );
      return isKept ? [] : [from, to];
    });
    if (leaving.length === 0) break;
    for (const spoke of new Set(leaving)) spoke.reach *= 0.9;
  }
  return reaches.map(corner);
}

/** The half of an outline on one side of the line from its first corner to the opposite one. */
export function halfOf(outline: readonly Point[], side: 0 | 1): Point[] {
  const middle = outline.length / 2;
  return side === 0 ? outline.slice(0, middle + 1) : [...outline.slice(middle), at(outline, 0)];
}

/** A closed ring, counter-clockwise. */
export function toRing(outline: readonly Point[]): LngLat[] {
  const ring = outline.map(toLngLat);
  return [...ring, at(ring, 0)];
}

/** Metres from a place to the nearest edge of any ring. */
export function distanceToEdge(lngLat: LngLat, polygon: readonly LngLat[][][]): number {
  const p = toPlane(lngLat);
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of polygon.flat())
    for (let i = 1; i < ring.length; i++)
      nearest = Math.min(nearest, segmentDistance(p, toPlane(at(ring, i - 1)), toPlane(at(ring, i))));
  return nearest;
}
