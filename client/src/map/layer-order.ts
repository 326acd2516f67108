/**
 * Draw order of everything our data adds to the map, lowest first. The one place where it stands: a layer whose id is
 * not listed is refused by the engine. All of it lies under the borders and labels of the basemap.
 */
export const layerOrder = [
  'communes-fill',
  'heat',
  'hexes',
  'hotspots',
  'hotspots-glyphs',
  'communes-missing',
  'communes-border',
  'areas-fill',
  'areas-hatch',
  'areas-halo',
  'areas-halo-many',
  'areas-outline',
  'areas-outline-many',
  'areas-parting',
  'areas-parting-many',
  'areas-points',
  'candidates-fill',
  'candidates-outline',
  'marking-fill',
  'marking-outline',
  'import-accepted',
  'import-rejected',
  'import-suspicious',
  'hotspots-pile-ups-halo',
  'hotspots-pile-ups',
  'selection-halo',
  'selection',
  'areas-glyphs-face',
  'areas-glyphs',
  'areas-labels',
] as const;

type LayerId = (typeof layerOrder)[number];

/** The layers of all groups in draw order; throws on an id that has no place in it. */
export function inDrawOrder<L extends { id: string }>(layers: readonly L[]): L[] {
  const placeOf = (layer: L) => {
    const place = layerOrder.indexOf(layer.id as LayerId);
    if (place < 0) throw new Error(`Layer "${layer.id}" has no place in map/layer-order.ts`);
    return place;
  };
  return layers
    .map((layer) => ({ layer, place: placeOf(layer) }))
    .sort((a, b) => a.place - b.place)
    .map(({ layer }) => layer);
}
