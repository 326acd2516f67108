import type { WorldBox } from './world-grid.ts';

/**
 * Clip an open ring to a box, side by side (Sutherland & Hodgman 1974, "Reentrant polygon clipping"). Parts that leave and
 * return are joined along the box's edge, which the tile buffer keeps out of sight.
 * @returns an open ring on whole units, maybe empty
 */
export function clipRing(ring: number[], [minX, minY, maxX, maxY]: WorldBox): number[] {
  let clipped = clipRingSide(ring, 0, minX, 1);
  clipped = clipRingSide(clipped, 0, maxX, -1);
  clipped = clipRingSide(clipped, 1, minY, 1);
  return clipRingSide(clipped, 1, maxY, -1);
}

/** Clip a line to a box (Liang & Barsky 1984 per segment). @returns its parts inside, in order, on whole units */
export function clipLine(line: number[], box: WorldBox): number[][] {
  const parts: number[][] = [];
  let part: number[] = [];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const inside = clipSegment(line[i], line[i + 1], line[i + 2], line[i + 3], box);
    if (inside === undefined) continue;
    const [x0, y0, x1, y1] = inside;
    const isContinued = part.length > 0 && part.at(-2) === x0 && part.at(-1) === y0;
    if (!isContinued) {
      part = [x0, y0];
      parts.push(part);
    }
    if (x1 !== x0 || y1 !== y0) part.push(x1, y1);
  }
  return parts.filter(({ length }) => length >= 4);
}

/** Keep the side of the line axis = edge where sign · (coordinate − edge) ≥ 0. */
function clipRingSide(ring: number[], axis: 0 | 1, edge: number, sign: 1 | -1): number[] {
  const kept: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const wasInside = sign * (ring[j + axis] - edge) >= 0;
    const isInside = sign * (ring[i + axis] - edge) >= 0;
    if (wasInside !== isInside) {
      const across = crossing(ring[j + axis], ring[j + 1 - axis], ring[i + axis], ring[i + 1 - axis], edge);
      if (axis === 0) kept.push(edge, across);
      else kept.push(across, edge);
    }
    if (isInside) kept.push(ring[i], ring[i + 1]);
  }
  return kept;
}

/** Where the segment (a0, b0)–(a1, b1) has a = edge. The same whichever end comes first, so that neighbours stay shut. */
function crossing(a0: number, b0: number, a1: number, b1: number, edge: number): number {
  return a0 < a1
    ? Math.round(b0 + ((b1 - b0) * (edge - a0)) / (a1 - a0))
    : Math.round(b1 + ((b0 - b1) * (edge - a1)) / (a0 - a1));
}

function clipSegment(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  [minX, minY, maxX, maxY]: WorldBox,
): [number, number, number, number] | undefined {
  let enter = 0;
  let leave = 1;
  const sides: [step: number, room: number][] = [
    [x0 - x1, x0 - minX],
    [x1 - x0, maxX - x0],
    [y0 - y1, y0 - minY],
    [y1 - y0, maxY - y0],
  ];
  for (const [step, room] of sides) {
    if (step === 0 && room < 0) return undefined;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  if (enter > leave) return undefined;
  return [
    Math.round(x0 + enter * (x1 - x0)),
    Math.round(y0 + enter * (y1 - y0)),
    Math.round(x0 + leave * (x1 - x0)),
    Math.round(y0 + leave * (y1 - y0)),
  ];
}
