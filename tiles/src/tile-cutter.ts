import { clipLine, clipRing } from './clip.ts';
import { signedArea } from './rings.ts';
import type { RankedPath } from './shared-borders.ts';
import type { FilledLayer, TileFeature } from './tile-layer.ts';
import { emptyBox, maxZoom, tileBuffer, tileExtent, type WorldBox } from './world-grid.ts';

export type TileAddress = { z: number; x: number; y: number };

/** A feature as it goes into a tile: flat paths in tile units, the origin at the tile's north-west corner. */
export type CutFeature = { kind: TileFeature['kind']; paths: number[][]; properties: TileFeature['properties'] };

/** Simplification in tile units: a quarter of a pixel of a 512-pixel tile. The finest zoom is stretched, so it keeps all. */
const toleranceUnits = 2;
/** Rings below a sixteenth of a square pixel are not drawn. */
const smallestAreaUnits = 4;

/** Cuts tiles of one layer out of features held in memory. */
export type TileCutter = { cut(tile: TileAddress): CutFeature[] };

/**
 * Simplified, rounded copies of the features are made per zoom when that zoom is first asked for, then clipped per tile.
 * Memory: about 12 bytes a vertex, plus 8 per vertex and zoom in use.
 */
export function createTileCutter({ features }: FilledLayer): TileCutter {
  const levels: (LevelFeature[] | undefined)[] = [];
  return {
    cut: ({ z, x, y }) => {
      levels[z] ??= features.flatMap((feature) => (feature.minZoom <= z ? atZoom(feature, z) : []));
      const west = x * tileExtent;
      const north = y * tileExtent;
      const clipBox: WorldBox = [
        west - tileBuffer,
        north - tileBuffer,
        west + tileExtent + tileBuffer,
        north + tileExtent + tileBuffer,
      ];
      const pointBox: WorldBox = [west, north, west + tileExtent - 1, north + tileExtent - 1];
      const cut: CutFeature[] = [];
      for (const { feature, paths, box } of levels[z]) {
        const limits = feature.kind === 'point' ? pointBox : clipBox;
        if (box[0] > limits[2] || box[2] < limits[0] || box[1] > limits[3] || box[3] < limits[1]) continue;
        const isInside = box[0] >= limits[0] && box[2] <= limits[2] && box[1] >= limits[1] && box[3] <= limits[3];
        const clipped = isInside ? paths : clip(feature.kind, paths, limits);
        if (clipped.length === 0) continue;
        cut.push({
          kind: feature.kind,
          paths: clipped.map((path) => path.map((value, i) => value - (i % 2 === 0 ? west : north))),
          properties: feature.properties,
        });
      }
      return cut;
    },
  };
}

/** A feature in the units of one zoom's tiles, counted from the world's corner. */
type LevelFeature = { feature: TileFeature; paths: number[][]; box: WorldBox };

function atZoom(feature: TileFeature, zoom: number): LevelFeature[] {
  const unit = 2 ** (maxZoom - zoom);
  const tolerance = zoom === maxZoom ? 0 : toleranceUnits * unit;
  const simple = feature.paths.map((path) => simplified(path, unit, tolerance));
  const paths = keepExtended(feature, simple);
  if (paths.length === 0) return [];
  return [{ feature, paths, box: boxAround(paths) }];
}

function keepExtended(feature: TileFeature, paths: number[][]): number[][] {
  if (feature.kind === 'point') return paths;
  if (feature.kind === 'line') return paths.filter(({ length }) => length >= 4);
  return keepRings(
    feature.paths.map(({ coordinates }) => coordinates),
    paths.map(withoutRepetitions),
  );
}

function boxAround(paths: readonly number[][]): WorldBox {
  let [minX, minY, maxX, maxY] = emptyBox;
  for (const path of paths)
    for (let i = 0; i < path.length; i += 2) {
      minX = Math.min(minX, path[i]);
      maxX = Math.max(maxX, path[i]);
      minY = Math.min(minY, path[i + 1]);
      maxY = Math.max(maxY, path[i + 1]);
    }
  return [minX, minY, maxX, maxY];
}

function simplified({ coordinates, ranks }: RankedPath, unit: number, tolerance: number): number[] {
  const path: number[] = [];
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let i = 0; i < ranks.length; i++) {
    if (tolerance > 0 && ranks[i] <= tolerance) continue;
    const x = Math.round(coordinates[2 * i] / unit);
    const y = Math.round(coordinates[2 * i + 1] / unit);
    if (x === lastX && y === lastY) continue;
    path.push(x, y);
    lastX = x;
    lastY = y;
  }
  return path;
}

function clip(kind: TileFeature['kind'], paths: number[][], box: WorldBox): number[][] {
  if (kind === 'point') return paths;
  if (kind === 'line') return paths.flatMap((path) => clipLine(path, box));
  return keepRings(
    paths,
    paths.map((ring) => withoutRepetitions(clipRing(ring, box))),
  );
}

/** Of rings that were simplified or clipped, those that still have an extent and turn the way they did; no hole without its outer ring. */
function keepRings(before: readonly ArrayLike<number>[], after: readonly number[][]): number[][] {
  let isOuterKept = false;
  return after.filter((ring, i) => {
    const isHole = signedArea(before[i] ?? []) < 0;
    const area = ring.length < 6 ? 0 : signedArea(ring) * (isHole ? -1 : 1);
    const isKept = area >= smallestAreaUnits && (!isHole || isOuterKept);
    if (!isHole) isOuterKept = isKept;
    return isKept;
  });
}

function withoutRepetitions(ring: number[]): number[] {
  const kept: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    if (ring[i] !== ring[j] || ring[i + 1] !== ring[j + 1]) kept.push(ring[i], ring[i + 1]);
  return kept;
}
