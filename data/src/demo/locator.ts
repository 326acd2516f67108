/** Which commune holds a point: boxes on a coarse grid first, then the exact test. Enough for the generator's own use. */
import { isInPolygons } from './plane.ts';
import type { MultiPolygonRings } from './regions.ts';

const STEP_DEGREES = 0.02;

/** @returns a function giving the index of the polygon that holds (lng, lat), or −1. */
export function createLocator(polygons: readonly MultiPolygonRings[]): (lng: number, lat: number) => number {
  const buckets = new Map<number, number[]>();
  const keyOf = (ix: number, iy: number) => ix * 65536 + iy;
  polygons.forEach((rings, index) => {
    for (const [outer] of rings) {
      if (!outer) continue;
      const lngs = outer.map((v) => v[0]);
      const lats = outer.map((v) => v[1]);
      for (let ix = Math.floor(Math.min(...lngs) / STEP_DEGREES); ix <= Math.max(...lngs) / STEP_DEGREES; ix++) {
        for (let iy = Math.floor(Math.min(...lats) / STEP_DEGREES); iy <= Math.max(...lats) / STEP_DEGREES; iy++) {
          const bucket = buckets.get(keyOf(ix, iy));
          if (!bucket) buckets.set(keyOf(ix, iy), [index]);
          else if (!bucket.includes(index)) bucket.push(index);
        }
      }
    }
  });
  return (lng, lat) => {
    const bucket = buckets.get(keyOf(Math.floor(lng / STEP_DEGREES), Math.floor(lat / STEP_DEGREES)));
    return bucket?.find((index) => isInPolygons(lng, lat, polygons[index] ?? [])) ?? -1;
  };
}
