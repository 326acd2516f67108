import type { LngLat, MultiPolygonGeometry } from '@diemnong/contracts';

/** Corners that can still be dragged by hand one by one. */
const mostCorners = 400;

/** The rings of a shape as they can be drawn by hand; null for a shape with holes or too many corners. */
export function ringsOf(geometry: MultiPolygonGeometry | null): LngLat[][] | null {
  if (geometry === null) return null;
  const polygons = geometry.coordinates as LngLat[][][];
  if (polygons.some((rings) => rings.length !== 1)) return null;
  const rings = polygons.flat();
  return rings.reduce((sum, ring) => sum + ring.length, 0) > mostCorners ? null : rings;
}
