import { LineLayer, PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { MeasureName } from '../../state/view-search.ts';
import { type ClassScale, classOf } from '../../ui/class-scale.ts';
import { toRgb } from '../../ui/ramps.ts';
import { hatchOf } from './communes-geometry.ts';
import { measureOf } from './communes-scale.ts';
import type { CommuneCount } from './use-commune-counts.ts';
import type { CommuneFeature } from './use-communes.ts';

const communesFillLayerId = 'communes-fill';
const communesMissingLayerId = 'communes-missing';
const communesBorderLayerId = 'communes-border';

type CommunesLayersProps = {
  features: readonly CommuneFeature[];
  counts: readonly CommuneCount[];
  measure: MeasureName;
  scale: ClassScale;
  isDark: boolean;
};

type Part = { code: string; rings: number[][][] };

/** Communes in the colour of their class, hatched where a month of the period was not reported. */
export function communesLayers({ features, counts, measure, scale, isDark }: CommunesLayersProps) {
  const countOf = new Map(counts.map((commune) => [commune.code, commune]));
  const colors = scale.colors.map(toRgb);
  const parts: Part[] = features.flatMap(({ properties, geometry }) =>
    geometry.coordinates.map((rings) => ({ code: properties.code, rings })),
  );
  const fill = new SolidPolygonLayer<Part>({
    id: communesFillLayerId,
    data: parts,
    getPolygon: ({ rings }) => rings as never,
    getFillColor: ({ code }) => {
      const commune = countOf.get(code);
      const value = commune === undefined ? null : measureOf(commune, measure);
      const color = value === null ? undefined : colors[classOf(value, scale.bounds)];
      return color ? [...color, isDark ? 185 : 200] : [128, 136, 148, 36];
    },
    pickable: false,
    updateTriggers: { getFillColor: [counts, measure, scale] },
  });
  const missing = features.filter(({ properties }) => countOf.get(properties.code)?.reported === false);
  const step = hatchStep(features);
  const hatch = new LineLayer({
    id: communesMissingLayerId,
    data: missing.flatMap(({ geometry }) => hatchOf(geometry, step)),
    getSourcePosition: ({ from }: { from: [number, number] }) => from,
    getTargetPosition: ({ to }: { to: [number, number] }) => to,
    getColor: isDark ? [233, 238, 246, 110] : [22, 35, 59, 95],
    getWidth: 1,
    widthUnits: 'pixels',
    pickable: false,
  });
  return [fill, hatch];
}

/** Borders of a boundary set that the basemap does not hold. */
export function communesBorderLayer(features: readonly CommuneFeature[], isDark: boolean) {
  return new PathLayer<number[][]>({
    id: communesBorderLayerId,
    data: features.flatMap(({ geometry }) => geometry.coordinates.flat()),
    getPath: (ring) => ring as never,
    getColor: isDark ? [143, 160, 184] : [86, 98, 114],
    getWidth: 1,
    widthUnits: 'pixels',
    pickable: false,
  });
}

/** Some 120 lines over the whole province, whatever its size. */
function hatchStep(features: readonly CommuneFeature[]): number {
  const points = features.map(({ properties }) => properties.labelPoint[0] + properties.labelPoint[1]);
  return Math.max((Math.max(...points) - Math.min(...points)) / 120, 1e-4);
}
