import { cellToLocalIj, localIjToCell } from 'h3-js';

/**
 * Cells of one resolution laid on whole-number coordinates, so that sums over many equal shapes need no look-up of names:
 * neighbours differ by (±1, 0), (0, ±1), (1, 1) or (−1, −1).
 * Source: h3geo.org/docs/core-library/coordsystems#ij-coordinates. Not defined across a pentagon: such cells have no position.
 */
export interface CellLattice {
  readonly origin: string;
  readonly firstI: number;
  readonly firstJ: number;
  readonly width: number;
  readonly height: number;
  /** Of every cell ever asked for: its position i · width + j, or −1 outside the box. */
  readonly positions: Map<string, number>;
}

/** Cells from the origin farther than this many steps are left outside: a stray cell must not make the box huge. */
const FARTHEST = 3000;

/** The box around the given cells. The origin is the cell in the middle of the list, so sorted cells are best. */
export function cellLattice(cells: readonly string[]): CellLattice {
  const origin = cells[cells.length >> 1] ?? '';
  const placed = cells.map((cell) => toIj(origin, cell));
  const near = placed.filter((ij) => ij !== null);
  const centre = origin === '' ? null : toIj(origin, origin);
  const within = near.filter(
    (ij) => centre !== null && Math.max(Math.abs(ij.i - centre.i), Math.abs(ij.j - centre.j)) <= FARTHEST,
  );
  let [firstI, lastI, firstJ, lastJ] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { i, j } of within) {
    firstI = Math.min(firstI, i);
    lastI = Math.max(lastI, i);
    firstJ = Math.min(firstJ, j);
    lastJ = Math.max(lastJ, j);
  }
  const isEmpty = within.length === 0;
  const lattice = {
    origin,
    firstI: isEmpty ? 0 : firstI,
    firstJ: isEmpty ? 0 : firstJ,
    width: isEmpty ? 0 : lastJ - firstJ + 1,
    height: isEmpty ? 0 : lastI - firstI + 1,
    positions: new Map<string, number>(),
  };
  cells.forEach((cell, at) => {
    const ij = placed[at];
    lattice.positions.set(
      cell,
      ij === null || ij === undefined ? -1 : positionAt(lattice, ij.i - lattice.firstI, ij.j - lattice.firstJ),
    );
  });
  return lattice;
}

/** i · width + j, or −1 outside the box. */
export function positionOf(lattice: CellLattice, cell: string): number {
  const known = lattice.positions.get(cell);
  if (known !== undefined) return known;
  const ij = toIj(lattice.origin, cell);
  const position = ij === null ? -1 : positionAt(lattice, ij.i - lattice.firstI, ij.j - lattice.firstJ);
  lattice.positions.set(cell, position);
  return position;
}

/** The cell an offset away from a position; null where H3 has none there. */
export function cellAt(lattice: CellLattice, position: number, offset: Offset = [0, 0]): string | null {
  const i = Math.floor(position / lattice.width) + lattice.firstI + offset[0];
  const j = (position % lattice.width) + lattice.firstJ + offset[1];
  try {
    return localIjToCell(lattice.origin, { i, j });
  } catch {
    return null;
  }
}

export type Offset = readonly [i: number, j: number];

/** Steps between two positions. */
export function stepsBetween({ width }: CellLattice, a: number, b: number): number {
  const di = Math.floor(a / width) - Math.floor(b / width);
  const dj = (a % width) - (b % width);
  return ringOf([di, dj]);
}

/** Steps from the centre: which ring the offset lies in. */
export function ringOf([i, j]: Offset): number {
  return Math.max(Math.abs(i), Math.abs(j), Math.abs(i - j));
}

/** The most compact shape of so many cells around a centre: whole rings first, the last one from its nearest cells on. */
export function compactShape(cells: number): Offset[] {
  const radius = Math.ceil((Math.sqrt(12 * cells - 3) - 3) / 6);
  return disk(radius).slice(0, cells);
}

/** What lies within so many steps of a shape, without the shape. */
export function shapeRing(shape: readonly Offset[], steps: number): Offset[] {
  const keyOf = (i: number, j: number) => i * 65_536 + j;
  const seen = new Set(shape.map(([i, j]) => keyOf(i, j)));
  const ring: Offset[] = [];
  let front: readonly Offset[] = shape;
  for (let step = 0; step < steps; step++) {
    const next: Offset[] = [];
    for (const [i, j] of front)
      for (const [di, dj] of NEIGHBOURS) {
        const key = keyOf(i + di, j + dj);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push([i + di, j + dj]);
      }
    ring.push(...next);
    front = next;
  }
  return ring;
}

const NEIGHBOURS: readonly Offset[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
  [1, 1],
  [-1, -1],
];

/** Nearest first: by ring, then by distance over the plane, then by angle, so that the order is one. */
function disk(radius: number): Offset[] {
  const offsets: Offset[] = [];
  for (let i = -radius; i <= radius; i++)
    for (let j = -radius; j <= radius; j++) if (Math.abs(i - j) <= radius) offsets.push([i, j]);
  const distance = ([i, j]: Offset) => i * i + j * j - i * j;
  return offsets.sort(
    (a, b) => ringOf(a) - ringOf(b) || distance(a) - distance(b) || Math.atan2(...a) - Math.atan2(...b),
  );
}

/** Offsets of one i that follow each other in j: `[i, first j, last j]`. */
export type Run = readonly [i: number, from: number, to: number];

export function toRuns(shape: readonly Offset[]): Run[] {
  const runs: [number, number, number][] = [];
  for (const [i, j] of [...shape].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] === i && last[2] === j - 1) last[2] = j;
    else runs.push([i, j, j]);
  }
  return runs;
}

/** Running sums along j, one longer than the row: `[i · (width + 1) + j]` = the sum of what comes before j. */
export function runningRows({ width, height }: CellLattice, values: Int32Array | Uint8Array): Int32Array {
  const sums = new Int32Array((width + 1) * height);
  for (let i = 0; i < height; i++) {
    let sum = 0;
    const row = i * (width + 1);
    for (let j = 0; j < width; j++) {
      sums[row + j] = sum;
      sum += values[i * width + j];
    }
    sums[row + width] = sum;
  }
  return sums;
}

/** Sum over a shape put at a position; nothing lies outside the box. */
export function sumOver(
  { width, height }: CellLattice,
  sums: Int32Array,
  runs: readonly Run[],
  position: number,
): number {
  const centreI = Math.floor(position / width);
  const centreJ = position - centreI * width;
  let sum = 0;
  for (const [di, from, to] of runs) {
    const i = centreI + di;
    if (i < 0 || i >= height) continue;
    const first = Math.max(0, centreJ + from);
    const end = Math.min(width, centreJ + to + 1);
    if (end <= first) continue;
    const row = i * (width + 1);
    sum += sums[row + end] - sums[row + first];
  }
  return sum;
}

function positionAt({ width, height }: { width: number; height: number }, i: number, j: number): number {
  return i < 0 || j < 0 || i >= height || j >= width ? -1 : i * width + j;
}

function toIj(origin: string, cell: string): { i: number; j: number } | null {
  try {
    return cellToLocalIj(origin, cell);
  } catch {
    return null;
  }
}
