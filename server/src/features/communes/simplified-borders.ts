import type { MultiPolygon } from '@diemnong/analysis';
import type { MultiPolygonGeometry } from '@diemnong/contracts';
import type { GeoJsonObject } from 'geojson';
import { feature } from 'topojson-client';
import { topology } from 'topojson-server';
import { planarTriangleArea, presimplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** Positions are rounded to it first (0.1 m), so that borders that differ by noise are one border. */
const DEGREES_STEP = 1e-6;
/**
 * A corner is left out while the triangle it makes with its neighbours is smaller: (0.0005°)² / 2, some 1,500 m², so a
 * border moves by some tens of metres at most (Visvalingam & Whyatt, Cartographic Journal 30(1), 1993).
 */
const SMALLEST_TRIANGLE = 0.0005 ** 2 / 2;
/** A ring with fewer corners does not show what it encloses. */
const FEWEST_CORNERS = 6;

/**
 * Simplify shapes for drawing so that neighbours still meet: a border that two of them share is cut once, as one arc, and
 * junctions stay. Rings keep at least `FEWEST_CORNERS` corners where they have them, so no island disappears.
 * @returns index-aligned with the input.
 * NOTE: in Node, since ST_CoverageSimplify needs PostGIS 3.4 and GEOS 3.12.
 */
export function simplifyBorders(shapes: readonly MultiPolygon[]): MultiPolygonGeometry[] {
  const shared = topology({ shapes: { type: 'GeometryCollection', geometries: shapes.map(rounded) } as GeoJsonObject });
  const weighted = presimplify(shared as Topology<{ shapes: GeometryCollection }>, planarTriangleArea);
  const { shapes: collection } = weighted.objects;
  const weighedArcs = weighted.arcs as unknown as [number, number, number][][];
  const keep = cornersToKeep(weighedArcs, ringsOf(collection));
  const arcs = weighedArcs.map((arc, i) => heaviest(arc, keep[i]));
  const drawn = feature({ ...weighted, arcs }, collection);
  return drawn.features.map(({ geometry }) => geometry as MultiPolygonGeometry);
}

function rounded({ coordinates }: MultiPolygon): MultiPolygonGeometry {
  const round = (degrees: number) => Math.round(degrees / DEGREES_STEP) / (1 / DEGREES_STEP);
  return {
    type: 'MultiPolygon',
    coordinates: coordinates.map((polygon) => polygon.map((ring) => ring.map((position) => position.map(round)))),
  };
}

/** Rings as lists of arcs; an arc that is walked backwards is ~i in TopoJSON. */
function ringsOf(collection: GeometryCollection): number[][] {
  return collection.geometries.flatMap((geometry) =>
    geometry.type === 'MultiPolygon'
      ? geometry.arcs.flat().map((ring) => ring.map((arc) => (arc < 0 ? ~arc : arc)))
      : [],
  );
}

/** How many inner corners each arc keeps: those that weigh enough, and more where a ring would be left with too few. */
function cornersToKeep(arcs: readonly [number, number, number][][], rings: readonly number[][]): number[] {
  const keep = arcs.map((arc) => arc.slice(1, -1).filter(([, , weight]) => weight >= SMALLEST_TRIANGLE).length);
  for (const ring of rings) {
    const corners = ring.reduce((sum, arc) => sum + keep[arc] + 1, 0);
    if (corners >= FEWEST_CORNERS) continue;
    const missing = Math.ceil((FEWEST_CORNERS - corners) / ring.length);
    for (const arc of ring) keep[arc] = Math.min(keep[arc] + missing, arcs[arc].length - 2);
  }
  return keep;
}

/** The ends of an arc and its `count` heaviest inner corners, in order. */
function heaviest(arc: [number, number, number][], count: number): [number, number][] {
  const inner = arc.slice(1, -1);
  const threshold = inner.map(([, , weight]) => weight).sort((a, b) => b - a)[count - 1] ?? Number.POSITIVE_INFINITY;
  let spare = count - inner.filter(([, , weight]) => weight > threshold).length;
  const kept = arc.filter(([, , weight], i) => {
    if (i === 0 || i === arc.length - 1 || weight > threshold) return true;
    return weight === threshold && spare-- > 0;
  });
  return kept.map(([x, y]) => [x, y]);
}
