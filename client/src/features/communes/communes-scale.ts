import type { MeasureName } from '../../state/view-search.ts';
import { type ClassScale, rateBounds } from '../../ui/class-scale.ts';
import { divergingRamp, sequentialRamp } from '../../ui/ramps.ts';
import type { CommuneCount } from './use-commune-counts.ts';

/** Bounds of the change classes in percent, the same for every kind and period; the middle class is "about the same". */
export const changeBounds = [Number.NEGATIVE_INFINITY, -40, -20, -5, 5, 20, 40] as const;

/** The value a commune is coloured by; null = no colour (no population, or too few to compare). */
export function measureOf(commune: CommuneCount, measure: MeasureName): number | null {
  if (measure === 'change') return commune.changePercent;
  return commune[measure];
}

/** Classes of a measure from the counts that lock them; change has fixed classes. */
export function communesScale(locking: readonly CommuneCount[], measure: MeasureName, isDark: boolean): ClassScale {
  if (measure === 'change') return { bounds: changeBounds, colors: divergingRamp(isDark) };
  const values = locking.map((commune) => measureOf(commune, measure) ?? 0);
  return { bounds: rateBounds(values, measure === 'count'), colors: sequentialRamp(isDark) };
}
