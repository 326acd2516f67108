import type { LngLat } from './geo.ts';
import { transverseMercator } from './vn2000.ts';

export interface KernelDensityOptions {
  /** Quartic: radius beyond which a point has no say. Gaussian: standard deviation, nearly three times as smooth. */
  readonly bandwidthM: number;
  readonly kernel?: 'quartic' | 'gaussian';
  /** Index-aligned with the points; 1 each when left out. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Points per km² around each target, smoothed. No correction at the edge of what is known.
 * Distances are plane ones, in a transverse Mercator on the middle meridian of the targets: right to 3e-4 within 150 km of
 * it, which is any province.
 * @returns index-aligned with the targets. @throws RangeError for a bandwidth that is not > 0 or a position that is no number.
 * Source: B. W. Silverman, Density Estimation for Statistics and Data Analysis, 1986, eq. 4.5 (quartic) and § 4.2.
 */
export function kernelDensity(
  points: readonly LngLat[],
  targets: readonly LngLat[],
  { bandwidthM, kernel = 'quartic', weights }: KernelDensityOptions,
): number[] {
  if (points.length === 0 || targets.length === 0) return targets.map(() => 0);
  let [west, east] = [Infinity, -Infinity];
  for (const [lng] of targets) {
    west = Math.min(west, lng);
    east = Math.max(east, lng);
  }
  const meridian = (west + east) / 2;
  const density = planeDensity(toPlane(points, meridian), toPlane(targets, meridian), { bandwidthM, kernel, weights });
  return Array.from(density, (perM2) => perM2 * 1e6);
}

export interface PlanePositions {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Beyond this many standard deviations a Gaussian adds less than the last bit of its own peak. */
const GAUSSIAN_REACH = 9;
/** Squares of the grid, at most, to a side. */
const MOST_SQUARES = 1024;

/** The same on plane metres, per m². Points are put into squares as wide as the kernel reaches, so few pairs are looked at. */
export function planeDensity(
  points: PlanePositions,
  targets: PlanePositions,
  { bandwidthM, kernel = 'quartic', weights }: KernelDensityOptions,
): Float64Array {
  if (!(bandwidthM > 0)) throw new RangeError(`bandwidth ${bandwidthM} m; expected a number > 0`);
  const reach = kernel === 'quartic' ? bandwidthM : GAUSSIAN_REACH * bandwidthM;
  const [x0, x1] = rangeOf(points.x);
  const [y0, y1] = rangeOf(points.y);
  const side = Math.max(reach, (x1 - x0) / MOST_SQUARES, (y1 - y0) / MOST_SQUARES);
  const columns = Math.floor((x1 - x0) / side) + 1;
  const rows = Math.floor((y1 - y0) / side) + 1;
  const count = points.x.length;

  // Points of one square after the other, row by row: three squares side by side are one run.
  const start = new Int32Array(columns * rows + 1);
  const squareOf = (at: number) =>
    Math.floor((points.y[at] - y0) / side) * columns + Math.floor((points.x[at] - x0) / side);
  for (let at = 0; at < count; at++) start[squareOf(at) + 1]++;
  for (let square = 0; square < columns * rows; square++) start[square + 1] += start[square];
  const [x, y, w] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const next = start.slice();
  for (let at = 0; at < count; at++) {
    const place = next[squareOf(at)]++;
    x[place] = points.x[at];
    y[place] = points.y[at];
    w[place] = weights === undefined ? 1 : weights[at];
  }

  const h2 = bandwidthM * bandwidthM;
  const reach2 = reach * reach;
  const peak = kernel === 'quartic' ? 3 / (Math.PI * h2) : 1 / (2 * Math.PI * h2);
  return Float64Array.from(targets.x, (tx, target) => {
    const ty = targets.y[target];
    const column = Math.floor((tx - x0) / side);
    const row = Math.floor((ty - y0) / side);
    const firstColumn = Math.max(0, column - 1);
    const lastColumn = Math.min(columns - 1, column + 1);
    let sum = 0;
    if (firstColumn > lastColumn) return 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
      const end = start[r * columns + lastColumn + 1];
      for (let at = start[r * columns + firstColumn]; at < end; at++) {
        const d2 = (x[at] - tx) ** 2 + (y[at] - ty) ** 2;
        if (d2 >= reach2) continue;
        sum += w[at] * (kernel === 'quartic' ? (1 - d2 / h2) ** 2 : Math.exp(-d2 / (2 * h2)));
      }
    }
    return sum * peak;
  });
}

function toPlane(positions: readonly LngLat[], meridian: number): PlanePositions {
  const x = new Float64Array(positions.length);
  const y = new Float64Array(positions.length);
  positions.forEach(([lng, lat], at) => {
    [x[at], y[at]] = transverseMercator(lng, lat, meridian);
    if (!Number.isFinite(x[at] + y[at])) throw new RangeError(`position ${at} is (${lng}, ${lat})`);
  });
  return { x, y };
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
