import type { HotspotsResponse } from '@diemnong/contracts';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, test } from 'vitest';
import { centresOf, cornersOf } from '../hexes/hexes-geometry.ts';
import { drawnCells, glyphSegments, hotspotsLayers, pileUpsLayers } from './hotspots-layer.ts';
import { groupColor, levelColor } from './hotspots-scale.ts';

const [a = '', b = '', c = '', d = ''] = gridDisk(latLngToCell(20.65, 106.06, 9), 1);
const hotspots = {
  cells: [a, b, c, d],
  significance: [3, -1, 0, 2],
  label: ['persistent-hot', 'new-cold', 'none', null],
  group: ['lasting', 'emerging', null, null],
} as unknown as HotspotsResponse;

describe('drawnCells', () => {
  test('draws the significant cells of both sides by their level, and no other', () => {
    expect(drawnCells(hotspots, { style: 'hotspot', hasCold: false, isDark: false })).toEqual([
      { cell: a, side: 'hot', group: null, color: levelColor(3, false) },
      { cell: b, side: 'cold', group: null, color: levelColor(-1, false) },
      { cell: d, side: 'hot', group: null, color: levelColor(2, false) },
    ]);
  });
  test('draws labelled cells by their group, cold ones only when asked for', () => {
    const style = 'emerging' as const;
    const hot = { cell: a, side: 'hot', group: 'lasting', color: groupColor('lasting', 'hot', true) };
    const cold = { cell: b, side: 'cold', group: 'emerging', color: groupColor('emerging', 'cold', true) };
    expect(drawnCells(hotspots, { style, hasCold: false, isDark: true })).toEqual([hot]);
    expect(drawnCells(hotspots, { style, hasCold: true, isDark: true })).toEqual([hot, cold]);
  });
});

test('glyphs lie inside their cell, in an ink that its face shows', () => {
  const drawn = drawnCells(hotspots, { style: 'emerging', hasCold: true, isDark: false });
  const centres = centresOf(drawn.map(({ cell }) => cell));
  const { sources, targets, colors } = glyphSegments(drawn, centres, cornersOf(a));
  // kéo dài has none; a cold, new one has a plus of two lines and the six sides of its inner edge.
  expect(colors.length / 4).toBe(8);
  expect(sources).toHaveLength(24);
  for (const points of [sources, targets])
    for (let i = 0; i < points.length; i += 3) expect(latLngToCell(points[i + 1] ?? 0, points[i] ?? 0, 9)).toBe(b);
});

test('layers are in the draw order, glyphs only where there is room', () => {
  const drawn = drawnCells(hotspots, { style: 'hotspot', hasCold: false, isDark: false });
  const ids = (hasGlyphs: boolean) => hotspotsLayers({ drawn, hasGlyphs, isDark: false }).map(({ id }) => id);
  expect(ids(true)).toEqual(['hotspots', 'hotspots-glyphs']);
  expect(ids(false)).toEqual(['hotspots']);
  expect(hotspotsLayers({ drawn: [], hasGlyphs: true, isDark: false }).map(({ id }) => id)).toEqual(['hotspots']);
  expect(pileUpsLayers([{ lng: 106, lat: 20 }], true).map(({ id }) => id)).toEqual([
    'hotspots-pile-ups-halo',
    'hotspots-pile-ups',
  ]);
});
