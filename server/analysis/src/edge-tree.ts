import { distanceM } from './geo.ts';

/** Edges in runs that belong to one owner each (a commune): x1, y1, x2, y2 of every edge, owner after owner. */
export interface OwnedEdges {
  readonly coordinates: Float64Array;
  /** First edge of each owner, and one more entry for the end. */
  readonly ownerStart: Int32Array;
}

export interface EdgeTree {
  /** Owner of the nearest edge, the lowest among equals, and the metres to it. */
  nearest(lng: number, lat: number): { ordinal: number; distanceM: number };
}

const EDGES_PER_LEAF = 8;
const CHILDREN_PER_NODE = 8;

/**
 * A static tree of boxes over edges, to find the one nearest to a point. Leaves are short runs of one ring, ordered
 * along a Z curve and packed bottom up, eight to a node.
 * Nearest is meant in the plane that is true to scale at the point's own latitude; the distance told is that over the
 * sphere to the foot point. There must be at least one edge.
 * Method: packed R-tree, Kamel & Faloutsos 1993; Z order, G. M. Morton 1966.
 */
export function buildEdgeTree({ coordinates, ownerStart }: OwnedEdges): EdgeTree {
  const { first, last, owner } = cutIntoLeaves(coordinates, ownerStart);
  const leafCount = first.length;
  const edges = withOneDirection(coordinates);

  const levelStart = [0];
  for (let size = leafCount; ; size = Math.ceil(size / CHILDREN_PER_NODE)) {
    levelStart.push(levelStart[levelStart.length - 1] + size);
    if (size === 1) break;
  }
  const nodeCount = levelStart[levelStart.length - 1];
  const boxes = new Float64Array(4 * nodeCount);
  const childStart = new Int32Array(nodeCount);
  const childEnd = new Int32Array(nodeCount);
  for (let leaf = 0; leaf < leafCount; leaf++) {
    setBox(leaf, coordinates, 2 * first[leaf], 2 * last[leaf]);
  }
  for (let level = 1; level < levelStart.length - 1; level++) {
    for (let node = levelStart[level]; node < levelStart[level + 1]; node++) {
      childStart[node] = levelStart[level - 1] + (node - levelStart[level]) * CHILDREN_PER_NODE;
      childEnd[node] = Math.min(childStart[node] + CHILDREN_PER_NODE, levelStart[level]);
      setBox(node, boxes, 2 * childStart[node], 2 * childEnd[node]);
    }
  }

  const stack = new Int32Array(CHILDREN_PER_NODE * levelStart.length);
  const stackDistance = new Float64Array(stack.length);

  /** Box of the positions numbered from `from` until `to` in a list of x, y. */
  function setBox(node: number, positions: Float64Array, from: number, to: number) {
    let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      x0 = Math.min(x0, positions[2 * i]);
      y0 = Math.min(y0, positions[2 * i + 1]);
      x1 = Math.max(x1, positions[2 * i]);
      y1 = Math.max(y1, positions[2 * i + 1]);
    }
    boxes.set([x0, y0, x1, y1], 4 * node);
  }

  function nearest(lng: number, lat: number) {
    const scale = Math.cos((lat * Math.PI) / 180);
    let best = Infinity;
    let bestOwner = -1;
    let footX = 0;
    let footY = 0;
    let depth = 1;
    stack[0] = nodeCount - 1;
    stackDistance[0] = 0;
    while (depth > 0) {
      depth--;
      // An equally near box may hold the same border under a lower code.
      if (stackDistance[depth] > best) continue;
      const node = stack[depth];
      if (node < leafCount) {
        for (let edge = first[node]; edge < last[node]; edge++) {
          const dx = edges[4 * edge + 2] - edges[4 * edge];
          const dy = edges[4 * edge + 3] - edges[4 * edge + 1];
          const px = lng - edges[4 * edge];
          const py = lat - edges[4 * edge + 1];
          const sx = dx * scale;
          const along = (px * scale * sx + py * dy) / (sx * sx + dy * dy);
          // A vertical edge seen from a pole has no length: NaN, taken as its start.
          const t = along > 0 ? (along < 1 ? along : 1) : 0;
          const ex = (px - t * dx) * scale;
          const ey = py - t * dy;
          const distance = ex * ex + ey * ey;
          if (distance < best || (distance === best && owner[node] < bestOwner)) {
            best = distance;
            bestOwner = owner[node];
            footX = edges[4 * edge] + t * dx;
            footY = edges[4 * edge + 1] + t * dy;
          }
        }
        continue;
      }
      // Push the children, the nearest on top.
      const bottom = depth;
      for (let child = childStart[node]; child < childEnd[node]; child++) {
        const ex = Math.max(boxes[4 * child] - lng, 0, lng - boxes[4 * child + 2]) * scale;
        const ey = Math.max(boxes[4 * child + 1] - lat, 0, lat - boxes[4 * child + 3]);
        const distance = ex * ex + ey * ey;
        if (distance > best) continue;
        let at = depth++;
        for (; at > bottom && stackDistance[at - 1] < distance; at--) {
          stack[at] = stack[at - 1];
          stackDistance[at] = stackDistance[at - 1];
        }
        stack[at] = child;
        stackDistance[at] = distance;
      }
    }
    return { ordinal: bestOwner, distanceM: distanceM(lng, lat, footX, footY) };
  }

  return { nearest };
}

function cutIntoLeaves(coordinates: Float64Array, ownerStart: Int32Array) {
  const leaves: { first: number; last: number; owner: number; key: number }[] = [];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < coordinates.length; i += 2) {
    west = Math.min(west, coordinates[i]);
    east = Math.max(east, coordinates[i]);
    south = Math.min(south, coordinates[i + 1]);
    north = Math.max(north, coordinates[i + 1]);
  }
  for (let owner = 0; owner + 1 < ownerStart.length; owner++) {
    for (let first = ownerStart[owner]; first < ownerStart[owner + 1]; first += EDGES_PER_LEAF) {
      const last = Math.min(first + EDGES_PER_LEAF, ownerStart[owner + 1]);
      const middle = (first + last) >> 1;
      const x = Math.floor((65535 * (coordinates[4 * middle] - west)) / (east - west || 1));
      const y = Math.floor((65535 * (coordinates[4 * middle + 1] - south)) / (north - south || 1));
      leaves.push({ first, last, owner, key: zOrder(x, y) });
    }
  }
  leaves.sort((a, b) => a.key - b.key);
  return {
    first: Int32Array.from(leaves, (leaf) => leaf.first),
    last: Int32Array.from(leaves, (leaf) => leaf.last),
    owner: Int32Array.from(leaves, (leaf) => leaf.owner),
  };
}

/** Interleave two 16-bit numbers. */
function zOrder(x: number, y: number): number {
  return (spread(x) | (spread(y) << 1)) >>> 0;
}

function spread(bits: number): number {
  let v = bits & 0xffff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  return (v | (v << 1)) & 0x55555555;
}

/** Edges turned to run eastward, so that a border shared by two owners gives both the same distance to the last bit. */
function withOneDirection(coordinates: Float64Array): Float64Array {
  const edges = coordinates.slice();
  for (let i = 0; i < edges.length; i += 4) {
    const [ax, ay, bx, by] = edges.subarray(i, i + 4);
    if (ax > bx || (ax === bx && ay > by)) edges.set([bx, by, ax, ay], i);
  }
  return edges;
}
