import type { Camera, Lamp } from './camera-sector.ts';
import {
  addStretches,
  appendSpans,
  type CoverageOptions,
  type CoverageSum,
  edgesOf,
  type LineEvents,
  middleMeridian,
  reachesOf,
} from './coverage-plane.ts';
import { type MultiPolygon, type Polygon, polygonsOf, type Ring } from './geo.ts';
import { transverseMercator } from './vn2000.ts';

export interface AreaCoverage {
  /** m² of the area asked about; null without one, as `neither`. */
  readonly total: number | null;
  /** m² seen and not lit. */
  readonly camera: number;
  /** m² lit and not seen. */
  readonly lit: number;
  readonly both: number;
  readonly neither: number | null;
}

/**
 * Square metres that cameras see and lamps light; what two of them cover counts once. Level lines are drawn through
 * everything and what lies on them is summed up: no union of polygons, so nothing that touches or coincides can fail.
 * @param stepM distance between lines. 0.25 m is right to 1e-4 for many lamps of 10 m reach; a border that runs due east
 * may be off by half a step along its length. 50,000 lamps take 4 s at 0.25 m, and as much more as the step is finer.
 */
export function areaCoverage(
  cameras: readonly Camera[],
  lamps: readonly Lamp[],
  { state = 'working', within, stepM = 0.25 }: CoverageOptions & { readonly stepM?: number } = {},
): AreaCoverage {
  if (!(stepM > 0)) throw new RangeError(`step ${stepM} m; expected a number > 0`);
  const meridian = middleMeridian(
    within === undefined ? [[...cameras, ...lamps].map(({ lng, lat }) => [lng, lat])] : polygonsOf(within).flat(),
  );
  const reaches = reachesOf(cameras, lamps, state, meridian);
  const edges = within === undefined ? null : edgesOf(within, meridian);
  const covered: CoverageSum = { total: 0, camera: 0, lit: 0, both: 0, neither: 0 };
  let [west, east] = [Infinity, -Infinity];
  for (const { x, radius } of reaches) {
    west = Math.min(west, x - radius);
    east = Math.max(east, x + radius);
  }
  for (let edge = 0; edge < (edges?.length ?? 0); edge += 2) {
    west = Math.min(west, edges![edge]);
    east = Math.max(east, edges![edge]);
  }
  const width = east - west;
  const lines = new Map<number, LineEvents>();
  const yOf = (line: number) => (line + 0.5) * stepM;
  const linesBetween = (south: number, north: number) =>
    [Math.ceil(south / stepM - 0.5), Math.ceil(north / stepM - 0.5)] as const;

  const spans: number[] = [];
  for (const reach of reaches) {
    const kind = reach.isCamera ? 1 : 2;
    const [first, end] = linesBetween(reach.y - reach.radius, reach.y + reach.radius);
    for (let line = first; line < end; line++) {
      spans.length = 0;
      appendSpans(reach, west, yOf(line), width, 0, spans);
      if (spans.length === 0) continue;
      let events = lines.get(line);
      if (events === undefined) lines.set(line, (events = { at: [], change: [] }));
      for (let at = 0; at < spans.length; at++) {
        events.at.push(spans[at]);
        events.change.push(at % 2 === 0 ? kind : -kind);
      }
    }
  }
  if (edges !== null) cutAtBorders(edges, lines, linesBetween, yOf, (x) => (x - west) / width);
  for (const events of lines.values()) addStretches(events, edges === null, width * stepM, covered);

  const { camera, lit, both } = covered;
  if (within === undefined) return { total: null, camera, lit, both, neither: null };
  const total = planeArea(within, meridian);
  return { total, camera, lit, both, neither: Math.max(0, total - camera - lit - both) };
}

/** On every line that something lies on, where it enters and leaves the area. */
function cutAtBorders(
  edges: Float64Array,
  lines: ReadonlyMap<number, LineEvents>,
  linesBetween: (south: number, north: number) => readonly [number, number],
  yOf: (line: number) => number,
  shareOf: (x: number) => number,
): void {
  const crossings = new Map<number, number[]>();
  for (let edge = 0; edge < edges.length; edge += 4) {
    const [px, py, qx, qy] = [edges[edge], edges[edge + 1], edges[edge + 2], edges[edge + 3]];
    const [first, end] = linesBetween(Math.min(py, qy), Math.max(py, qy));
    for (let line = first; line < end; line++) {
      if (!lines.has(line)) continue;
      const at = shareOf(px + ((yOf(line) - py) / (qy - py)) * (qx - px));
      const found = crossings.get(line);
      if (found === undefined) crossings.set(line, [at]);
      else found.push(at);
    }
  }
  for (const [line, found] of crossings) {
    const events = lines.get(line)!;
    found
      .sort((a, b) => a - b)
      .forEach((at, order) => {
        events.at.push(at);
        events.change.push(order % 2 === 0 ? 3 : -3);
      });
  }
}

/** Shells less their holes, whichever way the rings run. */
function planeArea(area: Polygon | MultiPolygon, meridian: number): number {
  let sum = 0;
  for (const [shell, ...holes] of polygonsOf(area)) {
    sum += ringArea(shell, meridian);
    for (const hole of holes) sum -= ringArea(hole, meridian);
  }
  return sum;
}

/** The shoelace formula, from the first corner so that large coordinates do not blur it. */
function ringArea(ring: Ring, meridian: number): number {
  const corners = ring.map(([lng, lat]) => transverseMercator(lng, lat, meridian));
  const [x0, y0] = corners[0];
  let doubled = 0;
  for (let at = 1; at < corners.length; at++) {
    const [[ax, ay], [bx, by]] = [corners[at - 1], corners[at]];
    doubled += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return Math.abs(doubled) / 2;
}
