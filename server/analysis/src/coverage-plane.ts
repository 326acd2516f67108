import { type Camera, type Lamp, lampCircle, type Sector, sectorOf } from './camera-sector.ts';
import { type LngLat, type MultiPolygon, type Polygon, polygonsOf } from './geo.ts';
import { transverseMercator } from './vn2000.ts';

/**
 * Coverage is measured in a plane (transverse Mercator on the middle meridian) with true circles and sectors, not with
 * their polygons: no chord is lost, and there is no polygon union that could fail.
 */

export interface CoverageOptions {
  /** Count what works now (default), or everything as if it were repaired. Unknown does not count as working. */
  readonly state?: 'working' | 'repaired';
  /** Only what lies inside. */
  readonly within?: Polygon | MultiPolygon;
}

/** Circle or sector of one kind of thing, in plane metres. */
export interface Reach {
  readonly isCamera: boolean;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Null is a full circle. Directions are unit vectors, the way from `start` to `end` counter-clockwise. */
  readonly wedge: {
    readonly startX: number;
    readonly startY: number;
    readonly endX: number;
    readonly endY: number;
    readonly isOverHalf: boolean;
  } | null;
}

/** Things of unknown reach are left out. */
export function reachesOf(
  cameras: readonly Camera[],
  lamps: readonly Lamp[],
  state: 'working' | 'repaired',
  meridian: number,
): Reach[] {
  const counts = (thing: Camera | Lamp) => state === 'repaired' || (thing.state ?? 'working') === 'working';
  return [
    ...cameras.filter(counts).flatMap((camera) => reachOf(camera, sectorOf(camera), true, meridian)),
    ...lamps.filter(counts).flatMap((lamp) => reachOf(lamp, lampCircle(lamp), false, meridian)),
  ];
}

function reachOf(thing: Camera | Lamp, sector: Sector | null, isCamera: boolean, meridian: number): Reach[] {
  if (sector === null) return [];
  const [x, y] = transverseMercator(thing.lng, thing.lat, meridian);
  const base = { isCamera, x, y, radius: sector.radiusM };
  if (sector.widthDeg >= 360) return [{ ...base, wedge: null }];
  // True north leans from the north of the plane by the convergence of meridians.
  const convergence = Math.atan(Math.tan((thing.lng - meridian) * RADIANS) * Math.sin(thing.lat * RADIANS));
  const last = (sector.fromDeg + sector.widthDeg) * RADIANS - convergence;
  const first = sector.fromDeg * RADIANS - convergence;
  const wedge = {
    startX: Math.sin(last),
    startY: Math.cos(last),
    endX: Math.sin(first),
    endY: Math.cos(first),
    isOverHalf: sector.widthDeg > 180,
  };
  return [{ ...base, wedge }];
}

/**
 * Append to `spans` the parts of the line from (ax, ay) by (dx, dy) that lie within reach, as pairs of shares of its
 * length, 0 to 1. The line must have length.
 */
export function appendSpans(reach: Reach, ax: number, ay: number, dx: number, dy: number, spans: number[]): void {
  const fx = ax - reach.x;
  const fy = ay - reach.y;
  const a = dx * dx + dy * dy;
  const b = fx * dx + fy * dy;
  const c = fx * fx + fy * fy - reach.radius * reach.radius;
  const discriminant = b * b - a * c;
  if (!(discriminant > 0)) return;
  const root = Math.sqrt(discriminant);
  const from = Math.max(0, (-b - root) / a);
  const to = Math.min(1, (-b + root) / a);
  if (!(from < to)) return;
  const { wedge } = reach;
  if (wedge === null) {
    spans.push(from, to);
    return;
  }
  // A wedge up to half a circle is two half planes at once; a wider one is what the wedge left out does not take away.
  const [startX, startY, endX, endY] = wedge.isOverHalf
    ? [wedge.endX, wedge.endY, wedge.startX, wedge.startY]
    : [wedge.startX, wedge.startY, wedge.endX, wedge.endY];
  let low = from;
  let high = to;
  for (const [value, slope] of [
    [startX * fy - startY * fx, startX * dy - startY * dx],
    [fx * endY - fy * endX, dx * endY - dy * endX],
  ]) {
    if (slope > 0) low = Math.max(low, -value / slope);
    else if (slope < 0) high = Math.min(high, -value / slope);
    else if (value < 0) high = -Infinity;
  }
  if (!wedge.isOverHalf) {
    if (low < high) spans.push(low, high);
  } else if (!(low < high)) {
    spans.push(from, to);
  } else {
    if (from < low) spans.push(from, low);
    if (high < to) spans.push(high, to);
  }
}

/** Edges of an area in the plane, four numbers each: ax, ay, bx, by. Inside is where a ray crosses an odd number. */
export function edgesOf(area: Polygon | MultiPolygon, meridian: number): Float64Array {
  const edges: number[] = [];
  for (const polygon of polygonsOf(area)) {
    for (const ring of polygon) {
      const corners = ring.map(([lng, lat]) => transverseMercator(lng, lat, meridian));
      for (let at = 1; at < corners.length; at++) edges.push(...corners[at - 1], ...corners[at]);
    }
  }
  return Float64Array.from(edges);
}

/** Middle of what the lines span. 0 where there is nothing. */
export function middleMeridian(lines: readonly (readonly (LngLat | readonly number[])[])[]): number {
  let [west, east] = [Infinity, -Infinity];
  for (const line of lines) {
    for (const [lng] of line) {
      west = Math.min(west, lng);
      east = Math.max(east, lng);
    }
  }
  return west <= east ? (west + east) / 2 : 0;
}

/** Length along a line by what covers it. The four classes leave nothing out and count nothing twice. */
export interface CoverageSum {
  total: number;
  /** Seen and not lit. */
  camera: number;
  /** Lit and not seen. */
  lit: number;
  both: number;
  neither: number;
}

/** Ends of spans on one line, to be summed up together. */
export interface LineEvents {
  readonly at: number[];
  /** +1 or −1 for cameras, ±2 for lamps, ±3 for the area. */
  readonly change: number[];
}

/**
 * Walk the ends of all spans along a line and add each stretch to its class. Stretches outside the area do not count;
 * `isInside` without an area, where all of the line counts.
 */
export function addStretches({ at, change }: LineEvents, isInside: boolean, unit: number, sum: CoverageSum): void {
  const order = at.map((_, event) => event).sort((a, b) => at[a] - at[b]);
  const open = [0, 0, 0, isInside ? 1 : 0];
  let previous = 0;
  const close = (position: number) => {
    const length = (position - previous) * unit;
    previous = position;
    if (open[3] <= 0 || !(length > 0)) return;
    sum.total += length;
    if (open[1] > 0) sum[open[2] > 0 ? 'both' : 'camera'] += length;
    else sum[open[2] > 0 ? 'lit' : 'neither'] += length;
  };
  for (const event of order) {
    close(at[event]);
    open[Math.abs(change[event])] += Math.sign(change[event]);
  }
  close(1);
}

const RADIANS = Math.PI / 180;
