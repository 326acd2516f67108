import { ColumnLayer, LineLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { EmergingGroup, HotspotsResponse } from '@diemnong/contracts';
import { toRgb } from '../../ui/ramps.ts';
import { centresOf, cornersOf } from '../hexes/hexes-geometry.ts';
import { edgeOf, glyphOf, isHollow, type Stroke } from './hotspots-glyphs.ts';
import { groupColor, inkOn, levelColor, type Side, sideOfLabel } from './hotspots-scale.ts';

export type HotspotStyle = 'hotspot' | 'emerging';

/** A cell that is drawn: its side, its group in the style of labels, its colour. */
export type DrawnCell = { cell: string; side: Side; group: EmergingGroup | null; color: string };

type Drawing = { style: HotspotStyle; hasCold: boolean; isDark: boolean };

/**
 * The cells that a style draws, in the order of the answer: the significant ones by their level, or the labelled ones by their
 * group, cold groups only when asked for. All others leave the quiet map as it is.
 */
export function drawnCells(hotspots: HotspotsResponse, { style, hasCold, isDark }: Drawing): DrawnCell[] {
  return hotspots.cells.flatMap((cell, i): DrawnCell[] => {
    if (style === 'hotspot') {
      const significance = hotspots.significance[i] ?? 0;
      if (significance === 0) return [];
      const side = significance > 0 ? 'hot' : 'cold';
      return [{ cell, side, group: null, color: levelColor(significance, isDark) }];
    }
    const side = sideOfLabel(hotspots.label[i]);
    const group = hotspots.group[i] ?? null;
    if (side === null || group === null || (side === 'cold' && !hasCold)) return [];
    return [{ cell, side, group, color: groupColor(group, side, isDark) }];
  });
}

type HotspotsLayersProps = {
  drawn: readonly DrawnCell[];
  /** Glyphs are drawn in the cells; without, their colours stand alone (cells of few pixels). */
  hasGlyphs: boolean;
  isDark: boolean;
};

/** One hexagon per drawn cell in its colour, and the strokes that tell it without colour. Two draw calls of typed arrays. */
export function hotspotsLayers({ drawn, hasGlyphs, isDark }: HotspotsLayersProps) {
  const cells = drawn.map(({ cell }) => cell);
  const centres = centresOf(cells);
  const middle = cells[cells.length >> 1];
  const corners = middle === undefined ? null : cornersOf(middle);
  const fill = new Uint8Array(drawn.length * 4);
  drawn.forEach(({ color, group }, i) => {
    fill.set(toRgb(color), i * 4);
    fill[i * 4 + 3] = isHollow(group) && hasGlyphs ? 64 : isDark ? 215 : 218;
  });
  const faces = new ColumnLayer({
    id: 'hotspots',
    data: {
      length: cells.length,
      attributes: {
        getPosition: { value: centres, size: 3 },
        getFillColor: { value: fill, size: 4, normalized: true },
      },
    },
    diskResolution: 6,
    vertices: corners,
    radius: 1,
    coverage: 0.95,
    extruded: false,
    stroked: false,
    pickable: false,
  });
  if (!hasGlyphs || corners === null) return [faces];
  const strokes = glyphSegments(drawn, centres, corners);
  const glyphs = new LineLayer({
    id: 'hotspots-glyphs',
    data: {
      length: strokes.colors.length / 4,
      attributes: {
        getSourcePosition: { value: strokes.sources, size: 3 },
        getTargetPosition: { value: strokes.targets, size: 3 },
        getColor: { value: strokes.colors, size: 4, normalized: true },
      },
    },
    getWidth: 1.75,
    widthUnits: 'pixels',
    pickable: false,
  });
  return [faces, glyphs];
}

/** Places where too many records share one coordinate: a small ring on each, dark on a light edge, seen on every colour. */
export function pileUpsLayers(places: readonly { lng: number; lat: number }[], isDark: boolean) {
  const shared = {
    data: places as { lng: number; lat: number }[],
    getPosition: ({ lng, lat }: { lng: number; lat: number }): [number, number] => [lng, lat],
    getRadius: 8,
    radiusUnits: 'pixels' as const,
    filled: false,
    stroked: true,
    lineWidthUnits: 'pixels' as const,
    pickable: false,
  };
  const [line, edge] = (isDark ? ['#ffd892', '#10182a'] : ['#10182a', '#ffffff']).map((hex) => toRgb(hex));
  return [
    new ScatterplotLayer({ ...shared, id: 'hotspots-pile-ups-halo', getLineWidth: 5, getLineColor: edge ?? [0, 0, 0] }),
    new ScatterplotLayer({ ...shared, id: 'hotspots-pile-ups', getLineWidth: 2.25, getLineColor: line ?? [0, 0, 0] }),
  ];
}

/** Metres per degree of latitude on deck.gl's sphere, as in hexes-geometry.ts. */
const metresPerDegree = 40.03e6 / 360;

type Segments = { sources: Float64Array; targets: Float64Array; colors: Uint8Array };

/** All glyphs as straight pieces: [lng, lat, 0] of both ends, and an ink that is read on the face below. Corners in metres. */
export function glyphSegments(drawn: readonly DrawnCell[], centres: Float64Array, corners: Stroke): Segments {
  // From the centre to the middle of a side.
  const inradiusM = (Math.hypot(...(corners[0] ?? [0, 0])) * Math.sqrt(3)) / 2;
  const sources: number[] = [];
  const targets: number[] = [];
  const colors: number[] = [];
  drawn.forEach(({ side, group, color }, i) => {
    const lng = centres[i * 3] ?? 0;
    const lat = centres[i * 3 + 1] ?? 0;
    const degreesPerMetre = [1 / (metresPerDegree * Math.cos((lat * Math.PI) / 180)), 1 / metresPerDegree] as const;
    const ink = toRgb(isHollow(group) ? color : inkOn(color));
    const { lines, edges } = glyphOf(side, group);
    const strokes = [
      ...lines.map((line): Stroke => line.map(([x, y]) => [x * inradiusM, y * inradiusM])),
      ...edges.map((scale) => edgeOf(corners, scale)),
    ];
    for (const stroke of strokes) {
      for (let at = 1; at < stroke.length; at++) {
        const [x0, y0] = stroke[at - 1] ?? [0, 0];
        const [x1, y1] = stroke[at] ?? [0, 0];
        sources.push(lng + x0 * degreesPerMetre[0], lat + y0 * degreesPerMetre[1], 0);
        targets.push(lng + x1 * degreesPerMetre[0], lat + y1 * degreesPerMetre[1], 0);
        colors.push(...ink, 235);
      }
    }
  });
  return {
    sources: Float64Array.from(sources),
    targets: Float64Array.from(targets),
    colors: Uint8Array.from(colors),
  };
}
