import type { Layer } from '@deck.gl/core';
import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Bbox, LngLat } from '@diemnong/contracts';
import {
  AttributionControl,
  Map as MapLibreMap,
  type MapMouseEvent,
  prewarm,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Camera } from '../state/view-search.ts';
import { isSameCamera } from './camera.ts';
import type { Drawing, DrawingOptions } from './drawing.ts';
import { inDrawOrder } from './layer-order.ts';
import 'maplibre-gl/dist/maplibre-gl.css';

/** Ids of terra-draw's sources and layers begin with it. */
const drawingPrefix = 'drawing';

setWorkerUrl(workerUrl);
prewarm(); // the worker loads its own code while the page still reads meta

export type PointerEvent = {
  lngLat: LngLat;
  x: number;
  y: number /** In the right third of the map. */;
  isRight: boolean;
};

/** The engine as the rest of the client sees it: setters that may be called with the same value any number of times. */
export type MapEngine = {
  setStyle: (key: string, style: StyleSpecification) => void;
  /** The layers of one group (a feature); the engine keeps the groups in the order of layer-order.ts. */
  setLayers: (group: string, layers: Layer[]) => void;
  setCamera: (camera: Camera) => void;
  flyTo: (bbox: Bbox) => void;
  zoomBy: (steps: number) => void;
  panBy: (dx: number, dy: number) => void;
  /** Each returns the function that ends the subscription. */
  onMove: (listener: (camera: Camera) => void) => () => void;
  onClick: (listener: (event: PointerEvent) => void) => () => void;
  onHover: (listener: (event: PointerEvent | null) => void) => () => void;
  /** Every place the pressed pointer passes over, first its press; the map stays where it is as long as somebody listens. */
  onPaint: (listener: (event: PointerEvent & { isStart: boolean }) => void) => () => void;
  /** Drawing by hand on the map; its code comes when it is first asked for. */
  startDrawing: (options: DrawingOptions) => Promise<Drawing>;
  /** Runs once after the next frame in which the data layers were drawn. */
  afterNextDraw: (listener: () => void) => void;
};

export type MapEngineOptions = {
  camera: Camera;
  styleKey: string;
  style: StyleSpecification;
  /** Data layers are drawn under this layer of the basemap: borders and labels stay above them. */
  beforeId: string;
  title: string;
};

/** Creates MapLibre and the deck.gl overlay inside one WebGL context. Once per page: the map is never unmounted. */
export function createMapEngine(container: HTMLElement, options: MapEngineOptions): MapEngine {
  const { camera } = options;
  const map = new MapLibreMap({
    container,
    style: options.style,
    center: [camera.lng, camera.lat],
    zoom: camera.zoom,
    minZoom: 5,
    maxZoom: 18,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: 0,
    trackResize: false, // it skips the first change of size, which comes when the map moves into its slot
    locale: { 'Map.Title': options.title },
  });
  new ResizeObserver(() => map.resize()).observe(container);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disable(); // arrows step through time; MapControls offers zoom to the keyboard
  map.addControl(new ScaleControl({ maxWidth: 96 }), 'bottom-right');
  map.addControl(new AttributionControl({ compact: true }), 'bottom-right');

  let drawListener: (() => void) | undefined;
  const overlay = new MapLibreOverlay({
    interleaved: true,
    layers: [],
    onAfterRender() {
      if (drawn.length === 0) return;
      const listener = drawListener;
      drawListener = undefined;
      listener?.();
    },
  });
  map.addControl(overlay);

  const groups = new Map<string, Layer[]>();
  let drawn: Layer[] = [];
  const draw = () => overlay.setProps({ layers: drawn });
  // The overlay takes its place below the borders only when the style and all its tiles are there, and does not look
  // again by itself; a new style may leave it under the land. So its place is checked whenever the map comes to rest.
  map.on('idle', () => {
    if (drawn.length === 0) return;
    const order = map.getLayersOrder();
    const ofData = order.filter((id) => id.startsWith('deck-'));
    if (ofData.length === 0) draw();
    const place = order.indexOf(options.beforeId);
    for (const id of ofData) {
      const between = order.slice(order.indexOf(id) + 1, place).some((other) => !other.startsWith('deck-'));
      if (place >= 0 && (between || order.indexOf(id) > place)) map.moveLayer(id, options.beforeId);
    }
  });
  let styleKey = options.styleKey;
  let wanted = camera;

  const pointer =
    (listener: (event: PointerEvent) => void) =>
    (event: { lngLat: { lng: number; lat: number }; point: { x: number; y: number } }) =>
      listener({
        lngLat: [event.lngLat.lng, event.lngLat.lat],
        x: event.point.x,
        y: event.point.y,
        isRight: event.point.x > (map.getContainer().clientWidth * 2) / 3,
      });

  return {
    setStyle(key, style) {
      if (key === styleKey) return;
      styleKey = key;
      map.setStyle(style, { diff: true, transformStyle: keepDrawing });
    },
    setLayers(group, ofGroup) {
      if (ofGroup.length === 0 && !groups.has(group)) return;
      groups.set(group, ofGroup);
      const layers = inDrawOrder([...groups.values()].flat());
      drawn = layers.map((layer) => layer.clone({ beforeId: options.beforeId } as object));
      draw();
    },
    setCamera(next) {
      const centre = map.getCenter();
      if (isSameCamera(next, { lng: centre.lng, lat: centre.lat, zoom: map.getZoom() })) return;
      if (isSameCamera(next, wanted) && map.isMoving()) return;
      wanted = next;
      map.jumpTo({ center: [next.lng, next.lat], zoom: next.zoom });
    },
    flyTo([west, south, east, north]) {
      const padding = Math.min(map.getContainer().clientWidth, map.getContainer().clientHeight) * 0.15;
      map.fitBounds([west, south, east, north], { padding, maxZoom: 15, duration: 900 });
    },
    zoomBy: (steps) => void map.zoomTo(map.getZoom() + steps, { duration: 200 }),
    panBy: (dx, dy) => void map.panBy([dx, dy], { duration: 200 }),
    onMove(listener) {
      const report = () => {
        const centre = map.getCenter();
        const now = { lng: centre.lng, lat: centre.lat, zoom: map.getZoom() };
        if (isSameCamera(now, wanted)) return;
        wanted = now;
        listener(now);
      };
      map.on('moveend', report);
      return () => void map.off('moveend', report);
    },
    onClick(listener) {
      const report = pointer(listener);
      map.on('click', report);
      return () => void map.off('click', report);
    },
    onHover(listener) {
      const report = pointer(listener);
      const leave = () => listener(null);
      map.on('mousemove', report);
      map.on('mouseout', leave);
      map.on('movestart', leave);
      return () => {
        map.off('mousemove', report);
        map.off('mouseout', leave);
        map.off('movestart', leave);
      };
    },
    onPaint(listener) {
      let isDown = false;
      const report = (isStart: boolean) => pointer((event) => listener({ ...event, isStart }));
      const press = (event: MapMouseEvent) => {
        if (event.originalEvent.button !== 0) return;
        isDown = true;
        report(true)(event);
      };
      const move = (event: MapMouseEvent) => {
        if (isDown) report(false)(event);
      };
      const release = () => {
        isDown = false;
      };
      map.dragPan.disable();
      map.on('mousedown', press);
      map.on('mousemove', move);
      window.addEventListener('mouseup', release);
      return () => {
        map.dragPan.enable();
        map.off('mousedown', press);
        map.off('mousemove', move);
        window.removeEventListener('mouseup', release);
      };
    },
    async startDrawing(drawingOptions) {
      const { startDrawing } = await import('./drawing.ts');
      return startDrawing(map, drawingPrefix, drawingOptions);
    },
    afterNextDraw(listener) {
      drawListener = listener;
      map.triggerRepaint();
    },
  };
}

/** Another theme or language leaves what is being drawn on the map: terra-draw's layers are no part of any style. */
function keepDrawing(before: StyleSpecification | undefined, next: StyleSpecification): StyleSpecification {
  const layers = before?.layers.filter(({ id }) => id.startsWith(drawingPrefix)) ?? [];
  const sources = Object.entries(before?.sources ?? {}).filter(([id]) => id.startsWith(drawingPrefix));
  return {
    ...next,
    sources: { ...next.sources, ...Object.fromEntries(sources) },
    layers: [...next.layers, ...layers],
  };
}
