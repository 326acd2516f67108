/** The land before people drew borders on it: coast, islands, rivers, the spot where the town grew. */
import { type Box, buildMesh, type Mesh, scatterSites } from './mesh.ts';
import { distance, type Point, resample, segmentDistance, smooth } from './plane.ts';
import { at, createNoise, createRandom } from './random.ts';
import { cheapestFrom, type Graph, pathBetween } from './regions.ts';

/** inside = the province; surroundings = land of its (equally invented) neighbours. */
type Ground = 'inside' | 'surroundings' | 'sea';

export type River = { name: string; line: Point[]; widthM: number[] };

export type Landscape = {
  mesh: Mesh;
  ground: Ground[];
  town: Point;
  rivers: River[];
  /** Cells of the islands, in the province but beyond the sea. */
  islandCells: ReadonlySet<number>;
  /** True when the border between two cells runs along a river. */
  isRiverBorder(i: number, j: number): boolean;
  /** True on a river, with a margin in metres on the bank. */
  isOnRiver(p: Point, marginM: number): boolean;
};

const KM = 1000;
const BOX: Box = { west: -34 * KM, south: -26 * KM, east: 100 * KM, north: 84 * KM };
const CENTRE: Point = [26 * KM, 30 * KM];
const TOWN: Point = [28.5 * KM, 30 * KM];
const ISLANDS: readonly { place: Point; radiusM: number }[] = [
  { place: [57.5 * KM, 24 * KM], radiusM: 2100 },
  { place: [54.5 * KM, 17.5 * KM], radiusM: 1300 },
];

/** Draw the land. Everything follows from the seed. */
export function createLandscape(seed: number): Landscape {
  const sites = scatterSites(BOX, spacingM, seed);
  const mesh = buildMesh(sites, BOX, 0.62, 150, seed);
  const ground = classifyGround(mesh, seed);
  const islandCells = new Set(
    mesh.cells.flatMap((cell, i) =>
      ISLANDS.some((island) => distance(cell.site, island.place) < island.radiusM) ? [i] : [],
    ),
  );
  for (const i of islandCells) ground[i] = 'inside';
  const { rivers, borders } = drawRivers(mesh, ground, islandCells, seed);
  return {
    mesh,
    ground,
    town: TOWN,
    rivers,
    islandCells,
    isRiverBorder: (i, j) => borders.has(i < j ? `${i},${j}` : `${j},${i}`),
    isOnRiver: riverTest(rivers),
  };
}

/** Small cells in the town, hamlet-sized ones in the country, coarse ones where the map only needs a backdrop. */
function spacingM(x: number, y: number): number {
  const fromTown = distance([x, y], TOWN);
  const fromCentre = distance([x, y], CENTRE);
  if (ISLANDS.some((island) => distance([x, y], island.place) < 4 * KM)) return 700;
  const country = fromCentre < 34 * KM ? 1150 : Math.min(4000, 1150 + (fromCentre - 34 * KM) * 0.35);
  return Math.min(country, 560 + Math.max(0, fromTown - 3.5 * KM) * 0.12);
}

function classifyGround(mesh: Mesh, seed: number): Ground[] {
  const coastWide = createNoise(seed, 'coast wide', 17 * KM);
  const coastFine = createNoise(seed, 'coast fine', 5 * KM);
  const edgeWide = createNoise(seed, 'edge wide', 14 * KM);
  const edgeFine = createNoise(seed, 'edge fine', 5 * KM);
  const ground = mesh.cells.map(({ site: [x, y] }): Ground => {
    // The coast runs from south-west to north-east, the sea to its south-east.
    const seaward = 0.82 * x - 0.57 * y - 17.5 * KM + 6 * KM * coastWide(x, y) + 2.2 * KM * coastFine(x, y);
    if (seaward > 0) return 'sea';
    const angleStretch = 1 + 0.26 * edgeWide(x, y) + 0.06 * edgeFine(x, y);
    const away = Math.hypot((x - CENTRE[0]) / 1.12, y - CENTRE[1]);
    return away * angleStretch < 22.6 * KM ? 'inside' : 'surroundings';
  });
  // One province, one sea: specks cut off from the main part become what surrounds them.
  absorbSpecks(mesh, ground, 'sea', 'surroundings');
  absorbSpecks(mesh, ground, 'inside', 'surroundings');
  absorbSpecks(mesh, ground, 'surroundings', 'inside');
  return ground;
}

function absorbSpecks(mesh: Mesh, ground: Ground[], kind: Ground, instead: Ground): void {
  const nodes = ground.flatMap((value, i) => (value === kind ? [i] : []));
  const graph = cellGraph(mesh, nodes, () => 1);
  const left = new Set(nodes);
  const parts: number[][] = [];
  while (left.size > 0) {
    const part = [...cheapestFrom(graph, [at([...left], 0)]).keys()];
    for (const i of part) left.delete(i);
    parts.push(part);
  }
  parts.sort((a, b) => b.length - a.length);
  for (const part of parts.slice(1)) {
    const touches = part.some((i) => at(mesh.cells, i).neighbours.some((j) => j >= 0 && ground[j] === instead));
    const isBackdrop = part.some((i) => at(mesh.cells, i).neighbours.some((j) => j < 0));
    if (touches && !isBackdrop) for (const i of part) ground[i] = instead;
  }
}

/** Cells as a graph; cost per step is the distance times `factor`; Infinity closes a border. */
export function cellGraph(mesh: Mesh, nodes: readonly number[], factor: (from: number, to: number) => number): Graph {
  const members = new Set(nodes);
  return {
    nodes,
    place: (i) => at(mesh.cells, i).site,
    links: (i) => {
      const here = at(mesh.cells, i);
      return here.neighbours
        .filter((j) => members.has(j))
        .map((j) => [j, distance(here.site, at(mesh.cells, j).site) * factor(i, j)] as const)
        .filter(([, cost]) => cost < Number.POSITIVE_INFINITY);
    },
  };
}

type RiverPlan = { name: string; from: Point; via: readonly Point[]; to: Point; widthM: readonly [number, number] };

const RIVER_PLANS: readonly RiverPlan[] = [
  {
    name: 'Sông Thanh Giang',
    from: [-33 * KM, 52 * KM],
    via: [
      [8 * KM, 36 * KM],
      [25.5 * KM, 31.5 * KM],
    ],
    to: [45 * KM, 27 * KM],
    widthM: [210, 420],
  },
  { name: 'Sông Cẩm', from: [22 * KM, 83 * KM], via: [[26 * KM, 46 * KM]], to: [54 * KM, 44 * KM], widthM: [130, 260] },
  {
    name: 'Sông Nhuệ Bình',
    from: [20 * KM, 27.9 * KM],
    via: [[19 * KM, 17 * KM]],
    to: [24 * KM, 2 * KM],
    widthM: [90, 190],
  },
];

/** Rivers run along the corners of the mesh, so that borders may follow them, as real ones do. */
function drawRivers(mesh: Mesh, ground: readonly Ground[], islandCells: ReadonlySet<number>, seed: number) {
  const links = new Map<number, Map<number, { cost: number; i: number; k: number }>>();
  const landCorners = new Set<number>();
  const mouths = new Set<number>();
  const noise = createNoise(seed, 'rivers', 3 * KM);
  mesh.cells.forEach((cell, i) => {
    cell.neighbours.forEach((j, k) => {
      if (j < 0) return;
      const from = at(cell.corners, k);
      const to = at(cell.corners, (k + 1) % cell.corners.length);
      const isShore = ground[i] === 'sea' || ground[j] === 'sea';
      if (isShore) {
        if (ground[i] !== ground[j] && !islandCells.has(i) && !islandCells.has(j)) mouths.add(from).add(to);
        return;
      }
      const p = at(mesh.corners, from);
      const cost = distance(p, at(mesh.corners, to)) * (1.6 + 1.1 * noise(p[0], p[1]));
      const here = links.get(from) ?? new Map<number, { cost: number; i: number; k: number }>();
      here.set(to, { cost, i, k });
      links.set(from, here);
      landCorners.add(from);
    });
  });
  const graph: Graph = {
    nodes: [...landCorners],
    place: (corner) => at(mesh.corners, corner),
    // A river ends in the sea: no way on from a mouth.
    links: (corner) =>
      mouths.has(corner) ? [] : [...(links.get(corner) ?? [])].map(([to, { cost }]) => [to, cost] as const),
  };
  const nearest = (candidates: Iterable<number>, p: Point) =>
    [...candidates].reduce((a, b) => (distance(at(mesh.corners, b), p) < distance(at(mesh.corners, a), p) ? b : a));
  const inland = [...landCorners].filter((corner) => !mouths.has(corner));
  const reachableMouths = [...mouths].filter((corner) => landCorners.has(corner));

  const borders = new Set<string>();
  const random = createRandom(seed, 'river sea ends');
  const rivers = RIVER_PLANS.map((plan): River => {
    const stops = [
      nearest(inland, plan.from),
      ...plan.via.map((p) => nearest(inland, p)),
      nearest(reachableMouths, plan.to),
    ];
    const walk = [at(stops, 0)];
    for (let s = 1; s < stops.length; s++) walk.push(...pathBetween(graph, at(stops, s - 1), at(stops, s)).slice(1));
    const corners = withoutLoops(walk);
    const line: Point[] = [];
    for (let c = 1; c < corners.length; c++) {
      const link = links.get(at(corners, c - 1))?.get(at(corners, c));
      if (!link) continue;
      const j = at(at(mesh.cells, link.i).neighbours, link.k);
      borders.add(link.i < j ? `${link.i},${j}` : `${j},${link.i}`);
      line.push(...mesh.border(link.i, link.k).slice(0, -1));
    }
    line.push(at(mesh.corners, at(corners, corners.length - 1)));
    return toRiver(plan, line, random.between(500, 900));
  });
  return { rivers, borders };
}

/** Water does not turn back: drop whatever lies between two visits to the same corner. */
function withoutLoops(walk: readonly number[]): number[] {
  const kept: number[] = [];
  for (const corner of walk) {
    const seen = kept.indexOf(corner);
    if (seen >= 0) kept.length = seen;
    kept.push(corner);
  }
  return kept;
}

/** Calm the rough border line into a river and run it out into the sea. */
function toRiver({ name, widthM }: RiverPlan, rough: readonly Point[], intoSeaM: number): River {
  const course = smooth(resample(rough, 220), 10);
  const last = at(course, course.length - 1);
  const before = at(course, Math.max(0, course.length - 6));
  const length = distance(before, last) || 1;
  const reach: Point = [
    last[0] + ((last[0] - before[0]) / length) * intoSeaM,
    last[1] + ((last[1] - before[1]) / length) * intoSeaM,
  ];
  const line = [...course, reach];
  return { name, line, widthM: line.map((_, i) => widthM[0] + (widthM[1] - widthM[0]) * (i / line.length) ** 2) };
}

function riverTest(rivers: readonly River[]): (p: Point, marginM: number) => boolean {
  const bucketM = 1000;
  const buckets = new Map<number, { a: Point; b: Point; halfM: number }[]>();
  const keyOf = (ix: number, iy: number) => (ix + 1000) * 4096 + iy + 1000;
  for (const { line, widthM } of rivers) {
    for (let i = 1; i < line.length; i++) {
      const segment = { a: at(line, i - 1), b: at(line, i), halfM: at(widthM, i) / 2 };
      const ix = Math.floor(segment.a[0] / bucketM);
      const iy = Math.floor(segment.a[1] / bucketM);
      // A segment (220 m) and its width reach no farther than the buckets around its start.
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          const bucket = buckets.get(keyOf(ix + dx, iy + dy));
          if (bucket) bucket.push(segment);
          else buckets.set(keyOf(ix + dx, iy + dy), [segment]);
        }
      }
    }
  }
  return (p, marginM) => {
    const near = buckets.get(keyOf(Math.floor(p[0] / bucketM), Math.floor(p[1] / bucketM)));
    return near?.some(({ a, b, halfM }) => segmentDistance(p, a, b) < halfM + marginM) ?? false;
  };
}

/** Outline of a river: its banks to the left and right of the course, closed. */
export function riverOutline({ line, widthM }: River): Point[] {
  const bank = (side: 1 | -1) =>
    line.map((p, i): Point => {
      const a = at(line, Math.max(0, i - 1));
      const b = at(line, Math.min(line.length - 1, i + 1));
      const length = distance(a, b) || 1;
      const half = (side * at(widthM, i)) / 2;
      return [p[0] - ((b[1] - a[1]) / length) * half, p[1] + ((b[0] - a[0]) / length) * half];
    });
  const ring = [...bank(-1), ...bank(1).reverse()];
  return [...ring, at(ring, 0)];
}
