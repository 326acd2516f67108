import type { LngLat } from '@diemnong/contracts';
import type { Map as MapLibreMap } from 'maplibre-gl';
import {
  type HexColor,
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawRenderMode,
  TerraDrawSelectMode,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';

/** `rest`: what is drawn is seen, and the map answers to nothing but moving. */
export type DrawTool = 'polygon' | 'line' | 'corners' | 'rest';
/** A closed ring of corners. */
type DrawnRing = LngLat[];
/** What stands on the map: polygons without holes, and cutting lines. */
export type Drawn = { rings: DrawnRing[]; lines: LngLat[][] };

export type DrawingOptions = {
  color: string;
  edge: string;
  /** A polygon or line was finished, a corner moved, or a step taken back. */
  onChange: (drawn: Drawn) => void;
  /** The tool changed by itself: after a polygon its corners can be dragged. */
  onTool: (tool: DrawTool) => void;
};

export type Drawing = {
  setTool: (tool: DrawTool) => void;
  /** Put these in place of what stands there; part of the history. */
  set: (drawn: Drawn) => void;
  /** The corner set last while drawing; else the change before. */
  undo: () => void;
  stop: () => void;
};

/** Decimals of a coordinate that are kept, about a centimetre. */
const decimals = 7;
const modes: Record<DrawTool, string> = { polygon: 'polygon', line: 'linestring', corners: 'select', rest: 'rest' };

/** terra-draw on the one map. Whoever starts it stops it. */
export function startDrawing(map: MapLibreMap, prefixId: string, options: DrawingOptions): Drawing {
  const color = options.color as HexColor;
  const edge = options.edge as HexColor;
  const points = {
    closingPointColor: edge,
    closingPointOutlineColor: color,
    closingPointOutlineWidth: 2,
    closingPointWidth: 6,
  };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId, coordinatePrecision: decimals }),
    modes: [
      new TerraDrawPolygonMode({
        styles: { fillColor: color, fillOpacity: 0.14, outlineColor: color, outlineWidth: 3, ...points },
      }),
      new TerraDrawLineStringMode({
        styles: { lineStringColor: color, lineStringWidth: 3, ...points },
      }),
      new TerraDrawSelectMode({
        allowManualDeselection: false,
        flags: {
          polygon: {
            feature: {
              draggable: false,
              selfIntersectable: false,
              coordinates: { midpoints: true, draggable: true, deletable: true },
            },
          },
          linestring: { feature: { draggable: false, coordinates: { midpoints: true, draggable: true } } },
        },
        styles: {
          selectedPolygonColor: color,
          selectedPolygonFillOpacity: 0.14,
          selectedPolygonOutlineColor: color,
          selectedPolygonOutlineWidth: 3,
          selectedLineStringColor: color,
          selectedLineStringWidth: 3,
          selectionPointColor: edge,
          selectionPointOutlineColor: color,
          selectionPointOutlineWidth: 2,
          selectionPointWidth: 6,
          midPointColor: color,
          midPointOutlineColor: edge,
          midPointOutlineWidth: 1,
          midPointWidth: 4,
        },
      }),
      new TerraDrawRenderMode({ modeName: 'rest', styles: { polygonFillColor: color, polygonOutlineColor: color } }),
    ],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
  });
  draw.start();

  let tool: DrawTool = 'rest';
  draw.setMode(modes[tool]);
  const history: Drawn[] = [{ rings: [], lines: [] }];
  const read = (): Drawn => {
    const rings: DrawnRing[] = [];
    const lines: LngLat[][] = [];
    for (const { geometry, properties } of draw.getSnapshot()) {
      // Corner handles and what is still being drawn are features of the same store.
      if (properties['currentlyDrawing'] === true) continue;
      if (geometry.type === 'Polygon') rings.push((geometry.coordinates[0] ?? []) as LngLat[]);
      else if (geometry.type === 'LineString') lines.push(geometry.coordinates as LngLat[]);
    }
    return { rings, lines };
  };
  const write = ({ rings, lines }: Drawn) => {
    if (tool === 'corners') draw.setMode('rest'); // a selected feature cannot be taken away under its handles
    draw.clear();
    draw.addFeatures([
      ...rings.map((ring) => ({
        type: 'Feature' as const,
        geometry: { type: 'Polygon' as const, coordinates: [ring.map(round)] },
        properties: { mode: 'polygon' },
      })),
      ...lines.map((line) => ({
        type: 'Feature' as const,
        geometry: { type: 'LineString' as const, coordinates: line.map(round) },
        properties: { mode: 'linestring' },
      })),
    ]);
    if (tool === 'corners') use('corners');
  };
  const use = (next: DrawTool) => {
    tool = next;
    draw.setMode(modes[next]);
    if (next !== 'corners') return;
    const last = draw.getSnapshot().findLast(({ geometry }) => geometry.type !== 'Point');
    if (last?.id !== undefined) draw.selectFeature(last.id);
  };
  const settle = (now: Drawn) => {
    history.push(now);
    options.onChange(now);
  };

  draw.on('finish', (_id, { action }) => {
    settle(read());
    if (action !== 'draw') return;
    // Not inside its own event: the mode is still closing what it drew.
    queueMicrotask(() => {
      use('corners');
      options.onTool('corners');
    });
  });

  return {
    setTool(next) {
      if (next !== tool) use(next);
    },
    set(drawn) {
      write(drawn);
      settle(read());
    },
    undo() {
      if (draw.getModeState() === 'drawing' && draw.undo()) return;
      if (history.length < 2) return;
      history.pop();
      const before = history.at(-1) ?? { rings: [], lines: [] };
      write(before);
      options.onChange(before);
    },
    stop: () => draw.stop(),
  };
}

const round = ([lng, lat]: LngLat): LngLat => [Number(lng.toFixed(decimals)), Number(lat.toFixed(decimals))];
