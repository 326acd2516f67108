import type { AreaStatus } from '@diemnong/contracts';
import { areaStatusStyles, areaToneColors } from '../areas/area-status-style.ts';

/** Colour of a status on the map and in its legend. */
export function areaColor(status: AreaStatus, isDark: boolean): string {
  const { onDark, onLight } = areaToneColors[areaStatusStyles[status].tone];
  return isDark ? onDark : onLight;
}
