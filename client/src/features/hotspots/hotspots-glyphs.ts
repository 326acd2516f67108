import type { EmergingGroup } from '@diemnong/contracts';
import type { Side } from './hotspots-scale.ts';

/** A line of points in a cell: x east, y north, 1 = from the centre to the middle of a side. */
export type Stroke = readonly (readonly [number, number])[];

/** Corners of the hexagon itself, point up, in the same measure. */
export const hexagonCorners: Stroke = Array.from({ length: 6 }, (_, corner) => {
  const angle = Math.PI / 6 + (corner * Math.PI) / 3;
  const reach = 2 / Math.sqrt(3);
  return [reach * Math.cos(angle), reach * Math.sin(angle)];
});

/** What is drawn in a cell besides its colour: lines, and edges inside its own edge (their size as a share of it). */
export type Glyph = { lines: readonly Stroke[]; edges: readonly number[] };

/**
 * What tells the groups apart in black and white: mới nổi a plus, kéo dài full, đang giảm an arrow down, thất thường a zigzag,
 * đã qua hollow with an edge.
 */
const groupLines: Record<EmergingGroup, readonly Stroke[]> = {
  emerging: [
    [
      [-0.5, 0],
      [0.5, 0],
    ],
    [
      [0, -0.5],
      [0, 0.5],
    ],
  ],
  lasting: [],
  falling: [
    [
      [0, 0.5],
      [0, -0.5],
    ],
    [
      [-0.36, -0.12],
      [0, -0.5],
      [0.36, -0.12],
    ],
  ],
  unsteady: [
    [
      [-0.55, -0.22],
      [-0.2, 0.28],
      [0.18, -0.28],
      [0.55, 0.22],
    ],
  ],
  past: [],
};

/** Size of the inner edge that cold places carry, and of the edge of what is hollow. */
const coldEdge = 0.72;
const hollowEdge = 0.92;

/** The glyph of a cell: that of its group, when it has one, and the inner edge when it is cold. */
export function glyphOf(side: Side, group: EmergingGroup | null): Glyph {
  return {
    lines: group === null ? [] : groupLines[group],
    edges: [...(isHollow(group) ? [hollowEdge] : []), ...(side === 'cold' ? [coldEdge] : [])],
  };
}

/** A hexagon's corners as a closed stroke of another size. */
export function edgeOf(corners: Stroke, scale: number): Stroke {
  return [...corners, ...corners.slice(0, 1)].map(([x, y]) => [x * scale, y * scale]);
}

/** Only an edge is seen of what is past: its face lets the map through. */
export function isHollow(group: EmergingGroup | null): boolean {
  return group === 'past';
}

/** Distance between opposite sides of a cell, average of its resolution, in metres (h3geo.org, table of cell statistics). */
const cellWidthM: Record<number, number> = { 7: 2435, 8: 920, 9: 348, 10: 131 };

/** Below this width a glyph is a blot. */
const leastPixels = 12;

/** Cells are drawn wide enough on screen for a glyph to be read in them. */
export function hasRoomForGlyphs(res: number, zoom: number, lat: number): boolean {
  const metresPerPixel = (40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
  return (cellWidthM[res] ?? 0) / metresPerPixel >= leastPixels;
}
