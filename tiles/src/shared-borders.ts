import { perimeter, signedArea } from './rings.ts';
import { rankVertices } from './vertex-ranks.ts';

/** A line or ring with the rank of each vertex (see vertex-ranks.ts). */
export type RankedPath = { coordinates: Int32Array; ranks: Float32Array };

/** A stretch of border between two points where borders meet, once for all the regions that share it; closed when it meets none. */
type Border = RankedPath;

export type SharedBorders = {
  /** Per region its rings, vertices ranked. */
  rings: RankedPath[][];
  borders: Border[];
  /** Outer rings of the regions of one group taken together, holes filled. Grouped by `groupOf(region)`. */
  dissolve(groupOf: (region: number) => string): Map<string, RankedPath[]>;
};

/**
 * Find the borders that regions share, so that neighbours are simplified alike and no gap opens between them.
 * A vertex where the union of all rings forks is a joint and is never removed before the joints around it coincide; the
 * stretch between two joints is ranked once per ring, always in the same direction, hence with the same result.
 * Only borders with the same vertices (on the grid) are shared; where neighbours disagree, both versions stay.
 * @param regions per region its open rings on the grid, outer ones with positive area (readRings)
 */
export function findSharedBorders(regions: readonly (readonly Int32Array[])[]): SharedBorders {
  const table = tabulate(regions);
  const ranks = new Float32Array(table.next.length);
  const rings: RankedPath[][] = regions.map(() => []);
  const borders = new Map<string, DirectedBorder>();
  for (const { region, start, end } of table.rings) {
    for (const stretch of stretchesOf(table, start, end)) {
      const canonical = inCanonicalDirection(table, stretch);
      rankVertices(table.coordinates, canonical.order, ranks);
      const border = borders.get(canonical.key) ?? drawBorder(table, canonical.order, ranks);
      border.passes.push({ region, isForward: canonical.isForward });
      borders.set(canonical.key, border);
    }
    rings[region]?.push({
      coordinates: table.coordinates.slice(2 * start, 2 * end),
      ranks: ranks.slice(start, end),
    });
  }
  const drawn = [...borders.values()];
  return {
    rings,
    borders: drawn,
    dissolve: (groupOf) => dissolve(drawn, groupOf),
  };
}

type DirectedBorder = Border & { passes: { region: number; isForward: boolean }[] };

/** All rings in one flat array, with what the walk needs to know of each vertex. */
type Table = {
  coordinates: Int32Array;
  next: Int32Array;
  /** The first place in the array where the same vertex stands: its identity. */
  identity: Int32Array;
  /** By identity: 1 where the union of all rings forks. */
  isJoint: Uint8Array;
  rings: { region: number; start: number; end: number }[];
};

function tabulate(regions: readonly (readonly Int32Array[])[]): Table {
  const count = regions.reduce((sum, rings) => sum + rings.reduce((inner, ring) => inner + ring.length / 2, 0), 0);
  const coordinates = new Int32Array(2 * count);
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  const rings: Table['rings'] = [];
  let end = 0;
  regions.forEach((ringsOfRegion, region) => {
    for (const ring of ringsOfRegion) {
      const start = end;
      coordinates.set(ring, 2 * start);
      end = start + ring.length / 2;
      for (let i = start; i < end; i++) {
        next[i] = i + 1 < end ? i + 1 : start;
        previous[i] = i > start ? i - 1 : end - 1;
      }
      rings.push({ region, start, end });
    }
  });

  const identity = identifyVertices(coordinates);
  const isJoint = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const first = identity[i];
    if (first === i) continue;
    const [a, b] = [identity[previous[i]], identity[next[i]]];
    const [c, d] = [identity[previous[first]], identity[next[first]]];
    if (!((a === c && b === d) || (a === d && b === c))) isJoint[first] = 1;
  }
  return { coordinates, next, identity, isJoint, rings };
}

/** For each vertex the first index with the same coordinates. Open addressing in one typed array: no object per vertex. */
function identifyVertices(coordinates: Int32Array): Int32Array {
  const count = coordinates.length / 2;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)))).fill(-1);
  const identity = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const x = coordinates[2 * i];
    const y = coordinates[2 * i + 1];
    // Multiplicative hashing (Knuth, TAOCP 6.4) of both coordinates, high bits folded down.
    let slot = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & (slots.length - 1);
    for (;;) {
      const found = slots[slot];
      if (found === -1) {
        slots[slot] = i;
        identity[i] = i;
        break;
      }
      if (coordinates[2 * found] === x && coordinates[2 * found + 1] === y) {
        identity[i] = found;
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }
  return identity;
}

/** The stretches of one ring from joint to joint, as vertex indices, both ends included; one closed stretch when it has no joint. */
function stretchesOf(table: Table, start: number, end: number): number[][] {
  let first = -1;
  for (let i = start; i < end && first < 0; i++) if (table.isJoint[table.identity[i]]) first = i;
  const isClosed = first < 0;
  if (isClosed) {
    // Two rings of the same vertices must begin at the same one: the lowest.
    first = start;
    for (let i = start + 1; i < end; i++) if (compareVertices(table.coordinates, i, first) < 0) first = i;
  }
  const stretches: number[][] = [];
  let stretch = [first];
  for (let i = table.next[first]; ; i = table.next[i]!) {
    stretch.push(i);
    const isEnd = i === first;
    if (isEnd || (!isClosed && table.isJoint[table.identity[i]])) {
      stretches.push(stretch);
      stretch = [i];
    }
    if (isEnd) return stretches;
  }
}

/** The same stretch read from its lower end, whichever way the ring runs, with a key that is equal for equal stretches. */
function inCanonicalDirection(
  { coordinates, identity }: Table,
  stretch: number[],
): { order: number[]; isForward: boolean; key: string } {
  const last = stretch.length - 1;
  let direction = 0;
  for (let i = 0; i <= last && direction === 0; i++)
    direction = compareVertices(coordinates, stretch[i], stretch[last - i]);
  const isForward = direction <= 0;
  const order = isForward ? stretch : stretch.toReversed();
  // Past its first vertex a stretch cannot fork before its end, so its first edge and its end say which it is.
  return { order, isForward, key: `${identity[order[0]]} ${identity[order[1]]} ${identity[order[last]]} ${last}` };
}

function compareVertices(coordinates: Int32Array, i: number, j: number): number {
  return coordinates[2 * i] - coordinates[2 * j] || coordinates[2 * i + 1] - coordinates[2 * j + 1];
}

function drawBorder(table: Table, order: number[], ranks: Float32Array): DirectedBorder {
  const coordinates = new Int32Array(2 * order.length);
  order.forEach((vertex, i) => {
    coordinates[2 * i] = table.coordinates[2 * vertex]!;
    coordinates[2 * i + 1] = table.coordinates[2 * vertex + 1]!;
  });
  return { coordinates, ranks: Float32Array.from(order, (vertex) => ranks[vertex]), passes: [] };
}

/**
 * Regions of a group as one: a border passed as often one way as the other lies inside and goes; the rest is joined into
 * rings again. Real boundary files disagree by metres here and there, which leaves slivers (gaps, overlaps) between joints:
 * joined rings under 30 m of mean width, and all holes, are left out. An island, closed without a joint, always stays.
 * The threshold is measured (docs/decisions/vector-tiles.md): overlaps in the 2025 files of four provinces are under 10 m
 * wide but for one of 27 m, and the smallest islets are over 60 m.
 */
function dissolve(borders: readonly DirectedBorder[], groupOf: (region: number) => string): Map<string, RankedPath[]> {
  const outlines = new Map<string, RankedPath[]>();
  for (const border of borders) {
    const passesByGroup = new Map<string, number>();
    for (const { region, isForward } of border.passes) {
      const group = groupOf(region);
      passesByGroup.set(group, (passesByGroup.get(group) ?? 0) + (isForward ? 1 : -1));
    }
    for (const [group, passes] of passesByGroup) {
      const outline = outlines.get(group) ?? [];
      // As often as it was passed, where regions overlap: what enters a joint must leave it.
      for (let left = Math.abs(passes); left > 0; left--) outline.push(passes > 0 ? border : reversedPath(border));
      outlines.set(group, outline);
    }
  }
  return new Map(
    [...outlines].map(([group, outline]) => {
      const islands = outline.filter((border) => isClosed(border)).map((border) => joined([border]));
      const others = joinRings(outline.filter((border) => !isClosed(border)));
      return [
        group,
        [...others.filter(isOuterAndThick), ...islands.filter(({ coordinates }) => signedArea(coordinates) > 0)],
      ];
    }),
  );
}

/** 30 m in world units at the equator; up to a tenth less on the ground in Viet Nam. */
const thinnestMeanWidth = 50;

function isOuterAndThick({ coordinates }: RankedPath): boolean {
  return (2 * signedArea(coordinates)) / perimeter(coordinates) > thinnestMeanWidth;
}

function isClosed({ coordinates }: RankedPath): boolean {
  return coordinates[0] === coordinates.at(-2) && coordinates[1] === coordinates.at(-1);
}

function reversedPath({ coordinates, ranks }: RankedPath): RankedPath {
  const result = new Int32Array(coordinates.length);
  for (let i = 0, j = coordinates.length - 2; j >= 0; i += 2, j -= 2) {
    result[i] = coordinates[j]!;
    result[i + 1] = coordinates[j + 1]!;
  }
  return { coordinates: result, ranks: ranks.toReversed() };
}

/** Walk from border to border, each begun where the last one ended, and cut a ring off whenever a vertex comes back. */
function joinRings(borders: readonly RankedPath[]): RankedPath[] {
  const startsAt = new Map<string, RankedPath[]>();
  for (const border of borders) {
    const start = `${border.coordinates[0]} ${border.coordinates[1]}`;
    startsAt.set(start, [...(startsAt.get(start) ?? []), border]);
  }
  const rings: RankedPath[] = [];
  for (const [start, waiting] of startsAt) {
    while (waiting.length > 0) {
      const walk: { start: string; border: RankedPath }[] = [];
      let at = start;
      for (;;) {
        const border = startsAt.get(at)?.pop();
        if (border === undefined) break; // passes in and out of a vertex balance, so a walk ends only where it closed
        walk.push({ start: at, border });
        at = `${border.coordinates.at(-2)} ${border.coordinates.at(-1)}`;
        const back = walk.findIndex((step) => step.start === at);
        if (back >= 0) rings.push(joined(walk.splice(back).map((step) => step.border)));
      }
    }
  }
  return rings;
}

/** Borders end to end as one open ring. */
function joined(borders: readonly RankedPath[]): RankedPath {
  const length = borders.reduce((sum, { ranks }) => sum + ranks.length - 1, 0);
  const coordinates = new Int32Array(2 * length);
  const ranks = new Float32Array(length);
  let at = 0;
  for (const border of borders) {
    coordinates.set(border.coordinates.subarray(0, -2), 2 * at);
    ranks.set(border.ranks.subarray(0, -1), at);
    at += border.ranks.length - 1;
  }
  return { coordinates, ranks };
}
