export { type CommuneRow, communesSql } from '../layers/communes.ts';
export { type RoadRow, roadsSql } from '../layers/roads.ts';
export { type WaterRow, waterSql } from '../layers/water.ts';
export type { TileAddress } from './tile-cutter.ts';
export {
  createTileSet,
  isInTileRange,
  type TileLayerName,
  type TileRows,
  type TileSet,
  tileLayerNames,
} from './tile-set.ts';
export { maxZoom } from './world-grid.ts';
