import { gridDisk, isValidCell } from 'h3-js';
import { cellToBigint, resolutionOf } from './geo.ts';

/** The first ring of every cell, flat: the neighbours of cell i are `neighbours[start[i]] … neighbours[start[i + 1] − 1]`. */
export interface Rings {
  /** One longer than the cells. */
  readonly start: Int32Array;
  /** Indices, without the cell itself. */
  readonly neighbours: Int32Array;
}

/** Cells of a full grid with their first rings inside the grid. */
export interface HexGrid extends Rings {
  readonly cells: readonly string[];
}

/**
 * The first rings of a set of cells, inside the set and in its order. A pentagon has five neighbours, an island none.
 * @param cells of one resolution, each once, in any order; they keep it.
 * @throws RangeError when a cell is no H3 cell, is repeated, or is of another resolution than the first.
 */
export function hexGrid(cells: readonly string[]): HexGrid {
  const indexOf = new Map<string, number>();
  let res: number | undefined;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (!isValidCell(cell)) throw new RangeError(`cell ${i} is ${cell}; expected an H3 cell`);
    const own = resolutionOf(cellToBigint(cell));
    res ??= own;
    if (own !== res) throw new RangeError(`cell ${i} is of res ${own}; expected ${res}, that of the first`);
    if (indexOf.has(cell)) throw new RangeError(`cell ${i} is ${cell} again; expected each cell once`);
    indexOf.set(cell, i);
  }
  const start = new Int32Array(cells.length + 1);
  const neighbours = new Int32Array(6 * cells.length);
  let links = 0;
  for (let i = 0; i < cells.length; i++) {
    for (const near of gridDisk(cells[i], 1)) {
      const j = indexOf.get(near);
      if (j !== undefined && j !== i) neighbours[links++] = j;
    }
    start[i + 1] = links;
  }
  return { cells, start, neighbours: neighbours.slice(0, links) };
}

/** The same of neighbours given cell by cell, of any number and not always mutual. */
export function toRings(neighbours: readonly ArrayLike<number>[]): Rings {
  const start = new Int32Array(neighbours.length + 1);
  for (let i = 0; i < neighbours.length; i++) start[i + 1] = start[i] + neighbours[i].length;
  const flat = new Int32Array(start[neighbours.length]);
  for (let i = 0; i < neighbours.length; i++) flat.set(neighbours[i], start[i]);
  return { start, neighbours: flat };
}
