import { cellArea, cellToBoundary, cellToLatLng, getPentagons, gridDisk, latLngToCell, polygonToCells } from 'h3-js';

/** Longitude then latitude, degrees WGS84. The order of GeoJSON; H3 alone speaks the other way round. */
export type LngLat = readonly [lng: number, lat: number];
/** `[west, south, east, north]` in degrees. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];
/** A closed ring: the first position is repeated at the end (RFC 7946). */
export type Ring = readonly (readonly number[])[];
/** The shell first, then its holes. */
export type PolygonCoordinates = readonly Ring[];
export type MultiPolygonCoordinates = readonly PolygonCoordinates[];

export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: PolygonCoordinates;
}
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: MultiPolygonCoordinates;
}

/** Mean radius of the Earth (IUGG), the sphere of `distanceM`. */
export const EARTH_RADIUS_M = 6371008.8;

/** The polygons of either kind, so that callers need not tell them apart. */
export function polygonsOf(geometry: Polygon | MultiPolygon): MultiPolygonCoordinates {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** The H3 cell (15 hexadecimal digits) that holds a point at this very resolution. Not the parent of a finer cell. */
export function cellOf(lng: number, lat: number, res: number): string {
  return latLngToCell(lat, lng, res);
}

/** Centre of a cell in degrees. */
export function centreOf(cell: string): LngLat {
  const [lat, lng] = cellToLatLng(cell);
  return [lng, lat];
}

/** Corners of a cell, not closed: 6 of a hexagon, 5 of a pentagon, more where it crosses an icosahedron edge. */
export function cornersOf(cell: string): LngLat[] {
  return cellToBoundary(cell, true).slice(0, -1);
}

/** Area of a cell on the sphere of H3, km². */
export function cellAreaKm2(cell: string): number {
  return cellArea(cell, 'km2');
}

/** The cell and its six neighbours. */
export function cellAndNeighbours(cell: string): string[] {
  return gridDisk(cell, 1);
}

/** Every cell of a resolution whose centre lies in the box. The box must not cross the antimeridian. */
export function cellsInBbox([west, south, east, north]: Bbox, res: number): string[] {
  const ring: LngLat[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return polygonToCells([ring] as [number, number][][], res, true);
}

/** Centres of the 12 base pentagons, which are the corners of the icosahedron H3 is drawn on. */
export function icosahedronCorners(): LngLat[] {
  return getPentagons(0).map(centreOf);
}

/** The database form of a cell. The top bit of an H3 index is never set, so it fits a signed 64-bit integer. */
export function cellToBigint(cell: string): bigint {
  return BigInt(`0x${cell}`);
}

export function bigintToCell(cell: bigint): string {
  return cell.toString(16);
}

/** Resolution of a cell, bits 52–55 of the index (h3geo.org/docs/core-library/h3Indexing). */
export function resolutionOf(cell: bigint): number {
  return Number((cell >> 52n) & 15n);
}

/**
 * Ancestor of a cell by bit arithmetic, the same as `h3_parent(cell, res)` in the database: write the coarser
 * resolution and fill the digits below it with 7. Holds for pentagons too, whose children only lack a digit.
 * NOTE: never count points with it. The cell of a point at res 8 differs from the parent of its res-10 cell for about
 * 6.5% of points, since hexagons do not nest exactly.
 * @throws RangeError when `res` is finer than the cell.
 */
export function parentOf(cell: bigint, res: number): bigint {
  const own = resolutionOf(cell);
  if (!Number.isInteger(res) || res < 0 || res > own) {
    throw new RangeError(`no parent at res ${res} of a cell at res ${own}`);
  }
  const unusedDigits = (1n << BigInt(3 * (15 - res))) - 1n;
  return (cell & ~(15n << 52n)) | (BigInt(res) << 52n) | unusedDigits;
}

/**
 * Distance over the sphere in metres (haversine). Within 0.5% of the ellipsoid.
 * Source: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68(2), 1984.
 */
export function distanceM(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const toRadians = Math.PI / 180;
  const sinLat = Math.sin(((lat2 - lat1) / 2) * toRadians);
  const sinLng = Math.sin(((lng2 - lng1) / 2) * toRadians);
  const h = sinLat * sinLat + Math.cos(lat1 * toRadians) * Math.cos(lat2 * toRadians) * sinLng * sinLng;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}
