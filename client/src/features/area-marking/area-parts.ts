import type { LngLat, MultiPolygonGeometry } from '@diemnong/contracts';
import { ringKm2 } from './sphere-area.ts';
import { type Ring, splitRing } from './split-ring.ts';

/** A part is one or more rings; its place is sent as a polygon. */
export type AreaPart = { name: string; rings: Ring[] };

/** Slivers below this are cut off by the line's own width, km². */
const leastKm2 = 1e-5;

/** Pieces of an area's rings after all cuts, largest first. */
export function piecesOf(rings: readonly Ring[], lines: readonly (readonly LngLat[])[]): Ring[] {
  return lines
    .reduce<Ring[]>((pieces, line) => pieces.flatMap((piece) => splitRing(piece, line)), [...rings])
    .filter((piece) => ringKm2(piece) >= leastKm2)
    .sort((a, b) => ringKm2(b) - ringKm2(a));
}

type CommuneShape = { name: string; rings: readonly Ring[]; holds: (point: LngLat) => boolean };

/** An area cut along the borders of the communes it touches: one part for each of them that holds any of it. */
export function partsByCommune(rings: readonly Ring[], communes: readonly CommuneShape[]): AreaPart[] {
  const borders = communes.flatMap((commune) => commune.rings.map((ring) => openOutside(ring, rings)));
  const parts = new Map<string, Ring[]>();
  for (const piece of piecesOf(rings, borders)) {
    const point = pointIn(piece);
    const owner = communes.find(({ holds }) => holds(point));
    if (owner) parts.set(owner.name, [...(parts.get(owner.name) ?? []), piece]);
  }
  return [...parts].map(([name, pieces]) => ({ name, rings: pieces }));
}

/** A border as a line whose ends lie outside the area, so that every passage through it is whole. */
function openOutside(border: Ring, rings: readonly Ring[]): LngLat[] {
  const corners = border.slice(0, -1);
  const start = corners.findIndex((corner) => !rings.some((ring) => isInRing(corner, ring)));
  const turned = start < 0 ? corners : [...corners.slice(start), ...corners.slice(0, start)];
  return [...turned, ...turned.slice(0, 1)];
}

/** A point inside a ring: the middle of its widest stretch on the level halfway up. */
export function pointIn(ring: Ring): LngLat {
  const lats = ring.map(([, lat]) => lat);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2 + 1e-9;
  const crossings: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1] ?? [0, 0];
    const [x1, y1] = ring[i] ?? [0, 0];
    if (y0 > lat !== y1 > lat) crossings.push(x0 + ((x1 - x0) * (lat - y0)) / (y1 - y0));
  }
  crossings.sort((a, b) => a - b);
  let best: [number, number] = [crossings[0] ?? 0, crossings[1] ?? 0];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from = 0, to = 0] = [crossings[i], crossings[i + 1]];
    if (to - from > best[1] - best[0]) best = [from, to];
  }
  return [(best[0] + best[1]) / 2, lat];
}

function isInRing([x, y]: LngLat, ring: Ring): boolean {
  let isIn = false;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1] ?? [0, 0];
    const [x1, y1] = ring[i] ?? [0, 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) isIn = !isIn;
  }
  return isIn;
}

export function toMultiPolygon(rings: readonly Ring[]): MultiPolygonGeometry {
  return { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring.map(([lng, lat]) => [lng, lat])]) };
}
