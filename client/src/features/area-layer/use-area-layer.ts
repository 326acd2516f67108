import type { Bbox } from '@diemnong/contracts';
import { useMemo } from 'react';
import { useMapLayers } from '../../map/map-context.ts';
import type { Camera } from '../../state/view-search.ts';
import { areaLayers } from './area-layer.ts';
import { meets, type PlacedShape, shownBounds } from './area-places.ts';
import { type ThinnedAreas, thinOut } from './thinned-areas.ts';

type AreaLayerOptions = { camera: Camera; isDark: boolean; isQuiet?: boolean };

/** Beyond this the lines grow with the map: a closer look needs no finer rhythm. */
const finestZoom = 16;

/** Draws the shapes that are near the window, and tells which of them are drawn how. */
export function useAreaLayer(
  placed: readonly PlacedShape[],
  { camera, isDark, isQuiet = false }: AreaLayerOptions,
): ThinnedAreas {
  const zoom = Math.min(finestZoom, Math.round(camera.zoom));
  const thinned = useThinnedAreas(placed, camera);
  const layers = useMemo(
    () => (thinned.outlined.length + thinned.points.length > 0 ? areaLayers({ thinned, zoom, isDark, isQuiet }) : []),
    [thinned, zoom, isDark, isQuiet],
  );
  useMapLayers('areas', layers);
  return thinned;
}

/** The shapes near the window, thinned out; another answer only when the map has come to rest well away, or at another zoom. */
export function useThinnedAreas(placed: readonly PlacedShape[], camera: Camera): ThinnedAreas {
  const near = useNear(placed, camera);
  const zoom = Math.min(finestZoom, Math.round(camera.zoom));
  return useMemo(() => thinOut(near, zoom), [near, zoom]);
}

function useNear(placed: readonly PlacedShape[], camera: Camera): readonly PlacedShape[] {
  const { lng, lat, zoom } = steadyCamera(camera);
  return useMemo(() => {
    // As much as the window shows and a sixth on every side.
    const size = { width: (window.innerWidth * 2) / 3, height: (window.innerHeight * 2) / 3 };
    const bounds: Bbox = shownBounds({ lng, lat, zoom }, size);
    const near = placed.filter(({ bbox }) => meets(bbox, bounds));
    return near.length === placed.length ? placed : near;
  }, [placed, lng, lat, zoom]);
}

/**
 * The camera on a grid of a third of a window, at the widest zoom that is rounded to the same: a move or a zoom that stays near a
 * point of the grid needs no new drawing.
 */
function steadyCamera(camera: Camera): Camera {
  const zoom = Math.round(camera.zoom) - 0.5;
  const degreesPerPixel = 360 / (512 * 2 ** zoom);
  const toGrid = (degrees: number, pixels: number) => {
    const step = (pixels / 3) * degreesPerPixel;
    return Math.round(degrees / step) * step;
  };
  return { lng: toGrid(camera.lng, window.innerWidth), lat: toGrid(camera.lat, window.innerHeight), zoom };
}
