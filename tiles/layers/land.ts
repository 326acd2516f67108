import type { RankedPath } from '../src/shared-borders.ts';
import type { FilledLayer } from '../src/tile-layer.ts';

/**
 * Land: each province as one area without holes, the communes of the default boundary set taken together (communes.ts
 * reads them; no statement of its own). What a neighbouring province covers is background, water is drawn above.
 *
 * | field        | type |                     |
 * |--------------|------|---------------------|
 * | provinceCode | text | of the communes     |
 */
export function landLayer(provinces: ReadonlyMap<string, RankedPath[]>): FilledLayer {
  return {
    source: {
      id: 'land',
      description: 'Provinces of the default boundary set as areas',
      fields: { provinceCode: 'String' },
      minZoom: 0,
    },
    features: [...provinces].map(([provinceCode, paths]) => ({
      kind: 'polygon',
      paths,
      properties: { provinceCode },
      minZoom: 0,
    })),
  };
}
