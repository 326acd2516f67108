import type { Layer } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { LngLat } from '@diemnong/contracts';
import { toRgb } from '../../ui/ramps.ts';

/** A shape as polygons of rings. */
export type Polygons = LngLat[][][];

/** What is being marked, on light and on dark: seen on every colour of the counts. */
export function markingColors(isDark: boolean): { line: string; edge: string } {
  return isDark ? { line: '#8ab8ff', edge: '#0b1220' } : { line: '#0b4fc0', edge: '#ffffff' };
}

/** What is taken for the place: a see-through face and a plain outline, [] when nothing is. */
export function markingLayers(polygons: Polygons, isDark: boolean): Layer[] {
  if (polygons.length === 0) return [];
  const color = toRgb(markingColors(isDark).line);
  return [
    new SolidPolygonLayer<LngLat[][]>({
      id: 'marking-fill',
      data: polygons,
      getPolygon: (rings) => rings,
      getFillColor: [...color, 56],
      pickable: false,
    }),
    new PathLayer<LngLat[]>({
      id: 'marking-outline',
      data: polygons.flat(),
      getPath: (ring) => ring,
      getColor: color,
      getWidth: 2.5,
      widthUnits: 'pixels',
      jointRounded: true,
      pickable: false,
    }),
  ];
}
