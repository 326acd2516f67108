import { fromVectorTileJs } from '@maplibre/vt-pbf';
import type { CutFeature } from './tile-cutter.ts';
import { tileExtent } from './world-grid.ts';

const geometryTypes = { point: 1, line: 2, polygon: 3 } as const;

/**
 * Encode cut features as one vector tile (Mapbox vector-tile-spec 2.1, uncompressed protobuf).
 * @param layers in drawing order; layers without features are left out
 * @returns undefined when nothing is left: the tile is empty
 */
export function encodeTile(layers: readonly { id: string; features: readonly CutFeature[] }[]): Uint8Array | undefined {
  const filled = layers.filter(({ features }) => features.length > 0);
  if (filled.length === 0) return undefined;
  return fromVectorTileJs({ layers: Object.fromEntries(filled.map((layer) => [layer.id, toLayer(layer)])) });
}

/** What the encoder asks of a layer (its own type declarations do not resolve under Node's module rules). */
type EncodableLayer = {
  version: 2;
  name: string;
  extent: number;
  length: number;
  feature(i: number): EncodableFeature;
};

type EncodableFeature = {
  type: 1 | 2 | 3;
  properties: CutFeature['properties'];
  loadGeometry(): { x: number; y: number }[][];
};

function toLayer({ id, features }: { id: string; features: readonly CutFeature[] }): EncodableLayer {
  return { version: 2, name: id, extent: tileExtent, length: features.length, feature: (i) => toFeature(features[i]) };
}

function toFeature({ kind, paths, properties }: CutFeature): EncodableFeature {
  return { type: geometryTypes[kind], properties, loadGeometry: () => paths.map(toPoints) };
}

function toPoints(path: readonly number[]): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (let i = 0; i < path.length; i += 2) points.push({ x: path[i], y: path[i + 1] });
  return points;
}
