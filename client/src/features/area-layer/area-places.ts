import type { Bbox, LngLat } from '@diemnong/contracts';
import type { Camera } from '../../state/view-search.ts';
import { isInPolygon } from '../communes/commune-at.ts';
import { bboxOf } from '../communes/commune-bbox.ts';
import type { AreaShape } from './use-area-shapes.ts';

/** A shape with what is asked of it at every move of the map. */
export type PlacedShape = {
  shape: AreaShape;
  bbox: Bbox;
  /** Northernmost corner: where its sign stands. */
  top: LngLat;
};

export function placedShapes(shapes: readonly AreaShape[]): PlacedShape[] {
  return shapes.map((shape) => {
    const corners = shape.geometry.coordinates.flat(2) as LngLat[];
    const top = corners.reduce((best, corner) => (corner[1] > best[1] ? corner : best), corners[0] ?? [0, 0]);
    return { shape, bbox: bboxOf(shape.geometry), top };
  });
}

/** What a window of that size shows, and half a window more on every side, so that a short move needs no new drawing. */
export function shownBounds({ lng, lat, zoom }: Camera, size: { width: number; height: number }): Bbox {
  const degreesPerPixel = 360 / (512 * 2 ** zoom);
  const halfLng = size.width * degreesPerPixel;
  const halfLat = size.height * degreesPerPixel * Math.cos((lat * Math.PI) / 180);
  return [lng - halfLng, lat - halfLat, lng + halfLng, lat + halfLat];
}

export function meets([west, south, east, north]: Bbox, other: Bbox): boolean {
  return west <= other[2] && east >= other[0] && south <= other[3] && north >= other[1];
}

/** The shape under a point; of several the smallest, which lies on top. */
export function areaAt(point: LngLat, placed: readonly PlacedShape[]): PlacedShape | undefined {
  const size = ({ bbox }: PlacedShape) => (bbox[2] - bbox[0]) * (bbox[3] - bbox[1]);
  return placed
    .filter(({ shape, bbox }) => meets(bbox, [...point, ...point]) && isInPolygon(point, shape.geometry))
    .sort((a, b) => size(a) - size(b))[0];
}

/** Of shapes that are drawn as points, the nearest within some pixels. */
export function pointAt([lng, lat]: LngLat, points: readonly PlacedShape[], zoom: number): PlacedShape | undefined {
  const pixelsPerDegree = (512 * 2 ** zoom) / 360;
  const narrowing = Math.cos((lat * Math.PI) / 180);
  let [nearest, best]: [PlacedShape | undefined, number] = [undefined, reachPixels];
  for (const one of points) {
    const [west, south, east, north] = one.bbox;
    const distance = Math.hypot((west + east) / 2 - lng, ((south + north) / 2 - lat) / narrowing) * pixelsPerDegree;
    if (distance < best) [nearest, best] = [one, distance];
  }
  return nearest;
}
/** A point's radius and a little more, for the hand. */
const reachPixels = 7;
