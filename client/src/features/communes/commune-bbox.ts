import type { Bbox, MultiPolygonGeometry } from '@diemnong/contracts';

/** [west, south, east, north] of a commune's shape. */
export function bboxOf({ coordinates }: MultiPolygonGeometry): Bbox {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lng = 0, lat = 0] of coordinates.flat(2)) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}
