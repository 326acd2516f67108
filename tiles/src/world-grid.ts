/**
 * The integer grid every tile is cut from: the web Mercator square (EPSG:3857) divided into the units of the finest tiles.
 * Coordinates are rounded to it once, when rows are read; all that follows is integer work on the same numbers, so the
 * tiles of one data set are the same bytes whichever database engine the rows came from.
 */

/** Tile units across one tile (vector-tile-spec 2.1, "extent"). A 512-pixel tile has 8 of them per pixel. */
export const tileExtent = 4096;
/** Finest zoom that is cut; the map stretches these tiles further. One unit is 0.6 m on the equator. */
export const maxZoom = 14;
/** Units around a tile that are cut along with it, so that strokes and outlines meet across the edge (8 pixels). */
export const tileBuffer = 64;
/** Units across the world: 2^26, so that coordinates fit an int32 and products of two fit a double. */
export const worldUnits = tileExtent * 2 ** maxZoom;

const mercatorLimitDeg = 85.0511287798066;

/** World units, x to the east and y to the south; latitudes beyond the Mercator square stop at its edge. */
export function toWorld(lng: number, lat: number): [x: number, y: number] {
  const sine = Math.sin((Math.max(-mercatorLimitDeg, Math.min(mercatorLimitDeg, lat)) * Math.PI) / 180);
  const x = lng / 360 + 0.5;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [toUnits(x), toUnits(y)];
}

/** Inverse of `toWorld`: degrees WGS84. */
export function toLngLat(x: number, y: number): [lng: number, lat: number] {
  const mercator = Math.PI * (1 - (2 * y) / worldUnits);
  return [(x / worldUnits) * 360 - 180, (Math.atan(Math.sinh(mercator)) * 180) / Math.PI];
}

/** [west, north, east, south] in world units: y grows to the south. */
export type WorldBox = [minX: number, minY: number, maxX: number, maxY: number];

export const emptyBox: WorldBox = [Infinity, Infinity, -Infinity, -Infinity];

function toUnits(share: number): number {
  return Math.max(0, Math.min(worldUnits, Math.round(share * worldUnits)));
}
