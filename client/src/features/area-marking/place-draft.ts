import type { AreaPlace, LngLat, MultiPolygonGeometry } from '@diemnong/contracts';
import { cellArea, cellToBoundary, cellToCenterChild, cellToChildrenSize, getResolution, polygonToCells } from 'h3-js';
import { ringKm2 } from './sphere-area.ts';

/** `keep`: the place of an area that is edited stays as it is. */
export type PlaceTool = 'keep' | 'draw' | 'commune' | 'cells';
export type CellRes = 7 | 8 | 9 | 10;
/** Sizes that are gathered by hand; cells of 7 come only with a suggestion. */
export const cellResolutions = [8, 9, 10] as const satisfies readonly CellRes[];

/** A place being made. What the other tools hold is kept while one is in use. */
export type PlaceDraft = {
  tool: PlaceTool;
  rings: LngLat[][];
  /** Corners near a commune's border are laid on it by the server. */
  isSnapped: boolean;
  communeCode: string | null;
  res: CellRes;
  cells: string[];
};

export const emptyPlace: PlaceDraft = {
  tool: 'draw',
  rings: [],
  isSnapped: false,
  communeCode: null,
  res: 9,
  cells: [],
};

/** Metres within which a corner is laid on a border when that is asked for. */
export const snapM = 60;
/** Most cells the server takes at once. */
export const mostCells = 5000;
/** Resolution that records are counted by. */
const countingRes = 10;

/** What is sent; undefined while nothing is chosen. */
export function toPlace(draft: PlaceDraft): AreaPlace | undefined {
  if (draft.tool === 'draw') {
    if (draft.rings.length === 0) return undefined;
    const coordinates = draft.rings.map((ring) => [ring.map(([lng, lat]) => [lng, lat])]);
    return { polygon: { type: 'MultiPolygon', coordinates }, snapM: draft.isSnapped ? snapM : 0 };
  }
  if (draft.tool === 'commune') return draft.communeCode === null ? undefined : { communeCode: draft.communeCode };
  if (draft.tool === 'cells') return draft.cells.length === 0 ? undefined : { cells: draft.cells };
  return undefined;
}

/** A place to begin with from cells of one resolution; those of another are left out. */
export function placeOfCells(cells: readonly string[]): PlaceDraft {
  const res = Math.min(10, Math.max(7, getResolution(cells[0] ?? '89000000000ffff'))) as CellRes;
  return { ...emptyPlace, tool: 'cells', res, cells: atRes(cells, res) };
}

/** Cells as those of another size: coarser ones as all they hold, finer ones left out. */
export function atRes(cells: readonly string[], res: CellRes): string[] {
  return [...new Set(cells.flatMap((cell) => descend(cell, res)))];
}

function descend(cell: string, res: number): string[] {
  const own = getResolution(cell);
  if (own === res) return [cell];
  return own < res ? childrenOf(cell, res) : [];
}

function childrenOf(cell: string, res: number): string[] {
  const ring = cellToBoundary(cell).map(([lat, lng]) => [lat, lng]);
  const found = polygonToCells(ring, res);
  return found.length > 0 ? found : [cellToCenterChild(cell, res)];
}

/** Cells typed by hand, separated by blanks, commas or lines: what can be used, and what cannot. */
export function parseCells(text: string, res: CellRes): { cells: string[]; wrong: string[] } {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const isCell = (word: string) => /^8[0-9a-f]{14}$/.test(word) && safeRes(word) === res;
  return { cells: [...new Set(words.filter(isCell))], wrong: words.filter((word) => !isCell(word)) };
}

function safeRes(cell: string): number {
  try {
    return getResolution(cell);
  } catch {
    return -1;
  }
}

export type PlaceNumbers = {
  km2: number /** Cells of res 10 that records are counted by. */;
  cells: ReadonlySet<string>;
};

/** Above this no cells are worked out while the hand still moves. */
const largestKm2 = 1500;

/** About how large a shape is and the cells whose centre lies in it; the server's own numbers stand after saving. */
export function numbersOfShape({ coordinates }: MultiPolygonGeometry): PlaceNumbers {
  const polygons = coordinates as LngLat[][][];
  const km2 = polygons.reduce(
    (sum, [outer = [], ...holes]) => sum + ringKm2(outer) - holes.reduce((inner, hole) => inner + ringKm2(hole), 0),
    0,
  );
  if (km2 > largestKm2) return { km2, cells: new Set() };
  const cells = polygons.flatMap((rings) => polygonToCells(rings as number[][][], countingRes, true));
  return { km2, cells: new Set(cells) };
}

export function numbersOfCells(cells: readonly string[]): PlaceNumbers {
  const km2 = cells.reduce((sum, cell) => sum + cellArea(cell, 'km2'), 0);
  const size = cells.reduce((sum, cell) => sum + cellToChildrenSize(cell, countingRes), 0);
  // Too many to list while the hand moves: the size alone is told.
  if (size > 150_000) return { km2, cells: new Set() };
  return { km2, cells: new Set(cells.flatMap((cell) => descend(cell, countingRes))) };
}
