/** Grouping cells of the mesh into compact regions, and tracing the border of a region. */
import type { Mesh } from './mesh.ts';
import { distance, isInRing, type LngLat, type Point, ringArea, toLngLat } from './plane.ts';
import { at, type Random } from './random.ts';

/** Graph over whatever is being grouped: cells, or old communes to be merged into new ones. */
export type Graph = {
  nodes: readonly number[];
  place(node: number): Point;
  /** Neighbours with the cost of going there, e.g. the distance, times more across a river. */
  links(node: number): readonly (readonly [to: number, cost: number])[];
};

/** Cheapest way from the sources to every node (Dijkstra with a binary heap). Unreached nodes are absent. */
export function cheapestFrom(
  graph: Graph,
  sources: readonly number[],
  stopAt?: number,
): Map<number, { cost: number; previous: number; source: number }> {
  const done = new Map<number, { cost: number; previous: number; source: number }>();
  const heap: { cost: number; node: number; previous: number; source: number }[] = [];
  const push = (item: (typeof heap)[number]) => {
    heap.push(item);
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (at(heap, parent).cost <= at(heap, child).cost) break;
      swap(heap, parent, child);
      child = parent;
    }
  };
  const pop = () => {
    const top = at(heap, 0);
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      let parent = 0;
      for (;;) {
        let child = 2 * parent + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && at(heap, child + 1).cost < at(heap, child).cost) child++;
        if (at(heap, parent).cost <= at(heap, child).cost) break;
        swap(heap, parent, child);
        parent = child;
      }
    }
    return top;
  };
  for (const node of sources) push({ cost: 0, node, previous: -1, source: node });
  while (heap.length > 0) {
    const { cost, node, previous, source } = pop();
    if (done.has(node)) continue;
    done.set(node, { cost, previous, source });
    if (node === stopAt) break;
    for (const [to, step] of graph.links(node)) {
      if (!done.has(to)) push({ cost: cost + step, node: to, previous: node, source });
    }
  }
  return done;
}

function swap<T>(list: T[], i: number, j: number): void {
  const kept = at(list, i);
  list[i] = at(list, j);
  list[j] = kept;
}

/** Cheapest path between two nodes, both included; [] when there is none. */
export function pathBetween(graph: Graph, from: number, to: number): number[] {
  const reached = cheapestFrom(graph, [from], to);
  if (!reached.has(to)) return [];
  const path = [to];
  for (let node = to; node !== from; ) {
    node = reached.get(node)?.previous ?? from;
    path.push(node);
  }
  return path.reverse();
}

/**
 * Split a connected graph into `count` compact, connected regions: seeds far from each other, every node to its
 * cheapest seed, seeds moved to the middle of their region, and again (Lloyd's relaxation on a graph).
 * @returns region number 0…count−1 per node.
 */
export function partition(graph: Graph, count: number, random: Random): Map<number, number> {
  const seeds = [random.pick(graph.nodes)];
  while (seeds.length < count) {
    const reached = cheapestFrom(graph, seeds);
    let farthest = at(graph.nodes, 0);
    let best = -1;
    for (const node of graph.nodes) {
      const score = (reached.get(node)?.cost ?? 0) * (0.7 + 0.3 * random.next());
      if (score > best) {
        best = score;
        farthest = node;
      }
    }
    seeds.push(farthest);
  }
  for (let round = 0; ; round++) {
    const reached = cheapestFrom(graph, seeds);
    const members = seeds.map((): number[] => []);
    const regionOfSeed = new Map(seeds.map((seed, region) => [seed, region]));
    for (const node of graph.nodes) members[regionOfSeed.get(reached.get(node)?.source ?? -1) ?? 0]?.push(node);
    if (round === 6) return new Map(members.flatMap((nodes, region) => nodes.map((node) => [node, region] as const)));
    members.forEach((nodes, region) => {
      const places = nodes.map((node) => graph.place(node));
      const centre: Point = [mean(places.map((p) => p[0])), mean(places.map((p) => p[1]))];
      seeds[region] = nodes.reduce((a, b) =>
        distance(graph.place(b), centre) < distance(graph.place(a), centre) ? b : a,
      );
    });
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rings of GeoJSON MultiPolygon coordinates: outer ring counter-clockwise first, then its holes clockwise. */
export type MultiPolygonRings = LngLat[][][];

/**
 * The border of each region of cells as MultiPolygon coordinates in degrees. Neighbouring regions get the same
 * vertices, because both take the same border lines and the rounding comes last.
 * @param regionOf region of a cell, or undefined for cells in none.
 */
export function traceRegions(
  mesh: Mesh,
  regionOf: (cell: number) => number | undefined,
): Map<number, MultiPolygonRings> {
  const pieces = new Map<number, Map<number, { line: Point[]; end: number }>>();
  mesh.cells.forEach((cell, i) => {
    const region = regionOf(i);
    if (region === undefined) return;
    cell.neighbours.forEach((j, k) => {
      if (j >= 0 && regionOf(j) === region) return;
      const start = at(cell.corners, k);
      const end = at(cell.corners, (k + 1) % cell.corners.length);
      const starts = pieces.get(region) ?? new Map<number, { line: Point[]; end: number }>();
      // Three cells meet in a corner, so at most one border of a region leaves from it.
      starts.set(start, { line: mesh.border(i, k), end });
      pieces.set(region, starts);
    });
  });
  return new Map([...pieces].map(([region, starts]) => [region, joinRings(starts)]));
}

function joinRings(starts: Map<number, { line: Point[]; end: number }>): MultiPolygonRings {
  const rings: LngLat[][] = [];
  while (starts.size > 0) {
    const first = at([...starts.keys()], 0);
    const ring: LngLat[] = [];
    for (let corner = first; ; ) {
      const piece = starts.get(corner);
      if (!piece) throw new Error(`border is broken at corner ${corner}`);
      starts.delete(corner);
      for (const p of piece.line.slice(0, -1)) {
        const vertex = toLngLat(p);
        const last = ring.at(-1);
        if (!last || last[0] !== vertex[0] || last[1] !== vertex[1]) ring.push(vertex);
      }
      corner = piece.end;
      if (corner === first) break;
    }
    ring.push(at(ring, 0));
    rings.push(ring);
  }
  const outer = rings.filter((ring) => ringArea(ring) > 0).sort((a, b) => ringArea(b) - ringArea(a));
  const polygons = outer.map((ring) => [ring]);
  for (const hole of rings.filter((ring) => ringArea(ring) <= 0)) {
    const [x, y] = at(hole, 0);
    const owner = polygons.find(
      ([ring]) => ring && (isInRing(x, y, ring) || ring.some((v) => v[0] === x && v[1] === y)),
    );
    owner?.push(hole);
  }
  return polygons;
}
