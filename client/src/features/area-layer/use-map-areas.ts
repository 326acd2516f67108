import type { LngLat } from '@diemnong/contracts';
import { useEffect, useMemo, useRef } from 'react';
import type { MapEngine } from '../../map/map-engine.ts';
import { useView } from '../../state/use-view.ts';
import { useArea } from '../areas/use-area.ts';
import { bboxOf } from '../communes/commune-bbox.ts';
import { areaAt, meets, placedShapes, pointAt, shownBounds } from './area-places.ts';
import { useAreaLayer } from './use-area-layer.ts';
import { type AreaShape, useAreaDay, useAreaShapes } from './use-area-shapes.ts';
import { useShownCamera } from './use-shown-camera.ts';

type MapAreasOptions = { isDark: boolean; engine: MapEngine | null };

/** The areas over the map's picture: drawn while they are asked for, or while one of them is selected. */
export function useMapAreas({ isDark, engine }: MapAreasOptions): {
  /** The area under a point, of those drawn. */
  at: (point: LngLat) => AreaShape | undefined;
  /** Border of the selected one. */
  outline: [number, number][][];
} {
  const { areas, area: selected } = useView();
  const camera = useShownCamera();
  const asOf = useAreaDay();
  const { shapes, canAnalyse } = useAreaShapes(areas !== undefined || selected !== undefined);
  const placed = useMemo(() => placedShapes(shapes), [shapes]);
  const { points } = useAreaLayer(placed, { camera, isDark });

  const { data: area } = useArea(canAnalyse ? selected : undefined, asOf);
  const geometry = area?.geometry ?? null;
  // A link to an area flies to it; one that was clicked is where the eye is already.
  const flownTo = useRef<string>(undefined);
  useEffect(() => {
    if (engine === null || area === undefined || flownTo.current === area.id) return;
    flownTo.current = area.id;
    if (geometry === null) return;
    const bbox = bboxOf(geometry);
    const inner = shownBounds({ ...camera, zoom: camera.zoom + 1 }, sizeOfWindow());
    const isLarge = (bbox[2] - bbox[0]) / (inner[2] - inner[0]) > 0.1;
    if (!meets(bbox, inner) || !isLarge) engine.flyTo(bbox);
  }, [engine, area, geometry, camera]);

  return useMemo(
    () => ({
      at: (point: LngLat) => (areaAt(point, placed) ?? pointAt(point, points, camera.zoom))?.shape,
      outline: (geometry?.coordinates.flat() ?? []) as [number, number][][],
    }),
    [placed, points, camera.zoom, geometry],
  );
}

function sizeOfWindow() {
  return { width: window.innerWidth, height: window.innerHeight };
}
