import type { AreaTask } from '@diemnong/contracts';

/** Records of the window for as many days as the baseline's: the number that its count is held against. */
export function expectedCount({ window, baseline }: Pick<AreaTask, 'window' | 'baseline'>): number | null {
  return baseline.days > 0 ? (baseline.count * window.days) / baseline.days : null;
}

/** A ratio as a share of the baseline: back to 92% of it (70–118%); null where there is nothing to divide by. */
export function levelWords({ ratio, low, high }: Pick<AreaTask, 'ratio' | 'low' | 'high'>): {
  percent: number;
  low: number;
  high: number | null;
} | null {
  if (ratio === null) return null;
  return {
    percent: Math.round(100 * ratio),
    low: Math.round(100 * (low ?? 0)),
    high: high === null ? null : Math.round(100 * high),
  };
}
