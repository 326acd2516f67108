import type { MultiPolygonGeometry } from '@diemnong/contracts';

type Segment = { from: [number, number]; to: [number, number] };

/**
 * Diagonal lines inside a polygon, the sign for "not reported". Lines lng + lat = c·step, so the hatching of neighbours
 * is continuous; each is cut where it crosses a ring (even–odd, so holes stay empty).
 * @param step distance of the lines in degrees along either axis
 */
export function hatchOf(geometry: MultiPolygonGeometry, step: number): Segment[] {
  return geometry.coordinates.flatMap((rings) => {
    const sums = rings.flat().map(([lng = 0, lat = 0]) => lng + lat);
    const first = Math.ceil(Math.min(...sums) / step);
    const last = Math.floor(Math.max(...sums) / step);
    const segments: Segment[] = [];
    for (let line = first; line <= last; line++) {
      const crossings = rings.flatMap((ring) => crossingsOf(ring, line * step)).sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const [x0 = 0, x1 = 0] = [crossings[i], crossings[i + 1]];
        segments.push({ from: [x0, line * step - x0], to: [x1, line * step - x1] });
      }
    }
    return segments;
  });
}

/** Longitudes at which a ring crosses the line lng + lat = sum. */
function crossingsOf(ring: readonly number[][], sum: number): number[] {
  const found: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [x0 = 0, y0 = 0] = ring[i - 1] ?? [];
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const a = x0 + y0 - sum;
    const b = x1 + y1 - sum;
    if (a >= 0 !== b >= 0) found.push(x0 + ((x1 - x0) * a) / (a - b));
  }
  return found;
}
