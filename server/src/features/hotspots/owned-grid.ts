import { cellAreaKm2, type HexGrid, hexGrid } from '@diemnong/analysis';
import { AppError, type H3Res } from '@diemnong/contracts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import { resolutions } from '../../snapshot/snapshot.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { listOwnedCells } from './owned-grid-queries.ts';

/** The grid of a statistic, arrays index-aligned with `grid.cells`, which are sorted. */
export type OwnedGrid = {
  readonly grid: HexGrid;
  /** Code of the commune that owns each cell. */
  readonly communes: readonly string[];
  /** Of each cell, on the sphere of H3. */
  readonly areaKm2: Float64Array;
  readonly indexOf: ReadonlyMap<string, number>;
};

/** About 60 MB: a province at res 10 beside those of other scopes and resolutions. */
const keptCells = 400_000;
const kept = new Map<string, { made: Promise<OwnedGrid>; cells: number }>();

/**
 * Every cell whose centre lies in a commune of the default set that the scope reaches, occupied or not; empty where
 * there is none. Made once for each import, scope and resolution (95,769 cells of res 10: 0.5 s, 0.3 s of it in one go).
 * Errors: `invalid_input` for a resolution that the set was not filled at; `unavailable` while another import takes its place.
 */
export async function readOwnedGrid(source: CountSource, res: H3Res): Promise<OwnedGrid> {
  const { reference } = source;
  const { defaultSet } = reference;
  const communes = communesOf(defaultSet, reference);
  if (defaultSet === undefined || communes.length === 0) return emptyGrid;
  const owners = communes
    .map(({ code }) => ({ code, cells: reference.ownedCells.get(code)?.get(res) ?? 0 }))
    .filter(({ cells }) => cells > 0);
  if (owners.length === 0) refuseResolution(defaultSet, res, reference);
  const importedAt = reference.boundarySets.find(({ id }) => id === defaultSet)?.importedAt;
  const key = [defaultSet, importedAt, res, ...owners.map(({ code, cells }) => `${code}:${cells}`)].join(' ');
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key); // a Map keeps the order of insertion: the newest goes last
    kept.set(key, known);
    return known.made;
  }
  const made = makeGrid(source, { set: defaultSet, res, importedAt, communes: owners.map(({ code }) => code) });
  kept.set(key, { made, cells: owners.reduce((sum, { cells }) => sum + cells, 0) });
  forgetOldest();
  made.catch(() => kept.delete(key));
  return made;
}

async function makeGrid(
  { ask }: CountSource,
  asked: { set: string; res: H3Res; importedAt: string | undefined; communes: string[] },
): Promise<OwnedGrid> {
  const owned = await ask((database) => listOwnedCells(database, asked));
  if (owned.importedAt !== asked.importedAt)
    throw new AppError(
      'unavailable',
      `Ranh giới vừa được thay, hãy thử lại. (Boundary set ${asked.set} is being replaced; ask again.)`,
    );
  const ownerOf = new Map(owned.communes.flatMap(({ code, cells }) => cells.map((cell) => [cell, code] as const)));
  await othersFirst();
  const grid = hexGrid([...ownerOf.keys()].sort());
  await othersFirst();
  return {
    grid,
    communes: grid.cells.map((cell) => ownerOf.get(cell)!),
    areaKm2: Float64Array.from(grid.cells, cellAreaKm2),
    indexOf: new Map(grid.cells.map((cell, i) => [cell, i])),
  };
}

const emptyGrid: OwnedGrid = { grid: hexGrid([]), communes: [], areaKm2: new Float64Array(0), indexOf: new Map() };

function refuseResolution(set: string, res: H3Res, { ownedCells }: Reference): never {
  const filled = resolutions.filter((res) => [...ownedCells.values()].some((byRes) => (byRes.get(res) ?? 0) > 0));
  const known = filled.join(', ') || 'none';
  throw new AppError(
    'invalid_input',
    `Chưa có lưới ô cỡ ${res}; có cỡ: ${known}. (Boundary set ${set} has no owned cells at res ${res} here; it has them at res: ${known}.)`,
    { details: { field: 'res', res, filled } },
  );
}

function forgetOldest(): void {
  let total = [...kept.values()].reduce((sum, { cells }) => sum + cells, 0);
  for (const [key, { cells }] of [...kept].slice(0, -1)) {
    if (total <= keptCells) return;
    total -= cells;
    kept.delete(key);
  }
}

/** Let the event loop answer what waits. */
function othersFirst(): Promise<void> {
  return new Promise((next) => setImmediate(next));
}
