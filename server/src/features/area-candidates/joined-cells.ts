import { createHash } from 'node:crypto';
import type { HexGrid } from '@diemnong/analysis';

/** Places (in the grid) of significantly hot cells, in sets that touch each other; each set ascending, the sets by their first. */
export function joinHotCells(
  { start, neighbours }: Pick<HexGrid, 'start' | 'neighbours'>,
  significance: Int8Array,
): number[][] {
  const seen = new Uint8Array(significance.length);
  const sets: number[][] = [];
  for (let first = 0; first < significance.length; first++) {
    if (significance[first] <= 0 || seen[first] === 1) continue;
    const set = [first];
    seen[first] = 1;
    for (let i = 0; i < set.length; i++)
      for (const near of neighbours.subarray(start[set[i]], start[set[i] + 1])) {
        if (seen[near] === 1 || significance[near] <= 0) continue;
        seen[near] = 1;
        set.push(near);
      }
    sets.push(set.sort((a, b) => a - b));
  }
  return sets;
}

/**
 * Sets of more than `most` cells cut down to their cores: the half of the cells with the highest score, in the pieces that it falls
 * into, again until each is small enough. The centre of a town is one hot set, and no area.
 */
export function cutToCores(
  grid: Pick<HexGrid, 'start' | 'neighbours'>,
  sets: readonly number[][],
  { z, most }: { z: Float64Array; most: number },
): number[][] {
  return sets.flatMap((set) => {
    if (set.length <= most) return [set];
    const median = set.map((i) => z[i]).sort((a, b) => a - b)[Math.floor(set.length / 2)];
    const core = new Int8Array(z.length);
    for (const i of set) if (z[i] > median) core[i] = 1;
    const pieces = joinHotCells(grid, core);
    return pieces.length === 0 ? [set] : cutToCores(grid, pieces, { z, most });
  });
}

export type CandidateKey = { type: number; res: number; from: string; to: string };

/** `4.9.2025-01-01.2026-01-01.6f0c…`: type, resolution, period and the cells' hash (SHA-256, 64 bits of it). */
export function toKey({ type, res, from, to }: CandidateKey, cells: readonly string[]): string {
  const hash = createHash('sha256')
    .update([...cells].sort().join(','))
    .digest('hex')
    .slice(0, 16);
  return [type, res, from, to, hash].join('.');
}

const keyForm = /^([1-4])\.([789])\.(\d{4}-\d\d-\d\d)\.(\d{4}-\d\d-\d\d)\.[0-9a-f]{16}$/;

/** What a key was made from, but for the cells; undefined for a text that is none. */
export function fromKey(key: string): CandidateKey | undefined {
  const parts = keyForm.exec(key);
  if (parts === null) return undefined;
  const [, type, res, from, to] = parts;
  return { type: Number(type), res: Number(res), from, to };
}

/** Are at least half of a suggestion's cells among some others? */
export function isMostlyIn(cells: readonly string[], others: ReadonlySet<string>): boolean {
  const shared = cells.reduce((sum, cell) => sum + (others.has(cell) ? 1 : 0), 0);
  return 2 * shared >= cells.length;
}
