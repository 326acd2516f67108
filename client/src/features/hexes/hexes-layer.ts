import { ColumnLayer } from '@deck.gl/layers';
import type { HexesResponse } from '@diemnong/contracts';
import { type ClassScale, classOf } from '../../ui/class-scale.ts';
import { toRgb } from '../../ui/ramps.ts';
import { centresOf, cornersOf } from './hexes-geometry.ts';

const hexesLayerId = 'hexes';

type HexesLayerProps = { hexes: HexesResponse; scale: ClassScale; isDark: boolean };

/**
 * One hexagon per non-empty cell, in the colour of its class, let through so that roads and water stay readable.
 * All are copies of one hexagon of their resolution, moved to the centre of each cell: over a province the true shapes
 * differ by less than the gap that `coverage` leaves, and 10,000 of them are one draw call from two typed arrays.
 * (deck.gl's H3HexagonLayer does the same one cell at a time, and loses `beforeId` on its inner layer.)
 */
export function hexesLayer({ hexes, scale, isDark }: HexesLayerProps): ColumnLayer {
  const { cells, counts } = hexes;
  const colors = scale.colors.map(toRgb);
  const fill = new Uint8Array(cells.length * 4);
  counts.forEach((count, i) => {
    fill.set(colors[Math.max(0, classOf(count, scale.bounds))] ?? [0, 0, 0], i * 4);
    fill[i * 4 + 3] = isDark ? 205 : 212;
  });
  const middle = cells[cells.length >> 1];
  return new ColumnLayer({
    id: hexesLayerId,
    data: {
      length: cells.length,
      attributes: {
        getPosition: { value: centresOf(cells), size: 3 },
        getFillColor: { value: fill, size: 4, normalized: true },
      },
    },
    diskResolution: 6,
    vertices: middle === undefined ? null : cornersOf(middle),
    radius: 1,
    coverage: 0.95,
    extruded: false,
    stroked: false,
    pickable: false,
  });
}
