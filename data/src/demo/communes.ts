/**
 * Two sets of communes on the same cells: about 150 until 30 June 2025 and 60 since. Most old communes lie whole in a
 * new one, some were split, as in the real reform. Codes are re-used: a new commune takes the code of its largest part.
 */
import { cellGraph, type Landscape } from './landscape.ts';
import { ACCENT_TWINS, createNames, type NameSource } from './place-names.ts';
import { distance, type Point } from './plane.ts';
import { at, createNoise, createRandom, type Random } from './random.ts';
import { cheapestFrom, type Graph, partition } from './regions.ts';

export type CommuneKind = 'phuong' | 'xa' | 'thi_tran';

/** What a commune is like; decides how many incidents of which category it sees. */
export type Character = 'centre' | 'town' | 'industry' | 'coast' | 'island' | 'country';

export type Commune = {
  code: string;
  name: string;
  kind: CommuneKind;
  character: Character;
  cells: number[];
  /** The cell with the People's Committee, the market and the crossing of roads. */
  seat: number;
  population: number;
};

export type CommuneSets = {
  now: Commune[];
  before: Commune[];
  /** Index into `now` / `before` per cell; undefined outside the province. */
  nowOf: (cell: number) => number | undefined;
  beforeOf: (cell: number) => number | undefined;
};

const TOWN_AREA_M2 = 60e6;
const WARDS = 12;
const RURAL_COMMUNES = 48;
const FORMER_WARDS = 26;
const FORMER_RURAL = 124;
/** Official codes end near 32250 (2025): codes from 90001 cannot be taken for those of a real commune. */
const FIRST_CODE = 90001;
const CODE_STEP = 3;

export function createCommunes(landscape: Landscape, seed: number): CommuneSets {
  const { mesh, ground, islandCells, town } = landscape;
  const random = createRandom(seed, 'communes');
  const crossing = (factor: number) => (i: number, j: number) => (landscape.isRiverBorder(i, j) ? factor : 1);
  const mainland = ground.flatMap((kind, i) => (kind === 'inside' && !islandCells.has(i) ? [i] : []));

  // The town: what is nearest to its centre, the far bank counting as twice as far.
  const fromTown = cheapestFrom(cellGraph(mesh, mainland, crossing(2)), [nearestCell(landscape, mainland, town)]);
  let left = TOWN_AREA_M2;
  const townCells: number[] = [];
  for (const i of fromTown.keys()) {
    if (left <= 0) break;
    townCells.push(i);
    left -= at(mesh.cells, i).areaM2;
  }
  const isTown = new Set(townCells);
  const countryCells = mainland.filter((i) => !isTown.has(i));

  const oldTown = partition(cellGraph(mesh, townCells, crossing(4)), FORMER_WARDS, random);
  const oldCountry = partition(cellGraph(mesh, countryCells, crossing(4)), FORMER_RURAL, random);
  const former = new Map<number, number>(oldTown);
  for (const [cell, region] of oldCountry) former.set(cell, FORMER_WARDS + region);

  const mergedTown = mergeRegions(landscape, former, townCells, WARDS, random);
  const mergedCountry = mergeRegions(landscape, former, countryCells, RURAL_COMMUNES, random);
  const current = new Map<number, number>();
  for (const i of townCells) current.set(i, at(mergedTown, former.get(i) ?? -1));
  for (const i of countryCells) current.set(i, WARDS + at(mergedCountry, former.get(i) ?? -1));
  splitSome(landscape, current, isTown, random);

  // Islands belong to the commune on the nearest coast.
  for (const i of islandCells) {
    const coast = nearestCell(landscape, countryCells, islandAnchor(landscape));
    former.set(i, former.get(coast) ?? 0);
    current.set(i, current.get(coast) ?? 0);
  }

  const people = populationOfCells(landscape, isTown, seed);
  const names = createNames(createRandom(seed, 'names'));
  const before = describeFormer(landscape, former, people, names, random);
  const now = describeCurrent(landscape, current, former, before, people, names);
  return { now, before, nowOf: (cell) => current.get(cell), beforeOf: (cell) => former.get(cell) };
}

function nearestCell({ mesh }: Landscape, candidates: readonly number[], p: Point): number {
  return candidates.reduce((a, b) =>
    distance(at(mesh.cells, b).site, p) < distance(at(mesh.cells, a).site, p) ? b : a,
  );
}

function islandAnchor({ mesh, islandCells }: Landscape): Point {
  return at(mesh.cells, at([...islandCells], 0)).site;
}

/** Merge whole regions of cells into fewer: returns the new region per old one (index = old region). */
function mergeRegions(
  landscape: Landscape,
  former: ReadonlyMap<number, number>,
  cells: readonly number[],
  count: number,
  random: Random,
): number[] {
  const { mesh } = landscape;
  const members = groupCells(former, cells);
  const places = new Map([...members].map(([region, list]) => [region, centreOf(landscape, list)]));
  const shared = new Map<number, Map<number, { borders: number; onRiver: number }>>();
  const inScope = new Set(cells);
  for (const i of cells) {
    for (const j of at(mesh.cells, i).neighbours) {
      const a = former.get(i);
      const b = former.get(j);
      if (a === undefined || b === undefined || a === b || !inScope.has(j)) continue;
      const links = shared.get(a) ?? new Map<number, { borders: number; onRiver: number }>();
      const link = links.get(b) ?? { borders: 0, onRiver: 0 };
      link.borders++;
      if (landscape.isRiverBorder(i, j)) link.onRiver++;
      links.set(b, link);
      shared.set(a, links);
    }
  }
  const place = (region: number): Point => places.get(region) ?? [0, 0];
  const graph: Graph = {
    nodes: [...members.keys()],
    place,
    links: (region) =>
      [...(shared.get(region) ?? [])].map(
        ([to, { borders, onRiver }]) =>
          [to, distance(place(region), place(to)) * (1 + (3 * onRiver) / borders)] as const,
      ),
  };
  const merged = partition(graph, count, random);
  return Array.from({ length: Math.max(...members.keys()) + 1 }, (_, region) => merged.get(region) ?? -1);
}

/** Hand single hamlets on the rim to the neighbouring new commune, so that some old communes end up divided. */
function splitSome(
  landscape: Landscape,
  current: Map<number, number>,
  isTown: ReadonlySet<number>,
  random: Random,
): void {
  const { mesh } = landscape;
  const rim = random.shuffled([...current.keys()].filter((i) => !isTown.has(i)));
  let moved = 0;
  for (const i of rim) {
    if (moved === 26) break;
    const own = current.get(i);
    const neighbours = at(mesh.cells, i).neighbours.filter((j) => current.has(j) && !isTown.has(j));
    const other = neighbours.find((j) => current.get(j) !== own && !landscape.isRiverBorder(i, j));
    const theirs = other === undefined ? undefined : current.get(other);
    if (own === undefined || theirs === undefined) continue;
    current.set(i, theirs);
    const rest = [...current].flatMap(([cell, region]) => (region === own ? [cell] : []));
    const reached = cheapestFrom(
      cellGraph(mesh, rest, () => 1),
      [at(rest, 0)],
    );
    if (reached.size === rest.length && rest.length > 6) moved++;
    else current.set(i, own);
  }
}

function groupCells(regionOf: ReadonlyMap<number, number>, cells: Iterable<number>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const cell of cells) {
    const region = regionOf.get(cell);
    if (region === undefined) continue;
    const group = groups.get(region);
    if (group) group.push(cell);
    else groups.set(region, [cell]);
  }
  return groups;
}

function centreOf({ mesh }: Landscape, cells: readonly number[]): Point {
  let x = 0;
  let y = 0;
  let area = 0;
  for (const i of cells) {
    const { site, areaM2 } = at(mesh.cells, i);
    x += site[0] * areaM2;
    y += site[1] * areaM2;
    area += areaM2;
  }
  return [x / area, y / area];
}

/** People per cell: dense in the town, thinning outwards, villages of the delta elsewhere, few on the islands. */
function populationOfCells(
  { mesh, town, islandCells }: Landscape,
  isTown: ReadonlySet<number>,
  seed: number,
): (cell: number) => number {
  const noise = createNoise(seed, 'population', 4000);
  return (i) => {
    const { site, areaM2 } = at(mesh.cells, i);
    const awayKm = distance(site, town) / 1000;
    const perKm2 = islandCells.has(i)
      ? 260
      : isTown.has(i)
        ? 1600 + 7400 * Math.exp(-((awayKm / 2.6) ** 2))
        : 640 + 900 * Math.exp(-awayKm / 6);
    return perKm2 * (areaM2 / 1e6) * (1 + 0.35 * noise(site[0], site[1]));
  };
}

const total = (cells: readonly number[], value: (cell: number) => number) =>
  cells.reduce((sum, cell) => sum + value(cell), 0);

function isCoastal({ mesh, ground, islandCells }: Landscape, cells: readonly number[]): boolean {
  return cells.some((i) => !islandCells.has(i) && at(mesh.cells, i).neighbours.some((j) => ground[j] === 'sea'));
}

function describeFormer(
  landscape: Landscape,
  former: ReadonlyMap<number, number>,
  people: (cell: number) => number,
  names: NameSource,
  random: Random,
): Commune[] {
  const groups = groupCells(former, former.keys());
  const townships = new Set(
    random.shuffled(Array.from({ length: FORMER_RURAL }, (_, i) => FORMER_WARDS + i)).slice(0, 5),
  );
  return Array.from({ length: FORMER_WARDS + FORMER_RURAL }, (_, region): Commune => {
    const cells = groups.get(region) ?? [];
    const isWard = region < FORMER_WARDS;
    const isOnCoast = isCoastal(landscape, cells);
    return {
      code: String(FIRST_CODE + region * CODE_STEP),
      name: isWard ? names.town() : isOnCoast ? names.coast() : names.country(),
      kind: isWard ? 'phuong' : townships.has(region) ? 'thi_tran' : 'xa',
      character: isWard ? 'town' : isOnCoast ? 'coast' : 'country',
      cells,
      seat: seatOf(landscape, cells),
      population: Math.round(total(cells, people) / 10) * 10,
    };
  });
}

function describeCurrent(
  landscape: Landscape,
  current: ReadonlyMap<number, number>,
  former: ReadonlyMap<number, number>,
  before: readonly Commune[],
  people: (cell: number) => number,
  names: NameSource,
): Commune[] {
  const groups = groupCells(current, current.keys());
  const usedCodes = new Set<string>();
  const communes = Array.from({ length: WARDS + RURAL_COMMUNES }, (_, region): Commune => {
    const cells = groups.get(region) ?? [];
    const parts = [...groupCells(former, cells)]
      .map(([part, list]) => ({ commune: at(before, part), people: total(list, people) }))
      .filter(({ commune }) => !usedCodes.has(commune.code))
      .sort((a, b) => b.people - a.people);
    const heir = at(parts, 0).commune;
    usedCodes.add(heir.code);
    const isWard = region < WARDS;
    const isOnCoast = isCoastal(landscape, cells);
    // Every third new commune got a new name; the others carry on the name of their largest part.
    const name = region % 3 === 2 ? (isOnCoast ? names.coast() : names.country()) : heir.name;
    return {
      code: heir.code,
      name,
      kind: isWard ? 'phuong' : 'xa',
      character: characterOf(landscape, cells, isWard, isOnCoast),
      cells,
      seat: seatOf(landscape, cells),
      population: Math.round(total(cells, people) / 10) * 10,
    };
  });
  const country = communes.filter((commune) => commune.character === 'country');
  ACCENT_TWINS.forEach((name, i) => {
    at(country, 3 + 7 * i).name = name;
  });
  // The three rural communes next to the town hold the industrial parks.
  const nearTown = [...country].sort(
    (a, b) =>
      distance(centreOf(landscape, a.cells), landscape.town) - distance(centreOf(landscape, b.cells), landscape.town),
  );
  for (const commune of nearTown.slice(0, 3)) commune.character = 'industry';
  return communes;
}

function characterOf(landscape: Landscape, cells: readonly number[], isWard: boolean, isOnCoast: boolean): Character {
  if (isWard) return distance(centreOf(landscape, cells), landscape.town) < 2300 ? 'centre' : 'town';
  if (cells.some((i) => landscape.islandCells.has(i))) return 'island';
  return isOnCoast ? 'coast' : 'country';
}

/** The cell nearest to the middle of the commune's mainland. */
function seatOf(landscape: Landscape, cells: readonly number[]): number {
  const mainland = cells.filter((i) => !landscape.islandCells.has(i));
  return nearestCell(landscape, mainland, centreOf(landscape, mainland));
}
