import type { Layer } from '@deck.gl/core';
import { IconLayer, LineLayer, PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { firstAboveDataLayerId } from '../../map/map-style.ts';
import { toRgb } from '../../ui/ramps.ts';
import { areaStatusStyles, areaTypeStyles } from '../areas/area-status-style.ts';
import { areaColor } from './area-colors.ts';
import { glyphAtlas, glyphPlaces } from './area-glyphs.ts';
import { dotSize, hatchPieces, outlinePieces } from './area-lines.ts';
import type { PlacedShape } from './area-places.ts';

type AreaLayersProps = {
  /** Those near the window. */
  placed: readonly PlacedShape[];
  /** Whole steps: lines keep their rhythm between two of them. */
  zoom: number;
  isDark: boolean;
  /** Context of another picture: outlines alone, without hatching, signs and names. */
  isQuiet?: boolean;
};

type Rgb = [number, number, number];

/** Names are read from this zoom on. */
const labelZoom = 12;
/** A shape smaller than this on screen has no room for its hatching. */
const leastHatched = 16;
/** Up to this many shapes each has its sign, however small it is; of more, those wider than a sign. */
const fewShapes = 80;
const signPixels = 22;

/**
 * Hot-spot areas: a faint face, hatching by type, an outline by status, a sign on the northernmost corner and, close, the name.
 * @returns deck layers, ids in map/layer-order.ts. Lines in pixels of the screen.
 */
export function areaLayers({ placed, zoom, isDark, isQuiet = false }: AreaLayersProps): Layer[] {
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
  const pixelsPerDegree = (512 * 2 ** zoom) / 360;
  const sizeOf = ({ bbox }: PlacedShape) => Math.max(bbox[2] - bbox[0], bbox[3] - bbox[1]) * pixelsPerDegree;
  const parts = placed.flatMap((one) =>
    one.shape.geometry.coordinates.map((rings) => ({ rings, color: colorOf(one) })),
  );
  const outlines = placed.flatMap((one) =>
    outlinePieces(one.shape.geometry, areaStatusStyles[one.shape.properties.status].outline, zoom).map((path) => ({
      path,
      color: colorOf(one),
      width: isDouble(one) ? 7 : 2.5,
    })),
  );
  // A double line is a wide one with a light one on top.
  const partings = placed.filter(isDouble).flatMap(({ shape }) => shape.geometry.coordinates.flat());
  const line = { widthUnits: 'pixels' as const, capRounded: false, jointRounded: true, pickable: false };
  const outline = [
    new PathLayer<number[][]>({
      ...line,
      id: 'areas-halo',
      data: placed.flatMap(({ shape }) => shape.geometry.coordinates.flat()),
      getPath: (ring) => ring as never,
      getWidth: 5,
      getColor: [...edge, isQuiet ? 90 : 190],
      updateTriggers: { getColor: [isDark, isQuiet] },
    }),
    new PathLayer<(typeof outlines)[number]>({
      ...line,
      id: 'areas-outline',
      data: outlines,
      getPath: ({ path }) => path,
      getWidth: ({ width }) => width,
      getColor: ({ color }) => [...color, isQuiet ? 150 : 255],
      updateTriggers: { getColor: [isDark, isQuiet] },
    }),
    new PathLayer<number[][]>({
      ...line,
      id: 'areas-parting',
      data: partings,
      getPath: (ring) => ring as never,
      getWidth: 2.5,
      getColor: edge,
      updateTriggers: { getColor: isDark },
    }),
  ];
  if (isQuiet) return outline;

  const signed = placed.length <= fewShapes ? placed : placed.filter((one) => sizeOf(one) >= signPixels);
  const named = zoom >= labelZoom ? placed.filter((one) => sizeOf(one) >= signPixels) : [];
  return [
    new SolidPolygonLayer<(typeof parts)[number]>({
      id: 'areas-fill',
      data: parts,
      getPolygon: ({ rings }) => rings as never,
      getFillColor: ({ color }) => [...color, 34],
      pickable: false,
      updateTriggers: { getFillColor: isDark },
    }),
    hatchLayer(
      placed.filter((one) => sizeOf(one) >= leastHatched),
      { zoom, isDark },
    ),
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

/** Names above the signs, with an edge that is read on every colour. */
function labelLayer(named: PlacedShape[], { ink, edge, isDark }: { ink: Rgb; edge: Rgb; isDark: boolean }): Layer {
  return new TextLayer<PlacedShape>({
    id: 'areas-labels',
    data: named,
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
  const sources: number[] = [];
  const targets: number[] = [];
  const colors: number[] = [];
  const widths: number[] = [];
  for (const { shape } of placed) {
    const { status, types } = shape.properties;
    const color = toRgb(areaColor(status, isDark));
    const hatches = types.map((type) => areaTypeStyles[type].hatch);
    for (const { from, to, isDot } of hatchPieces(shape.geometry, hatches, zoom)) {
      sources.push(...from, 0);
      targets.push(...to, 0);
      colors.push(...color, isDot ? 230 : 150);
      widths.push(isDot ? dotSize : 1);
    }
  }
  return new LineLayer({
    id: 'areas-hatch',
    data: {
      length: widths.length,
      attributes: {
        getSourcePosition: { value: Float64Array.from(sources), size: 3 },
        getTargetPosition: { value: Float64Array.from(targets), size: 3 },
        getColor: { value: Uint8Array.from(colors), size: 4, normalized: true },
        getWidth: { value: Float32Array.from(widths), size: 1 },
      },
    },
    widthUnits: 'pixels',
    pickable: false,
  });
}

/** Long names are cut at a word: a label is no sentence. */
function shortName(name: string): string {
  if (name.length <= 32) return name;
  const cut = name.slice(0, 31);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 16))}…`;
}
