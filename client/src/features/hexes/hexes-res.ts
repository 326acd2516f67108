import type { H3Res } from '@diemnong/contracts';

/** From this zoom on, the resolution: a hexagon is then 12–30 pixels across, wide enough to point at. */
const steps: readonly [zoom: number, res: H3Res][] = [
  [12.4, 10],
  [11, 9],
  [9.4, 8],
];

/** The one resolution that shared views have. */
export const sharedRes: H3Res = 8;

/** The H3 resolution that is drawn at a zoom, 7–10. */
export function resForZoom(zoom: number): H3Res {
  return steps.find(([from]) => zoom >= from)?.[1] ?? 7;
}
