import { findSharedBorders } from '../src/shared-borders.ts';
import type { FilledLayer } from '../src/tile-layer.ts';
import { readRings } from '../src/well-known-binary.ts';

/**
 * Sea, rivers and lakes of every province in the database, whole.
 *
 * | column | type  |                                                          |
 * |--------|-------|----------------------------------------------------------|
 * | kind   | text  | sea, river, lake                                         |
 * | name   | text  | null when it has none                                    |
 * | geom   | bytea | MultiPolygon, EPSG:4326, little-endian well-known binary |
 *
 * Ordered with the largest kind first: a river's mouth is drawn above the sea.
 */
export const waterSql = `
  select water.kind,
         water.name,
         ST_AsBinary(water.geom, 'NDR') as geom
    from water
   order by array_position(array['sea', 'lake', 'river'], water.kind),
            water.province_code collate "C",
            water.id`;

export type WaterRow = { kind: 'sea' | 'river' | 'lake'; name: string | null; geom: Uint8Array };

export function waterLayer(rows: readonly WaterRow[]): FilledLayer {
  const { rings } = findSharedBorders(rows.map(({ geom }) => readRings(geom)));
  return {
    source: {
      id: 'water',
      description: 'Sea, rivers and lakes',
      fields: { kind: 'String', name: 'String' },
      minZoom: 0,
    },
    features: rows.map(({ kind, name }, i) => ({
      kind: 'polygon',
      paths: rings[i] ?? [],
      properties: { kind, ...(name === null ? {} : { name }) },
      minZoom: 0,
    })),
  };
}
