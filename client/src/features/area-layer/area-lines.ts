import type { MultiPolygonGeometry } from '@diemnong/contracts';
import type { AreaHatch, AreaOutline } from '../areas/area-status-style.ts';

/** A point in pixels of the web-mercator world at some zoom: x east, y south. */
type Pixel = [number, number];
/** A piece of line as [lng, lat] of its points. */
type Piece = [number, number][];
type Segment = { from: Pixel; to: Pixel };

const tileSize = 512;

/** Pixels of the world at a zoom, and back. */
function projection(zoom: number) {
  const world = tileSize * 2 ** zoom;
  return {
    toPixel: ([lng = 0, lat = 0]: readonly number[]): Pixel => [
      ((lng + 180) / 360) * world,
      (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * world,
    ],
    toLngLat: ([x, y]: Pixel): [number, number] => [
      (x / world) * 360 - 180,
      (Math.atan(Math.exp((0.5 - y / world) * 2 * Math.PI)) * 360) / Math.PI - 90,
    ],
  };
}

/** Pixels drawn and left out in turn. A double line is drawn whole, and parted by another on top. */
const dashes: Record<AreaOutline, readonly [number, number] | null> = {
  dotted: [2, 5],
  dashed: [9, 6],
  solid: null,
  double: null,
};
/** Rings shorter than this are drawn whole: no rhythm would be seen. */
const leastDashed = 40;

/** The outline of a shape as pieces of line whose rhythm is even on screen at that zoom. */
export function outlinePieces(geometry: MultiPolygonGeometry, outline: AreaOutline, zoom: number): Piece[] {
  const rhythm = dashes[outline];
  const rings = geometry.coordinates.flat() as Piece[];
  if (rhythm === null) return rings;
  const { toPixel, toLngLat } = projection(zoom);
  return rings.flatMap((ring) => {
    const pixels = ring.map(toPixel);
    if (lengthOf(pixels) < leastDashed) return [ring];
    return cutByRhythm(pixels, rhythm).map((piece) => piece.map(toLngLat));
  });
}

function lengthOf(line: readonly Pixel[]): number {
  return line.reduce((sum, [x, y], i) => {
    const [x0, y0] = line[i - 1] ?? [x, y];
    return sum + Math.hypot(x - x0, y - y0);
  }, 0);
}

/** A line cut into what is drawn of it: `on` pixels, then `off` pixels left out, and so on from its start. */
export function cutByRhythm(line: readonly Pixel[], [on, off]: readonly [number, number]): Pixel[][] {
  const pieces: Pixel[][] = [];
  let piece: Pixel[] | null = line[0] ? [line[0]] : null;
  let left = on;
  for (let i = 1; i < line.length; i++) {
    let [x0, y0] = line[i - 1] ?? [0, 0];
    const [x1, y1] = line[i] ?? [0, 0];
    let rest = Math.hypot(x1 - x0, y1 - y0);
    while (rest > left) {
      const share = left / rest;
      [x0, y0] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
      rest -= left;
      if (piece) {
        pieces.push([...piece, [x0, y0]]);
        piece = null;
        left = off;
      } else {
        piece = [[x0, y0]];
        left = on;
      }
    }
    left -= rest;
    piece?.push([x1, y1]);
  }
  if (piece && piece.length > 1) pieces.push(piece);
  return pieces;
}

/** Pixels between the lines of a hatching, and height of the bands in which several types take turns. */
const hatchStep = 9;
const bandHeight = 27;
/** A dot is a stroke this long, as wide as it is long. */
export const dotSize = 2.5;

/**
 * Lines inside a shape that tell its types: continuous over neighbours, even on screen at that zoom. Several types take turns in
 * level bands, since lines on lines would look like a third type.
 */
export function hatchPieces(
  geometry: MultiPolygonGeometry,
  hatches: readonly AreaHatch[],
  zoom: number,
): { from: [number, number]; to: [number, number]; isDot: boolean }[] {
  const { toPixel, toLngLat } = projection(zoom);
  return geometry.coordinates.flatMap((polygon) => {
    const rings = polygon.map((ring) => ring.map(toPixel));
    return hatches.flatMap((hatch, turn) => {
      const isDot = hatch === 'dots';
      const segments = isDot ? dotsOf(rings) : anglesOf[hatch].flatMap((angle) => linesAcross(rings, angle, hatchStep));
      const own = hatches.length === 1 ? segments : segments.flatMap((one) => inBands(one, turn, hatches.length));
      return own.map(({ from, to }) => ({ from: toLngLat(from), to: toLngLat(to), isDot }));
    });
  });
}

const anglesOf: Record<Exclude<AreaHatch, 'dots'>, readonly number[]> = {
  diagonal: [-Math.PI / 4],
  horizontal: [0],
  cross: [-Math.PI / 4, Math.PI / 4],
};

function dotsOf(rings: readonly Pixel[][]): Segment[] {
  return linesAcross(rings, 0, hatchStep).flatMap(({ from: [x0, y], to: [x1] }) => {
    const shift = Math.round(y / hatchStep) % 2 === 0 ? 0 : hatchStep / 2;
    const dots: Segment[] = [];
    for (let x = Math.ceil((x0 - shift) / hatchStep) * hatchStep + shift; x + dotSize < x1; x += hatchStep)
      dots.push({ from: [x, y], to: [x + dotSize, y] });
    return dots;
  });
}

/** Parallel lines at an angle, `step` apart, cut where they cross a ring (even–odd, so holes stay empty). */
export function linesAcross(rings: readonly Pixel[][], angle: number, step: number): Segment[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = rings.map((ring) => ring.map(([x, y]): Pixel => [x * cos + y * sin, y * cos - x * sin]));
  const across = turned.flat().map(([, v]) => v);
  const segments: Segment[] = [];
  for (let line = Math.ceil(Math.min(...across) / step); line * step <= Math.max(...across); line++) {
    const v = line * step;
    const crossings: number[] = [];
    for (const ring of turned)
      for (let i = 1; i < ring.length; i++) {
        const [u0, v0] = ring[i - 1] ?? [0, 0];
        const [u1, v1] = ring[i] ?? [0, 0];
        if (v0 >= v !== v1 >= v) crossings.push(u0 + ((u1 - u0) * (v - v0)) / (v1 - v0));
      }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [u0 = 0, u1 = 0] = [crossings[i], crossings[i + 1]];
      segments.push({ from: [u0 * cos - v * sin, u0 * sin + v * cos], to: [u1 * cos - v * sin, u1 * sin + v * cos] });
    }
  }
  return segments;
}

/** The parts of a segment in the bands whose turn it is. */
function inBands({ from, to }: Segment, turn: number, turns: number): Segment[] {
  const [top, bottom] = from[1] <= to[1] ? [from, to] : [to, from];
  const first = Math.floor(top[1] / bandHeight);
  const last = Math.floor(bottom[1] / bandHeight);
  const at = (y: number): Pixel => {
    const share = bottom[1] === top[1] ? 0 : (y - top[1]) / (bottom[1] - top[1]);
    return [top[0] + (bottom[0] - top[0]) * share, y];
  };
  const parts: Segment[] = [];
  for (let band = first; band <= last; band++) {
    if (((band % turns) + turns) % turns !== turn) continue;
    if (first === last) parts.push({ from, to });
    else {
      parts.push({
        from: at(Math.max(top[1], band * bandHeight)),
        to: at(Math.min(bottom[1], (band + 1) * bandHeight)),
      });
    }
  }
  return parts;
}
