/** The little of GeoJSON (RFC 7946) that the demonstration province is written in. */
import type { LngLat } from './plane.ts';

export type PointGeometry = { type: 'Point'; coordinates: LngLat };
export type LineGeometry = { type: 'LineString'; coordinates: LngLat[] };
export type PolygonGeometry = { type: 'Polygon'; coordinates: LngLat[][] };
export type MultiPolygonGeometry = { type: 'MultiPolygon'; coordinates: LngLat[][][] };

type Feature<Geometry, Properties> = { type: 'Feature'; geometry: Geometry; properties: Properties };
export type FeatureCollection<Geometry, Properties> = {
  type: 'FeatureCollection';
  features: Feature<Geometry, Properties>[];
};

export function featureCollection<Geometry, Properties>(
  items: Iterable<readonly [Geometry, Properties]>,
): FeatureCollection<Geometry, Properties> {
  return {
    type: 'FeatureCollection',
    features: [...items].map(([geometry, properties]) => ({ type: 'Feature', geometry, properties })),
  };
}
