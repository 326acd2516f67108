import type { RankedPath } from './shared-borders.ts';

type FieldType = 'String' | 'Number' | 'Boolean';

/** One layer inside the vector tiles, as TileJSON tells it (vector_layers). */
export type SourceLayer = {
  id: string;
  description: string;
  fields: Record<string, FieldType>;
  minZoom: number;
};

/** One thing to draw, on the integer grid. */
export type TileFeature = {
  kind: 'point' | 'line' | 'polygon';
  /** Polygon: outer rings with positive area, each followed by its holes. */
  paths: RankedPath[];
  properties: Record<string, string | number | boolean>;
  /** Left out of tiles below this zoom. */
  minZoom: number;
};

/** A source layer with its features in drawing order. */
export type FilledLayer = { source: SourceLayer; features: TileFeature[] };
