import type { Bbox } from '@diemnong/contracts';
import { useMemo } from 'react';
import { useMapLayers } from '../../map/map-context.ts';
import type { Camera } from '../../state/view-search.ts';
import { areaLayers } from './area-layer.ts';
import { meets, type PlacedShape, shownBounds } from './area-places.ts';

type AreaLayerOptions = { camera: Camera; isDark: boolean; isQuiet?: boolean };

/** Beyond this the lines grow with the map: a closer look needs no finer rhythm. */
const finestZoom = 16;

/** Draws the shapes that are near the window; a new drawing only when the map has come to rest somewhere else. */
export function useAreaLayer(
  placed: readonly PlacedShape[],
  { camera, isDark, isQuiet = false }: AreaLayerOptions,
): void {
  const near = useNear(placed, camera);
  const zoom = Math.min(finestZoom, Math.round(camera.zoom));
  const layers = useMemo(
    () => (near.length > 0 ? areaLayers({ placed: near, zoom, isDark, isQuiet }) : []),
    [near, zoom, isDark, isQuiet],
  );
  useMapLayers('areas', layers);
}

function useNear(placed: readonly PlacedShape[], { lng, lat, zoom }: Camera): readonly PlacedShape[] {
  return useMemo(() => {
    const bounds: Bbox = shownBounds({ lng, lat, zoom }, { width: window.innerWidth, height: window.innerHeight });
    return placed.filter(({ bbox }) => meets(bbox, bounds));
  }, [placed, lng, lat, zoom]);
}
