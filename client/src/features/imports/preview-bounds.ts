import type { Bbox, LngLat } from '@diemnong/contracts';

/** The box around positions, edges included; undefined for none. Assumes no position beyond the antimeridian. */
export function boundsOf(positions: readonly LngLat[]): Bbox | undefined {
  if (positions.length === 0) return undefined;
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of positions) {
    box[0] = Math.min(box[0], lng);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lng);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Rejected points farther from the province than this many degrees are not looked for: (0, 0) is in the Atlantic. */
const nearDeg = 2;

/**
 * What the preview shows first: the accepted positions; when there are none, the province together with the rejected
 * positions near it, so that one sees how far they lie apart. undefined when there is nothing to show.
 */
export function previewBounds(
  preview: { accepted: readonly LngLat[]; rejected: readonly LngLat[] },
  province: Bbox | null,
): Bbox | undefined {
  if (preview.accepted.length > 0 || province === null) return boundsOf(preview.accepted);
  const [west, south, east, north] = province;
  const isNear = ([lng, lat]: LngLat) =>
    lng > west - nearDeg && lng < east + nearDeg && lat > south - nearDeg && lat < north + nearDeg;
  return boundsOf([[west, south], [east, north], ...preview.rejected.filter(isNear)]);
}

/** A box of some `radiusDeg` degrees around one place, to look at it closely. */
export function around([lng, lat]: LngLat, radiusDeg = 0.02): Bbox {
  return [lng - radiusDeg, lat - radiusDeg, lng + radiusDeg, lat + radiusDeg];
}
