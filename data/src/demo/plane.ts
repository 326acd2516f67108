/**
 * The demonstration province is drawn on a plane in metres and only then put on the globe. The place is invented:
 * a spot in Việt Nam's range of coordinates, chosen so that VN-2000 and H3 behave as they do for real offices.
 */

/** Metres east and north of the plane's origin. */
export type Point = readonly [x: number, y: number];
/** Degrees, WGS84. */
export type LngLat = [lng: number, lat: number];

const ORIGIN_LNG = 106.2;
const ORIGIN_LAT = 19.9;
/** Length of one degree at latitude 20.15° (WGS84), rounded: the plane needs to be even, not exact to the metre. */
const METRES_PER_DEGREE_LNG = 104_560;
const METRES_PER_DEGREE_LAT = 110_710;

/** Six decimals (about 0.1 m): every coordinate that leaves the generator is rounded here, once. */
export function toLngLat([x, y]: Point): LngLat {
  return [round6(ORIGIN_LNG + x / METRES_PER_DEGREE_LNG), round6(ORIGIN_LAT + y / METRES_PER_DEGREE_LAT)];
}

export function toPlane([lng, lat]: readonly [number, number]): Point {
  return [(lng - ORIGIN_LNG) * METRES_PER_DEGREE_LNG, (lat - ORIGIN_LAT) * METRES_PER_DEGREE_LAT];
}

function round6(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

export function between(a: Point, b: Point, share: number): Point {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function lineLength(line: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < line.length; i++) length += distance(line[i - 1] as Point, line[i] as Point);
  return length;
}

/** Signed area by the shoelace formula: positive counter-clockwise. Ring may be open or closed; unit = coordinate². */
export function ringArea(ring: readonly (readonly [number, number])[]): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[j] as readonly [number, number];
    const q = ring[i] as readonly [number, number];
    twice += p[0] * q[1] - q[0] * p[1];
  }
  return twice / 2;
}

/** Even-odd rule (W. R. Franklin's PNPOLY). Works in any plane; a point on the border may fall either way. */
export function isInRing(x: number, y: number, ring: readonly (readonly [number, number])[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[i] as readonly [number, number];
    const q = ring[j] as readonly [number, number];
    if (p[1] > y !== q[1] > y && x < ((q[0] - p[0]) * (y - p[1])) / (q[1] - p[1]) + p[0]) inside = !inside;
  }
  return inside;
}

/** True inside any polygon of the list, holes left out. */
export function isInPolygons(
  x: number,
  y: number,
  polygons: readonly (readonly (readonly (readonly [number, number])[])[])[],
): boolean {
  return polygons.some((rings) => {
    let inside = false;
    for (const ring of rings) if (isInRing(x, y, ring)) inside = !inside;
    return inside;
  });
}

/** Closest distance from a point to a segment, in metres. */
export function segmentDistance(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const lengthSquared = dx * dx + dy * dy;
  const share = lengthSquared === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / lengthSquared;
  return distance(p, between(a, b, Math.min(1, Math.max(0, share))));
}

/** Evenly spaced points along a line, both ends kept. */
export function resample(line: readonly Point[], stepM: number): Point[] {
  const total = lineLength(line);
  const pieces = Math.max(1, Math.round(total / stepM));
  const points: Point[] = [line[0] as Point];
  let walked = 0;
  let next = total / pieces;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1] as Point;
    const to = line[i] as Point;
    const length = distance(from, to);
    while (points.length < pieces && next <= walked + length) {
      points.push(between(from, to, (next - walked) / length));
      next += total / pieces;
    }
    walked += length;
  }
  points.push(line[line.length - 1] as Point);
  return points;
}

/** Moving average of three, ends fixed, repeated. */
export function smooth(line: readonly Point[], passes: number): Point[] {
  let current: Point[] = [...line];
  for (let pass = 0; pass < passes; pass++) {
    current = current.map((p, i) => {
      const before = current[i - 1];
      const after = current[i + 1];
      return before && after ? [(before[0] + 2 * p[0] + after[0]) / 4, (before[1] + 2 * p[1] + after[1]) / 4] : p;
    });
  }
  return current;
}
