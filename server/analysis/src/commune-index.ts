import { buildGrid, type CommuneShape, collectEdges, type GridStatistics, OUTSIDE } from './commune-grid.ts';
import { buildEdgeTree, type EdgeTree } from './edge-tree.ts';
import type { Bbox } from './geo.ts';

export type { CommuneShape, GridStatistics } from './commune-grid.ts';

export interface NearestCommune {
  readonly code: string;
  /** Metres to the nearest point of the boundary; 0 for a point that lies in the commune. */
  readonly distanceM: number;
}

export interface CommuneIndex {
  /** Codes in ascending order; an ordinal is a place in this list. */
  readonly codes: readonly string[];
  /** Box of all communes; undefined when there are none. */
  readonly bbox: Bbox | undefined;
  /** The lowest code among the communes that cover the point, borders included; null outside all of them. */
  find(lng: number, lat: number): string | null;
  /** The same as an ordinal, −1 outside. Allocates nothing. */
  findOrdinal(lng: number, lat: number): number;
  /** Ordinals of many points at once, index-aligned. `out` is filled and returned. */
  findAll<Out extends Int32Array | Int16Array = Int32Array>(lng: Float64Array, lat: Float64Array, out?: Out): Out;
  /** Ordinals of every commune that covers the point, ascending: more than one on a border or in an overlap. */
  findCovering(lng: number, lat: number): number[];
  /** The commune that is nearest to a point; null when there are no communes. The lower code among equals. */
  nearest(lng: number, lat: number): NearestCommune | null;
  gridStatistics(): GridStatistics;
}

/**
 * An index that answers which commune covers a point, the same as PostGIS answers `ST_Intersects(geom, point)`, ties
 * going to the lowest code.
 *
 * A longitude/latitude grid is laid over the communes. A cell without boundary lies wholly inside one commune or
 * outside all, and answers at once. A border cell lists the communes it may belong to, lowest code first, and each is
 * tested by winding number over those of its edges that share the point's grid row.
 *
 * Why the predicate is not a robust one: PostGIS decides the side of an edge by a plain double determinant
 * (`itree_segment_side` in liblwgeom/intervaltree.c, the same formula in the older rtree code), edge by edge in the
 * direction in which the ring is stored. Wherever that determinant is certain, any method agrees; where it is not, within
 * some 1e-15 degrees of a border, only the same arithmetic gives the same answer. The database is the truth, so the
 * index repeats its arithmetic. It follows that the communes must be given with the database's own full-precision
 * coordinates and ring order.
 *
 * Shapes are planar in degrees, as PostGIS `geometry` is. Rings that touch the antimeridian are not joined across it.
 * @throws Error when a code is given twice or a coordinate is not finite.
 * Method: D. Sunday, "Inclusion of a Point in a Polygon", 2001 (winding number; a point on an edge is inside).
 */
export function communeIndex(communes: readonly CommuneShape[]): CommuneIndex {
  const sorted = communes.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const codes = sorted.map(({ code }) => code);
  for (let i = 1; i < codes.length; i++) {
    if (codes[i] === codes[i - 1]) throw new Error(`commune ${codes[i]} is given twice`);
  }
  const edges = collectEdges(sorted);
  const grid = buildGrid(edges);
  // Only rejected points need distances, so the tree is built when the first one is asked.
  let tree: EdgeTree | undefined;

  function findAll<Out extends Int32Array | Int16Array = Int32Array>(
    lng: Float64Array,
    lat: Float64Array,
    out: Out = new Int32Array(lng.length) as Out,
  ): Out {
    for (let i = 0; i < lng.length; i++) out[i] = grid.findOrdinal(lng[i], lat[i]);
    return out;
  }

  return {
    codes,
    bbox: edges.count === 0 ? undefined : edges.bbox,
    find(lng, lat) {
      const ordinal = grid.findOrdinal(lng, lat);
      return ordinal === OUTSIDE ? null : codes[ordinal];
    },
    findOrdinal: grid.findOrdinal,
    findAll,
    findCovering: grid.findCovering,
    nearest(lng, lat) {
      if (edges.count === 0) return null;
      const covering = grid.findOrdinal(lng, lat);
      if (covering !== OUTSIDE) return { code: codes[covering], distanceM: 0 };
      tree ??= buildEdgeTree({ coordinates: edges.coordinates, ownerStart: edges.communeStart });
      const found = tree.nearest(lng, lat);
      return { code: codes[found.ordinal], distanceM: found.distanceM };
    },
    gridStatistics: () => grid.statistics,
  };
}
