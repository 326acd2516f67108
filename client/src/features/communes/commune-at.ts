import type { LngLat, MultiPolygonGeometry } from '@diemnong/contracts';
import type { CommuneFeature } from './use-communes.ts';

type Ring = readonly (readonly number[])[];

/** True when a horizontal ray from the point crosses the ring an odd number of times. */
function isInRing([lng, lat]: LngLat, ring: Ring): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}

/** The commune under a point of the drawn (simplified) map, for pointing at it; counting is the server's. */
export function communeAt(point: LngLat, features: readonly CommuneFeature[]): CommuneFeature | undefined {
  return features.find(({ geometry }) => isInPolygon(point, geometry));
}

/** True inside any of the polygons and in none of its holes (even–odd). */
export function isInPolygon(point: LngLat, { coordinates }: MultiPolygonGeometry): boolean {
  return coordinates.some((rings) => rings.filter((ring) => isInRing(point, ring)).length % 2 === 1);
}
