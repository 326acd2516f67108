import type { SharedBorders } from '../src/shared-borders.ts';
import type { FilledLayer, TileFeature } from '../src/tile-layer.ts';
import { readPoint } from '../src/well-known-binary.ts';

/**
 * Communes of the default boundary set, whole (no clipping in the database: docs/decisions/vector-tiles.md).
 *
 * | column       | type  |                                                        |
 * |--------------|-------|--------------------------------------------------------|
 * | code         | text  | official code inside its boundary set                  |
 * | provinceCode | text  |                                                        |
 * | name         | text  | "Phố Hiến"                                             |
 * | fullName     | text  | "Phường Phố Hiến"                                      |
 * | kind         | text  | "xã", "phường", "đặc khu", "thị trấn" or ""            |
 * | labelPoint   | bytea | Point, EPSG:4326, little-endian well-known binary      |
 * | geom         | bytea | MultiPolygon, EPSG:4326, little-endian well-known binary |
 *
 * Ordered by code: neighbours are joined in this order, so it must not depend on the engine (column collation "C").
 */
export const communesSql = `
  select commune.code,
         commune.province_code as "provinceCode",
         commune.name,
         commune.full_name as "fullName",
         commune.kind,
         ST_AsBinary(commune.label_point, 'NDR') as "labelPoint",
         ST_AsBinary(commune.geom, 'NDR') as geom
    from commune
    join boundary_set on boundary_set.id = commune.boundary_set_id
   where boundary_set.is_default
   order by commune.code`;

export type CommuneRow = {
  code: string;
  provinceCode: string;
  name: string;
  fullName: string;
  kind: string;
  labelPoint: Uint8Array;
  geom: Uint8Array;
};

/** Polygons to point at and shade, each border once as a line, and the points where names stand. */
export function communeLayers(
  rows: readonly CommuneRow[],
  shared: SharedBorders,
): [FilledLayer, FilledLayer, FilledLayer] {
  const properties = rows.map(({ code, provinceCode, name, fullName, kind }) => ({
    code,
    name,
    fullName,
    kind,
    provinceCode,
  }));
  return [
    {
      source: {
        id: 'communes',
        description: 'Communes of the default boundary set (polygons)',
        fields: { code: 'String', name: 'String', fullName: 'String', kind: 'String', provinceCode: 'String' },
        minZoom: 0,
      },
      features: rows.map((_, i) => ({
        kind: 'polygon',
        paths: shared.rings[i] ?? [],
        properties: properties[i] ?? {},
        minZoom: 0,
      })),
    },
    {
      source: {
        id: 'commune_borders',
        description: 'Borders of communes, each stretch once',
        fields: {},
        minZoom: 5,
      },
      features: shared.borders.map((border) => ({ kind: 'line', paths: [border], properties: {}, minZoom: 5 })),
    },
    {
      source: {
        id: 'commune_labels',
        description: 'A point inside each commune for its name',
        fields: { code: 'String', name: 'String', fullName: 'String', kind: 'String', provinceCode: 'String' },
        minZoom: 8,
      },
      features: rows.map(
        ({ labelPoint }, i): TileFeature => ({
          kind: 'point',
          paths: [{ coordinates: readPoint(labelPoint), ranks: Float32Array.of(Infinity) }],
          properties: properties[i] ?? {},
          minZoom: 8,
        }),
      ),
    },
  ];
}
