import type { RankedPath } from '../src/shared-borders.ts';
import type { FilledLayer } from '../src/tile-layer.ts';

/**
 * The outer boundary of each province as lines: the rings of the land layer, closed. Between two provinces the line stands
 * twice, once for each (communes.ts reads the rows; no statement of its own).
 *
 * | field        | type |                 |
 * |--------------|------|-----------------|
 * | provinceCode | text | of the communes |
 */
export function provinceLayer(provinces: ReadonlyMap<string, RankedPath[]>): FilledLayer {
  return {
    source: {
      id: 'provinces',
      description: 'Outer boundaries of the provinces of the default boundary set (lines)',
      fields: { provinceCode: 'String' },
      minZoom: 0,
    },
    features: [...provinces].map(([provinceCode, rings]) => ({
      kind: 'line',
      paths: rings.map(closed),
      properties: { provinceCode },
      minZoom: 0,
    })),
  };
}

function closed({ coordinates, ranks }: RankedPath): RankedPath {
  const line = new Int32Array(coordinates.length + 2);
  line.set(coordinates);
  line.set(coordinates.subarray(0, 2), coordinates.length);
  const lineRanks = new Float32Array(ranks.length + 1);
  lineRanks.set(ranks);
  lineRanks[ranks.length] = ranks[0] ?? Infinity;
  return { coordinates: line, ranks: lineRanks };
}
