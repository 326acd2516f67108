import type { CommuneIndex, CommuneShape } from './commune-index.ts';
import {
  cellAndNeighbours,
  cellAreaKm2,
  cellOf,
  cellsInBbox,
  cellToBigint,
  centreOf,
  cornersOf,
  distanceM,
  type LngLat,
  polygonsOf,
  type Ring,
} from './geo.ts';

export interface CommuneCells {
  readonly code: string;
  /** Cells whose centre lies in the commune, ascending. No cell is owned twice: shared centres go to the lowest code. */
  readonly owned: bigint[];
  /** Cells that reach into the commune while another commune, or none, owns them; ascending. For drawing only. */
  readonly touching: bigint[];
}

/**
 * Owned and touching cells of every commune at one resolution, ordered by code.
 * @param index the index of these very communes.
 * Cells are told apart by their centres exactly as points are; whether a border runs through a hexagon is decided with
 * the hexagon's sides drawn straight in degrees, good to millimetres at res 7 and finer.
 */
export function communeCells(index: CommuneIndex, communes: readonly CommuneShape[], res: number): CommuneCells[] {
  const ordinals = new Map(index.codes.map((code, ordinal) => [code, ordinal]));
  const cornersByCell = new Map<string, LngLat[]>();
  const cells = communes.map((commune) => {
    const ordinal = ordinals.get(commune.code);
    if (ordinal === undefined) throw new Error(`commune ${commune.code} is not in the index`);
    const owned: string[] = [];
    const touching = new Set<string>();
    for (const cell of cellsAroundCommune(commune, res)) {
      const [lng, lat] = centreOf(cell);
      const owner = index.findOrdinal(lng, lat);
      if (owner === ordinal) owned.push(cell);
      // The centre may lie in an overlap that the lower code owns.
      else if (owner >= 0 && owner < ordinal && index.findCovering(lng, lat).includes(ordinal)) touching.add(cell);
    }
    for (const polygon of polygonsOf(commune.geometry)) {
      for (const ring of polygon) addCellsOnRing(ring, res, touching, cornersByCell);
    }
    for (const cell of owned) touching.delete(cell);
    return { code: commune.code, owned: toSortedBigints(owned), touching: toSortedBigints([...touching]) };
  });
  return cells.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Area of cells on the sphere, km². */
export function cellsAreaKm2(cells: readonly bigint[]): number {
  return cells.reduce((sum, cell) => sum + cellAreaKm2(cell.toString(16)), 0);
}

/** Polygon by polygon: the box around a commune with far islands would hold most of the sea between them. */
function cellsAroundCommune({ geometry }: CommuneShape, res: number): Iterable<string> {
  const polygons = polygonsOf(geometry);
  return polygons.length === 1 ? cellsAround(polygons[0][0] ?? [], res) : cellsAroundEach(polygons, res);
}

function cellsAroundEach(polygons: readonly (readonly Ring[])[], res: number): Set<string> {
  const cells = new Set<string>();
  for (const [outline = []] of polygons) for (const cell of cellsAround(outline, res)) cells.add(cell);
  return cells;
}

function cellsAround(outline: Ring, res: number): string[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of outline) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  // A little wider, so that a centre on the box's own border is not left to rounding.
  const pad = 1e-6;
  return west > east ? [] : cellsInBbox([west - pad, south - pad, east + pad, north + pad], res);
}

/** Mean edge of a cell at res 0 in metres; each finer resolution divides it by √7 (h3geo.org/docs/core-library/restable). */
const MEAN_EDGE_M = 1281256;

function addCellsOnRing(ring: Ring, res: number, cells: Set<string>, cornersByCell: Map<string, LngLat[]>): void {
  // Cells that do not touch each other are about an edge apart, and edges vary by a third: from samples this close, the
  // cell of any point between them is that of a sample or its neighbour.
  const stepM = (0.4 * MEAN_EDGE_M) / 7 ** (res / 2);
  let previous = '';
  for (let i = 0; i < ring.length; i++) {
    const [bx, by] = ring[i];
    const cell = cellOf(bx, by, res);
    cells.add(cell);
    // Cells are convex: an edge between two points of one cell stays in it.
    if (i > 0 && cell !== previous) {
      const [ax, ay] = ring[i - 1];
      const pieces = Math.ceil(distanceM(ax, ay, bx, by) / stepM);
      const tried = new Set<string>();
      for (let piece = 0; piece <= pieces; piece++) {
        const t = piece / pieces;
        const sample = cellOf(ax + t * (bx - ax), ay + t * (by - ay), res);
        if (tried.has(sample)) continue;
        for (const candidate of cellAndNeighbours(sample)) {
          if (tried.has(candidate) || cells.has(candidate)) continue;
          let corners = cornersByCell.get(candidate);
          if (corners === undefined) {
            corners = cornersOf(candidate);
            cornersByCell.set(candidate, corners);
          }
          if (crossesOutline(ax, ay, bx, by, corners)) cells.add(candidate);
        }
        tried.add(sample);
      }
    }
    previous = cell;
  }
}

function crossesOutline(ax: number, ay: number, bx: number, by: number, corners: readonly LngLat[]): boolean {
  return corners.some(([px, py], i) => {
    const [qx, qy] = corners[(i + 1) % corners.length];
    const a = (qx - px) * (ay - py) - (qy - py) * (ax - px);
    const b = (qx - px) * (by - py) - (qy - py) * (bx - px);
    const p = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
    const q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax);
    return a * b <= 0 && p * q <= 0;
  });
}

function toSortedBigints(cells: string[]): bigint[] {
  // Of one resolution, so all have the same number of digits and sort as text.
  return cells.sort().map(cellToBigint);
}
