import type { ClassScale } from '../../ui/class-scale.ts';
import { sequentialRamp } from '../../ui/ramps.ts';

/** The classes of hexagons in the colours of the theme; shared by layer and legend. */
export function hexesScale(bounds: readonly number[], isDark: boolean): ClassScale {
  return { bounds, colors: sequentialRamp(isDark) };
}
