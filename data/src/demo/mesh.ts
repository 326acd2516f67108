/**
 * A tiling of a rectangle into small cells that know their neighbours. Communes of both boundary sets, sea, rivers
 * and roads are all made from this one mesh, so neighbours share exactly the same border by construction.
 *
 * Cells are the Voronoi cells of scattered sites, each found by cutting the rectangle with the bisectors to its
 * nearest sites. Corners are computed from the unordered triple of sites (or sides) that meet there, hence identical
 * for all three cells. Borders are roughened inside the quadrangle site–corner–site–corner ("noisy edges":
 * Amit Patel, Red Blob Games, 2010); those quadrangles do not overlap, so borders never cross.
 */
import { between, distance, type Point } from './plane.ts';
import { at, createRandom } from './random.ts';

export type Box = { west: number; south: number; east: number; north: number };

type Cell = {
  site: Point;
  /** Neighbour across each border, counter-clockwise; −1…−4 for a side of the rectangle. */
  neighbours: number[];
  /** Corner ids; border k runs from corner k to corner k + 1. */
  corners: number[];
  areaM2: number;
};

export type Mesh = {
  cells: Cell[];
  corners: Point[];
  /** Border of cell `i` towards its k-th neighbour, from corner k to corner k + 1, both included. */
  border(i: number, k: number): Point[];
};

/** Sites no closer than `spacing` at their place (dart throwing: random darts, those too close are dropped). */
export function scatterSites(box: Box, spacing: (x: number, y: number) => number, seed: number): Point[] {
  const random = createRandom(seed, 'sites');
  const bucketM = 4000;
  const buckets = new Map<string, Point[]>();
  const sites: Point[] = [];
  let misses = 0;
  while (misses < 3000) {
    const p: Point = [random.between(box.west, box.east), random.between(box.south, box.north)];
    const gap = spacing(p[0], p[1]);
    const bx = Math.floor(p[0] / bucketM);
    const by = Math.floor(p[1] / bucketM);
    const reach = Math.ceil(gap / bucketM);
    let isFree = true;
    for (let ix = bx - reach; isFree && ix <= bx + reach; ix++) {
      for (let iy = by - reach; isFree && iy <= by + reach; iy++) {
        isFree = !buckets.get(`${ix},${iy}`)?.some((q) => distance(p, q) < gap);
      }
    }
    if (!isFree) {
      misses++;
      continue;
    }
    misses = 0;
    sites.push(p);
    const key = `${bx},${by}`;
    const bucket = buckets.get(key);
    if (bucket) bucket.push(p);
    else buckets.set(key, [p]);
  }
  return sites;
}

const WEST = -1;
const SOUTH = -2;
const EAST = -3;
const NORTH = -4;

/** Line a·x + b·y = c of the bisector between two sites, or of a side of the box. */
function lineBetween(i: number, j: number, sites: readonly Point[], box: Box): [number, number, number] {
  if (j < 0) {
    if (j === WEST) return [1, 0, box.west];
    if (j === EAST) return [1, 0, box.east];
    return [0, 1, j === SOUTH ? box.south : box.north];
  }
  const p = at(sites, i);
  const q = at(sites, j);
  return [q[0] - p[0], q[1] - p[1], (q[0] * q[0] + q[1] * q[1] - p[0] * p[0] - p[1] * p[1]) / 2];
}

/** Where three sites or sides meet; the same numbers whatever the order they are given in. */
function meetingPoint(triple: readonly number[], sites: readonly Point[], box: Box): Point {
  const [first, second, third] = [...triple].sort((a, b) => b - a) as [number, number, number];
  const [a1, b1, c1] = lineBetween(first, second, sites, box);
  const [a2, b2, c2] = lineBetween(first, third, sites, box);
  const determinant = a1 * b2 - a2 * b1;
  return [(c1 * b2 - c2 * b1) / determinant, (a1 * c2 - a2 * c1) / determinant];
}

/** Neighbours of one site in counter-clockwise order, by cutting the box with one bisector after the other. */
function neighboursOf(i: number, sites: readonly Point[], byDistance: readonly number[], box: Box): number[] {
  const site = at(sites, i);
  // Each vertex carries the neighbour behind the border that starts there.
  let shape: { p: Point; to: number }[] = [
    { p: [box.west, box.south], to: SOUTH },
    { p: [box.east, box.south], to: EAST },
    { p: [box.east, box.north], to: NORTH },
    { p: [box.west, box.north], to: WEST },
  ];
  for (const j of byDistance) {
    const farthest = Math.max(...shape.map(({ p }) => distance(site, p)));
    if (distance(site, at(sites, j)) > 2 * farthest) break;
    const [a, b, c] = lineBetween(i, j, sites, box);
    const side = shape.map(({ p }) => a * p[0] + b * p[1] - c);
    if (side.every((value) => value <= 0)) continue;
    const cut: typeof shape = [];
    shape.forEach((vertex, k) => {
      const nextK = (k + 1) % shape.length;
      const here = at(side, k);
      const there = at(side, nextK);
      if (here <= 0) cut.push(vertex);
      if (here <= 0 === there <= 0) return;
      const p = between(vertex.p, at(shape, nextK).p, here / (here - there));
      cut.push(here <= 0 ? { p, to: j } : { p, to: vertex.to });
    });
    shape = cut;
  }
  return shape.map(({ to }) => to);
}

/** Build the mesh. `roughness` (0–1) tells how far a border may stray within its quadrangle. */
export function buildMesh(sites: readonly Point[], box: Box, roughness: number, minStepM: number, seed: number): Mesh {
  const corners: Point[] = [];
  const cornerIds = new Map<string, number>();
  const cornerOf = (triple: readonly number[]): number => {
    const key = [...triple].sort((a, b) => b - a).join(',');
    const known = cornerIds.get(key);
    if (known !== undefined) return known;
    corners.push(meetingPoint(triple, sites, box));
    cornerIds.set(key, corners.length - 1);
    return corners.length - 1;
  };

  const order = nearestFirst(sites);
  const cells = sites.map((site, i): Cell => {
    const neighbours = neighboursOf(i, sites, order(i), box);
    const cellCorners = neighbours.map((to, k) =>
      cornerOf([i, at(neighbours, (k + neighbours.length - 1) % neighbours.length), to]),
    );
    let twiceArea = 0;
    cellCorners.forEach((corner, k) => {
      const p = at(corners, corner);
      const q = at(corners, at(cellCorners, (k + 1) % cellCorners.length));
      twiceArea += p[0] * q[1] - q[0] * p[1];
    });
    return { site, neighbours, corners: cellCorners, areaM2: twiceArea / 2 };
  });

  const known = new Map<string, Point[]>();
  const border = (i: number, k: number): Point[] => {
    const cell = at(cells, i);
    const j = at(cell.neighbours, k);
    const from = at(corners, at(cell.corners, k));
    const to = at(corners, at(cell.corners, (k + 1) % cell.corners.length));
    if (j < 0) return [from, to];
    const isForward = i < j;
    const key = isForward ? `${i},${j}` : `${j},${i}`;
    let line = known.get(key);
    if (!line) {
      const [start, end] = isForward ? [from, to] : [to, from];
      line = roughLine(
        start,
        at(cells, Math.max(i, j)).site,
        end,
        at(cells, Math.min(i, j)).site,
        roughness,
        minStepM,
        seed,
        key,
      );
      known.set(key, line);
    }
    return isForward ? line : [...line].reverse();
  };
  return { cells, corners, border };
}

/** For each site, the others within reach, nearest first. Sorting a bucket neighbourhood keeps the mesh quick. */
function nearestFirst(sites: readonly Point[]): (i: number) => number[] {
  const bucketM = 4500;
  const buckets = new Map<string, number[]>();
  const keyOf = (p: Point, dx = 0, dy = 0) => `${Math.floor(p[0] / bucketM) + dx},${Math.floor(p[1] / bucketM) + dy}`;
  sites.forEach((p, i) => {
    const bucket = buckets.get(keyOf(p));
    if (bucket) bucket.push(i);
    else buckets.set(keyOf(p), [i]);
  });
  return (i) => {
    const p = at(sites, i);
    const near: number[] = [];
    for (let dx = -4; dx <= 4; dx++)
      for (let dy = -4; dy <= 4; dy++) near.push(...(buckets.get(keyOf(p, dx, dy)) ?? []));
    const far = new Map(near.map((j) => [j, distance(p, at(sites, j))]));
    return near.filter((j) => j !== i).sort((a, b) => (far.get(a) ?? 0) - (far.get(b) ?? 0) || a - b);
  };
}

function roughLine(
  a: Point,
  b: Point,
  c: Point,
  d: Point,
  roughness: number,
  minStepM: number,
  seed: number,
  key: string,
): Point[] {
  const random = createRandom(seed, `border ${key}`);
  const left = shoulder(a, c, b, roughness);
  const right = shoulder(a, c, d, roughness);
  const points: Point[] = [a];
  const divide = (p: Point, q: Point, r: Point, s: Point): void => {
    if (distance(p, r) < minStepM) return;
    const along = random.between(0.3, 0.7);
    const across = random.between(0.3, 0.7);
    const e = between(p, s, along);
    const f = between(q, r, along);
    const g = between(p, q, across);
    const h = between(s, r, across);
    const centre = between(e, f, across);
    // The two halves lie in opposite corners of the quadrangle and only touch in the centre.
    divide(p, g, centre, e);
    points.push(centre);
    divide(centre, f, r, h);
  };
  divide(a, left, c, right);
  points.push(c);
  return points;
}

/**
 * The side point of a border's quadrangle: from the middle of the border towards the site, `roughness` of the way
 * (straying less makes rounder communes). It stays beside the border, never beyond its ends: only in a convex
 * quadrangle do the two halves of a division keep apart.
 */
function shoulder(a: Point, c: Point, site: Point, roughness: number): Point {
  const [dx, dy] = [c[0] - a[0], c[1] - a[1]];
  const along = ((site[0] - a[0]) * dx + (site[1] - a[1]) * dy) / (dx * dx + dy * dy) - 0.5;
  return between(between(a, c, 0.5), site, Math.min(roughness, 0.4 / Math.max(1e-9, Math.abs(along))));
}
