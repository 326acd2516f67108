import type { Camera, Lamp } from './camera-sector.ts';
import {
  addStretches,
  appendSpans,
  type CoverageOptions,
  type CoverageSum,
  edgesOf,
  type LineEvents,
  middleMeridian,
  type Reach,
  reachesOf,
} from './coverage-plane.ts';
import type { LngLat } from './geo.ts';
import { transverseMercator } from './vn2000.ts';

/** Metres of road. `camera` is seen and not lit, `lit` is lit and not seen: the four classes add up to `total`. */
export type RoadCoverage = Readonly<CoverageSum>;

/**
 * Metres of road that cameras see and lamps light. A stretch two cameras see counts once, as does a stretch that occurs
 * twice between the same two corners; roads that overlap otherwise count twice.
 * By day, give no lamps. Nothing stands in the way of a camera; reach is measured on the ground, without the height of the
 * pole.
 * Lengths are right to 1e-4 within 75 km of the middle meridian of the roads.
 * @param roads lines of positions in degrees.
 */
export function roadCoverage(
  roads: readonly (readonly LngLat[])[],
  cameras: readonly Camera[],
  lamps: readonly Lamp[],
  { state = 'working', within }: CoverageOptions = {},
): RoadCoverage {
  const meridian = middleMeridian(roads);
  const near = squaresOf(reachesOf(cameras, lamps, state, meridian));
  const edges = within === undefined ? null : edgesOf(within, meridian);
  const sum: CoverageSum = { total: 0, camera: 0, lit: 0, both: 0, neither: 0 };
  const seen = new Set<string>();
  const spans: number[] = [];
  for (const road of roads) {
    for (let corner = 1; corner < road.length; corner++) {
      const ends = [road[corner - 1].slice(0, 2).join(), road[corner].slice(0, 2).join()];
      const key = ends.sort().join(' ');
      if (ends[0] === ends[1] || seen.has(key)) continue;
      seen.add(key);
      const [ax, ay] = transverseMercator(road[corner - 1][0], road[corner - 1][1], meridian);
      const [bx, by] = transverseMercator(road[corner][0], road[corner][1], meridian);
      const [dx, dy] = [bx - ax, by - ay];
      const events: LineEvents = { at: [], change: [] };
      for (const reach of near(ax, ay, bx, by)) {
        spans.length = 0;
        appendSpans(reach, ax, ay, dx, dy, spans);
        const kind = reach.isCamera ? 1 : 2;
        spans.forEach((at, end) => pushEvent(events, at, end % 2 === 0 ? kind : -kind));
      }
      if (edges !== null) pushInside(edges, ax, ay, dx, dy, events);
      addStretches(events, edges === null, Math.hypot(dx, dy), sum);
    }
  }
  return sum;
}

function pushEvent(events: LineEvents, at: number, change: number): void {
  events.at.push(at);
  events.change.push(change);
}

/**
 * The stretches of the line that lie inside the area. It is cut where it crosses the border, and the middle of each piece
 * decides: a road cut to the commune begins on its border, where a single test of its start could go either way.
 */
function pushInside(edges: Float64Array, ax: number, ay: number, dx: number, dy: number, events: LineEvents): void {
  const cuts = [0];
  for (let edge = 0; edge < edges.length; edge += 4) {
    const px = edges[edge] - ax;
    const py = edges[edge + 1] - ay;
    const qx = edges[edge + 2] - ax;
    const qy = edges[edge + 3] - ay;
    const sideP = dx * py - dy * px;
    const sideQ = dx * qy - dy * qx;
    if (sideP > 0 === sideQ > 0) continue;
    const share = sideP / (sideP - sideQ);
    const at = Math.abs(dx) > Math.abs(dy) ? (px + share * (qx - px)) / dx : (py + share * (qy - py)) / dy;
    if (at > 0 && at < 1) cuts.push(at);
  }
  cuts.push(1);
  cuts.sort((a, b) => a - b);
  for (let cut = 1; cut < cuts.length; cut++) {
    const middle = (cuts[cut - 1] + cuts[cut]) / 2;
    if (!isInside(edges, ax + middle * dx, ay + middle * dy)) continue;
    pushEvent(events, cuts[cut - 1], 3);
    pushEvent(events, cuts[cut], -3);
  }
}

/** Does an eastward ray cross an odd number of edges? */
function isInside(edges: Float64Array, x: number, y: number): boolean {
  let isOdd = false;
  for (let edge = 0; edge < edges.length; edge += 4) {
    const py = edges[edge + 1];
    const qy = edges[edge + 3];
    if (py > y === qy > y) continue;
    if (edges[edge] + ((y - py) / (qy - py)) * (edges[edge + 2] - edges[edge]) > x) isOdd = !isOdd;
  }
  return isOdd;
}

const SQUARE_M = 250;

/** A finder of the reaches whose square a line may touch, each once. Roads are long and reaches short. */
function squaresOf(reaches: readonly Reach[]): (ax: number, ay: number, bx: number, by: number) => Reach[] {
  const squares = new Map<string, number[]>();
  const eachSquare = (west: number, south: number, east: number, north: number, visit: (key: string) => void) => {
    for (let column = Math.floor(west / SQUARE_M); column <= Math.floor(east / SQUARE_M); column++) {
      for (let row = Math.floor(south / SQUARE_M); row <= Math.floor(north / SQUARE_M); row++)
        visit(`${column} ${row}`);
    }
  };
  reaches.forEach(({ x, y, radius }, at) => {
    eachSquare(x - radius, y - radius, x + radius, y + radius, (key) => {
      const square = squares.get(key);
      if (square === undefined) squares.set(key, [at]);
      else square.push(at);
    });
  });
  return (ax, ay, bx, by) => {
    const found = new Set<number>();
    // In pieces, so that a long diagonal does not visit its whole box.
    const pieces = Math.ceil(Math.hypot(bx - ax, by - ay) / SQUARE_M);
    for (let piece = 0; piece < pieces; piece++) {
      const [x0, x1] = [ax + ((bx - ax) * piece) / pieces, ax + ((bx - ax) * (piece + 1)) / pieces];
      const [y0, y1] = [ay + ((by - ay) * piece) / pieces, ay + ((by - ay) * (piece + 1)) / pieces];
      eachSquare(Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1), (key) => {
        for (const at of squares.get(key) ?? []) found.add(at);
      });
    }
    return Array.from(found, (at) => reaches[at]);
  };
}
