import type { Layer } from '@deck.gl/core';
import { IconLayer, LineLayer, PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { firstAboveDataLayerId } from '../../map/map-style.ts';
import { toRgb } from '../../ui/ramps.ts';
import { areaStatusStyles, areaTypeStyles } from '../areas/area-status-style.ts';
import { areaColor } from './area-colors.ts';
import { glyphAtlas, glyphPlaces } from './area-glyphs.ts';
import { dotSize, hatchPieces, outlinePieces } from './area-lines.ts';
import type { PlacedShape } from './area-places.ts';
import { fewShapes, pointStyle, shortName, type ThinnedAreas } from './thinned-areas.ts';

type AreaLayersProps = {
  /** Those near the window, thinned out for `zoom`. */
  thinned: ThinnedAreas;
  /** Whole steps: lines keep their rhythm between two of them. */
  zoom: number;
  isDark: boolean;
  /** Context of another picture: outlines alone, without hatching, signs and names. */
  isQuiet?: boolean;
};

type Rgb = [number, number, number];

/**
 * Hot-spot areas: a faint face, hatching by type, an outline by status, a sign on the northernmost corner and, close, the name;
 * what is too small for that is a point.
 * @returns deck layers, ids in map/layer-order.ts. Lines in pixels of the screen.
 */
export function areaLayers({ thinned, zoom, isDark, isQuiet = false }: AreaLayersProps): Layer[] {
  const [edge, ink]: [Rgb, Rgb] = isDark
    ? [
        [11, 18, 32],
        [233, 238, 246],
      ]
    : [
        [255, 255, 255],
        [28, 36, 49],
      ];
  const colorOf = ({ shape }: PlacedShape): Rgb => toRgb(areaColor(shape.properties.status, isDark));
  const { points, outlined, hatched, signed, named } = thinned;
  const parts = outlined.flatMap((one) =>
    one.shape.geometry.coordinates.map((rings) => ({ rings, color: colorOf(one) })),
  );
  const outlines = outlined.flatMap((one) =>
    outlinePieces(one.shape.geometry, areaStatusStyles[one.shape.properties.status].outline, zoom).map((path) => ({
      path,
      color: colorOf(one),
      width: isDouble(one) ? 7 : 2.5,
    })),
  );
  // A double line is a wide one with a light one on top.
  const partings = outlined.filter(isDouble).flatMap(({ shape }) => shape.geometry.coordinates.flat());
  const rings = outlined.flatMap(({ shape }) => shape.geometry.coordinates.flat());
  const opacity = isQuiet ? 150 : 255;
  const isMany = outlined.length > fewShapes;
  const outline = [
    ringLayer(
      'areas-halo',
      rings.map((path) => ({ path, color: [...edge, isQuiet ? 90 : 190], width: 5 })),
      isMany,
    ),
    ringLayer(
      'areas-outline',
      outlines.map((one) => ({ ...one, color: [...one.color, opacity] })),
      isMany,
    ),
    ringLayer(
      'areas-parting',
      partings.map((path) => ({ path, color: [...edge, 255], width: 2.5 })),
      isMany,
    ),
    ...(points.length > 0 ? [pointLayer(points, { edge, colorOf, isDark, isQuiet })] : []),
  ];
  if (isQuiet) return outline;

  return [
    new SolidPolygonLayer<(typeof parts)[number]>({
      id: 'areas-fill',
      data: parts,
      getPolygon: ({ rings }) => rings as never,
      getFillColor: ({ color }) => [...color, 34],
      pickable: false,
      updateTriggers: { getFillColor: isDark },
    }),
    hatchLayer(hatched, { zoom, isDark }),
    ...outline,
    new ScatterplotLayer<PlacedShape>({
      id: 'areas-glyphs-face',
      data: signed as PlacedShape[],
      getPosition: ({ top }) => top,
      radiusUnits: 'pixels',
      getRadius: 10,
      getFillColor: edge,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.75,
      getLineColor: colorOf,
      pickable: false,
      updateTriggers: { getFillColor: isDark, getLineColor: isDark },
    }),
    new IconLayer<PlacedShape>({
      id: 'areas-glyphs',
      data: signed as PlacedShape[],
      iconAtlas: glyphAtlas() as never,
      iconMapping: glyphPlaces,
      getIcon: ({ shape }) => shape.properties.status,
      getPosition: ({ top }) => top,
      getSize: 14,
      getColor: colorOf,
      pickable: false,
      updateTriggers: { getColor: isDark },
    }),
    ...(named.length > 0 ? [labelLayer(named, { ink, edge, isDark })] : []),
  ];
}

type Ring = { path: number[][]; color: number[]; width: number };

/**
 * Lines in pixels of the screen. Of many, pieces without joints: a joint makes a line eight times as dear to draw, and on a shape of
 * some pixels nobody sees it.
 */
function ringLayer(id: string, rings: readonly Ring[], isMany: boolean): Layer {
  // Another id: a layer that becomes one of another kind keeps the shaders of the first.
  if (isMany) return lineLayer(`${id}-many`, rings.flatMap(toSegments));
  return new PathLayer<Ring>({
    id,
    data: rings as Ring[],
    widthUnits: 'pixels',
    capRounded: false,
    jointRounded: true,
    pickable: false,
    getPath: ({ path }) => path as never,
    getWidth: ({ width }) => width,
    getColor: ({ color }) => color as never,
  });
}

function toSegments({ path, color, width }: Ring): Segment[] {
  return path.slice(1).map((to, i) => ({ from: path[i] ?? to, to, color, width }));
}

/** Full and hollow points tell apart what outlines tell apart. */
function pointLayer(
  points: readonly PlacedShape[],
  style: { edge: Rgb; colorOf: (one: PlacedShape) => Rgb; isDark: boolean; isQuiet: boolean },
): Layer {
  const { edge, colorOf, isDark, isQuiet } = style;
  const opacity = isQuiet ? 150 : 255;
  return new ScatterplotLayer<PlacedShape>({
    id: 'areas-points',
    data: points as PlacedShape[],
    getPosition: ({ bbox: [west, south, east, north] }) => [(west + east) / 2, (south + north) / 2],
    radiusUnits: 'pixels',
    getRadius: ({ shape }) => pointStyle(shape.properties.status).radius,
    stroked: true,
    lineWidthUnits: 'pixels',
    getLineWidth: ({ shape }) => (pointStyle(shape.properties.status).isFull ? 1 : 1.75),
    getFillColor: (one) => [...(pointStyle(one.shape.properties.status).isFull ? colorOf(one) : edge), opacity],
    getLineColor: (one) => [...(pointStyle(one.shape.properties.status).isFull ? edge : colorOf(one)), opacity],
    pickable: false,
    updateTriggers: { getFillColor: [isDark, isQuiet], getLineColor: [isDark, isQuiet] },
  });
}

/** Names above the signs, with an edge that is read on every colour. */
function labelLayer(
  named: readonly PlacedShape[],
  { ink, edge, isDark }: { ink: Rgb; edge: Rgb; isDark: boolean },
): Layer {
  return new TextLayer<PlacedShape>({
    id: 'areas-labels',
    data: named as PlacedShape[],
    characterSet: 'auto',
    getText: ({ shape }) => shortName(shape.properties.name),
    getPosition: ({ top }) => top,
    getPixelOffset: [0, -20],
    getSize: 13,
    getColor: ink,
    fontFamily: '"Be Vietnam Pro", "Segoe UI", system-ui, sans-serif',
    fontWeight: 600,
    fontSettings: { sdf: true, radius: 12, cutoff: 0.2 },
    // Its inner layer would stand above the basemap's borders, and be moved below them for ever.
    _subLayerProps: { characters: { beforeId: firstAboveDataLayerId } },
    outlineWidth: 4,
    outlineColor: [...edge, 235],
    pickable: false,
    updateTriggers: { getColor: isDark },
  });
}

function isDouble({ shape }: PlacedShape): boolean {
  return areaStatusStyles[shape.properties.status].outline === 'double';
}

function hatchLayer(placed: readonly PlacedShape[], { zoom, isDark }: { zoom: number; isDark: boolean }): LineLayer {
  const segments = placed.flatMap(({ shape }) => {
    const { status, types } = shape.properties;
    const color = toRgb(areaColor(status, isDark));
    const hatches = types.map((type) => areaTypeStyles[type].hatch);
    return hatchPieces(shape.geometry, hatches, zoom).map(({ from, to, isDot }) => ({
      from,
      to,
      color: [...color, isDot ? 230 : 150],
      width: isDot ? dotSize : 1,
    }));
  });
  return lineLayer('areas-hatch', segments);
}

type Segment = { from: readonly number[]; to: readonly number[]; color: readonly number[]; width: number };

/** Straight pieces, ten thousands of them: as arrays that go to the graphics card as they are. */
function lineLayer(id: string, segments: readonly Segment[]): LineLayer {
  return new LineLayer({
    id,
    data: {
      length: segments.length,
      attributes: {
        getSourcePosition: { value: positionsOf(segments, 'from'), size: 3 },
        getTargetPosition: { value: positionsOf(segments, 'to'), size: 3 },
        getColor: { value: Uint8Array.from(segments.flatMap(({ color }) => color)), size: 4, normalized: true },
        getWidth: { value: Float32Array.from(segments, ({ width }) => width), size: 1 },
      },
    },
    widthUnits: 'pixels',
    pickable: false,
  });
}

function positionsOf(segments: readonly Segment[], end: 'from' | 'to'): Float64Array {
  return Float64Array.from(segments.flatMap((segment) => [segment[end][0] ?? 0, segment[end][1] ?? 0, 0]));
}
