import type { LngLat } from '@diemnong/contracts';

/** Radius of the sphere with the earth's surface, metres (WGS84 authalic). */
const radiusM = 6_371_007.2;
const radians = Math.PI / 180;

/**
 * Area inside a ring in km², on the sphere: within half a percent of the spheroid's, which the server measures by.
 * Method: Chamberlain & Duquette, "Some algorithms for polygons on a sphere", JPL 2007.
 */
export function ringKm2(ring: readonly LngLat[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [lng0, lat0] = ring[i - 1] ?? [0, 0];
    const [lng1, lat1] = ring[i] ?? [0, 0];
    sum += (lng1 - lng0) * radians * (2 + Math.sin(lat0 * radians) + Math.sin(lat1 * radians));
  }
  return Math.abs((sum * radiusM * radiusM) / 2) / 1e6;
}
