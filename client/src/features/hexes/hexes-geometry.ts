import { cellToBoundary, cellToLatLng } from 'h3-js';

/** Metres per degree of latitude on deck.gl's sphere (circumference 40.03 million metres). */
const metresPerDegree = 40.03e6 / 360;

/** Centres of cells as [lng, lat, 0] one after the other: what a deck.gl position attribute takes. */
export function centresOf(cells: readonly string[]): Float64Array {
  const positions = new Float64Array(cells.length * 3);
  cells.forEach((cell, i) => {
    const [lat, lng] = cellToLatLng(cell);
    positions[i * 3] = lng;
    positions[i * 3 + 1] = lat;
  });
  return positions;
}

/** The six corners of a cell in metres east and north of its centre. */
export function cornersOf(cell: string): [number, number][] {
  const [lat0, lng0] = cellToLatLng(cell);
  const shrink = Math.cos((lat0 * Math.PI) / 180);
  return cellToBoundary(cell).map(([lat, lng]) => [
    (lng - lng0) * metresPerDegree * shrink,
    (lat - lat0) * metresPerDegree,
  ]);
}
