import type { Bbox } from '@diemnong/contracts';
import type { Camera } from '../state/view-search.ts';

const tileSize = 512;
/** Air left around a box that is fitted, as a share of the shorter side of the screen. */
const padding = 0.06;

const mercatorY = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
const latitudeOf = (y: number) => (Math.atan(Math.exp(y * 2 * Math.PI)) * 360) / Math.PI - 90;

/**
 * The camera that shows a whole box on a screen of the given pixels. Known without the engine, so that the first
 * hexagons can be asked for (their resolution follows the zoom) while the engine is still on its way.
 */
export function cameraForBbox([west, south, east, north]: Bbox, size: { width: number; height: number }): Camera {
  const inset = 1 - 2 * padding;
  const y0 = mercatorY(south);
  const y1 = mercatorY(north);
  const zoomX = Math.log2((size.width * inset) / (tileSize * Math.max((east - west) / 360, 1e-9)));
  const zoomY = Math.log2((size.height * inset) / (tileSize * Math.max(y1 - y0, 1e-9)));
  return {
    lng: (west + east) / 2,
    lat: latitudeOf((y0 + y1) / 2),
    zoom: Math.min(Math.max(Math.min(zoomX, zoomY), 0), 18),
  };
}

/** Cameras closer than a pixel or so are the same: the address keeps five decimals. */
export function isSameCamera(a: Camera, b: Camera): boolean {
  return Math.abs(a.lng - b.lng) < 2e-5 && Math.abs(a.lat - b.lat) < 2e-5 && Math.abs(a.zoom - b.zoom) < 0.011;
}
