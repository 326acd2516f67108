import type { Bbox } from '@diemnong/contracts';
import { cameraForBbox } from '../map/camera.ts';
import type { Camera } from '../state/view-search.ts';

/** Viet Nam, for a platform that holds no boundary yet. */
const country: Bbox = [102, 8, 114.5, 23.5];

/** The whole province in the part of the window that the frame leaves to the map (rem sizes of tokens.css). */
export function openingCamera(bbox: Bbox | null): Camera {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const isNarrow = window.innerWidth <= 72 * rem;
  const width = window.innerWidth - (isNarrow ? 4 + 19 : 13.25 + 21) * rem;
  const height = window.innerHeight - (3.25 + 11) * rem;
  return cameraForBbox(bbox ?? country, { width: Math.max(width, 200), height: Math.max(height, 200) });
}
