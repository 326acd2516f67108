import { HeatmapLayer } from '@deck.gl/aggregation-layers';
import type { HexesResponse } from '@diemnong/contracts';
import { firstAboveDataLayerId } from '../../map/map-style.ts';
import { sequentialRamp, toRgb } from '../../ui/ramps.ts';
import { centresOf } from './hexes-geometry.ts';

export const heatLayerId = 'heat';

type HeatLayerProps = { hexes: HexesResponse; isDark: boolean };

/**
 * A smooth surface from the centres of the cells, weighted by their counts. An illustration: its height depends on the
 * screen, so it carries no numbers and no classes, and the legend says so.
 */
export function heatLayer({ hexes, isDark }: HeatLayerProps): HeatmapLayer {
  const centres = centresOf(hexes.cells);
  return new HeatmapLayer({
    id: heatLayerId,
    data: { length: hexes.cells.length } as never,
    getPosition: (_: unknown, { index }: { index: number }) => [centres[index * 3] ?? 0, centres[index * 3 + 1] ?? 0],
    getWeight: (_: unknown, { index }: { index: number }) => hexes.counts[index] ?? 0,
    radiusPixels: 42,
    intensity: 1.6,
    threshold: 0.04,
    weightsTextureSize: 512,
    debounceTimeout: 200,
    colorRange: sequentialRamp(isDark).map((hex) => toRgb(hex)),
    opacity: 0.85,
    pickable: false,
    _subLayerProps: { 'triangle-layer': { beforeId: firstAboveDataLayerId } },
    updateTriggers: { getPosition: hexes, getWeight: hexes },
  });
}
