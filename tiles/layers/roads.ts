import type { RankedPath } from '../src/shared-borders.ts';
import type { FilledLayer } from '../src/tile-layer.ts';
import { rankVertices } from '../src/vertex-ranks.ts';
import { readLines } from '../src/well-known-binary.ts';

/**
 * Roads of every province in the database, whole.
 *
 * | column | type    |                                                               |
 * |--------|---------|---------------------------------------------------------------|
 * | class  | text    | lien_thon, lien_xa, huyen, tinh, quoc_lo, do_thi              |
 * | name   | text    | null when it has none                                         |
 * | lit    | boolean | surface lit; null = unknown, which is not unlit               |
 * | geom   | bytea   | MultiLineString, EPSG:4326, little-endian well-known binary   |
 *
 * Ordered by class from small to large, so that the larger is drawn above.
 */
export const roadsSql = `
  select road.class,
         road.name,
         road.lit,
         ST_AsBinary(road.geom, 'NDR') as geom
    from road
   order by array_position(array['lien_thon', 'lien_xa', 'do_thi', 'huyen', 'tinh', 'quoc_lo'], road.class),
            road.province_code collate "C",
            road.id`;

export type RoadRow = { class: RoadClass; name: string | null; lit: boolean | null; geom: Uint8Array };

type RoadClass = 'lien_thon' | 'lien_xa' | 'huyen' | 'tinh' | 'quoc_lo' | 'do_thi';

/** From which zoom a class is drawn: about as many kilometres of road per screen at every zoom. */
const roadMinZoom: Record<RoadClass, number> = {
  quoc_lo: 6,
  tinh: 8,
  huyen: 9,
  do_thi: 11,
  lien_xa: 11,
  lien_thon: 12,
};

export function roadLayer(rows: readonly RoadRow[]): FilledLayer {
  return {
    source: {
      id: 'roads',
      description: 'Roads by class; lit where it is known',
      fields: { class: 'String', name: 'String', lit: 'Boolean' },
      minZoom: Math.min(...Object.values(roadMinZoom)),
    },
    features: rows.map((row) => ({
      kind: 'line',
      paths: readLines(row.geom).map(rankedLine),
      properties: {
        class: row.class,
        ...(row.name === null ? {} : { name: row.name }),
        ...(row.lit === null ? {} : { lit: row.lit }),
      },
      minZoom: roadMinZoom[row.class],
    })),
  };
}

function rankedLine(coordinates: Int32Array): RankedPath {
  const ranks = new Float32Array(coordinates.length / 2);
  rankVertices(coordinates, [...ranks.keys()], ranks);
  return { coordinates, ranks };
}
