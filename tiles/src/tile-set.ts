import { type CommuneRow, communeLayers } from '../layers/communes.ts';
import { landLayer } from '../layers/land.ts';
import { provinceLayer } from '../layers/provinces.ts';
import { type RoadRow, roadLayer } from '../layers/roads.ts';
import { type WaterRow, waterLayer } from '../layers/water.ts';
import { encodeTile } from './encode-tile.ts';
import { findSharedBorders } from './shared-borders.ts';
import { createTileCutter, type TileAddress, type TileCutter } from './tile-cutter.ts';
import type { SourceLayer } from './tile-layer.ts';
import { readRings } from './well-known-binary.ts';
import { emptyBox, maxZoom, toLngLat, type WorldBox } from './world-grid.ts';

/** Names under /tiles; `basemap` holds all the others in one tile. */
export const tileLayerNames = ['land', 'water', 'roads', 'communes', 'provinces', 'basemap'] as const;
export type TileLayerName = (typeof tileLayerNames)[number];

/** What the database gives: see layers/*.ts for the statements. */
export type TileRows = { communes: CommuneRow[]; roads: RoadRow[]; water: WaterRow[] };

/** All tiles of one state of the data. */
export type TileSet = {
  /** [west, south, east, north] of everything drawn, degrees; null when there is nothing. */
  bounds: [number, number, number, number] | null;
  sourceLayers(name: TileLayerName): SourceLayer[];
  /** Vector tile (uncompressed), undefined when it is empty. The address must lie in the range of zooms 0–14. */
  cut(name: TileLayerName, tile: TileAddress): Uint8Array | undefined;
};

/**
 * Read the rows onto the integer grid, find the borders that communes share, and make ready to cut tiles.
 * Deterministic: equal rows in equal order give equal bytes. Time and memory: docs/decisions/vector-tiles.md.
 */
export function createTileSet(rows: TileRows): TileSet {
  const shared = findSharedBorders(rows.communes.map(({ geom }) => readRings(geom)));
  const provinces = shared.dissolve((region) => rows.communes[region]?.provinceCode ?? '');
  const layers = {
    land: [landLayer(provinces)],
    water: [waterLayer(rows.water)],
    roads: [roadLayer(rows.roads)],
    communes: communeLayers(rows.communes, shared),
    provinces: [provinceLayer(provinces)],
  };
  const [communes, borders, labels] = layers.communes;
  const all = {
    ...layers,
    // Drawing order: GDAL and MapLibre both read the layers of a tile in the order they stand.
    basemap: [...layers.land, ...layers.water, ...layers.roads, communes, borders, ...layers.provinces, labels],
  };
  const cutters = new Map<string, TileCutter>(all.basemap.map((layer) => [layer.source.id, createTileCutter(layer)]));
  const box = all.basemap.reduce<WorldBox>((sum, { features }) => features.reduce(boxWith, sum), emptyBox);
  return {
    bounds: box[0] > box[2] ? null : toBounds(box),
    sourceLayers: (name) => all[name].map(({ source }) => source),
    cut: (name, tile) =>
      encodeTile(all[name].map(({ source }) => ({ id: source.id, features: cutters.get(source.id)?.cut(tile) ?? [] }))),
  };
}

/** True when the tile exists: zoom 0–14, x and y inside the square of that zoom. */
export function isInTileRange({ z, x, y }: TileAddress): boolean {
  return z >= 0 && z <= maxZoom && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

function boxWith(box: WorldBox, { paths }: { paths: readonly { coordinates: Int32Array }[] }): WorldBox {
  let [minX, minY, maxX, maxY] = box;
  for (const { coordinates } of paths)
    for (let i = 0; i < coordinates.length; i += 2) {
      minX = Math.min(minX, coordinates[i]);
      maxX = Math.max(maxX, coordinates[i]);
      minY = Math.min(minY, coordinates[i + 1]);
      maxY = Math.max(maxY, coordinates[i + 1]);
    }
  return [minX, minY, maxX, maxY];
}

function toBounds([minX, minY, maxX, maxY]: WorldBox): [number, number, number, number] {
  const [west, north] = toLngLat(minX, minY);
  const [east, south] = toLngLat(maxX, maxY);
  return [west, south, east, north];
}
