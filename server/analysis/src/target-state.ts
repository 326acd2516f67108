import { wilson } from './wilson.ts';

export type TargetState = 'met' | 'at-risk' | 'missed' | 'no-data';

/**
 * Where a share stands to the least it must reach.
 * - met: the share itself reaches the target, which is all the resolutions ask; 60 of 100 reaches 0.6 exactly
 * - at-risk: it does not, but so few cases would do that by chance: the 95% Wilson interval still reaches the target
 * - missed: the whole interval lies below the target
 * - no-data: n is 0, never 0% or 100%.
 * @throws RangeError unless 0 ≤ k ≤ n and 0 ≤ target ≤ 1.
 */
export function targetState(k: number, n: number, target: number): TargetState {
  if (!(target >= 0 && target <= 1)) throw new RangeError(`target ${target}; expected a share from 0 to 1`);
  const share = wilson(k, n);
  if (share === null) return 'no-data';
  if (k >= successesNeeded(n, target)) return 'met';
  return share.high < target ? 'missed' : 'at-risk';
}

/** The least k of n that meets the target. What 0.85 · n misses by a rounding is forgiven. */
export function successesNeeded(n: number, target: number): number {
  return Math.ceil(target * n * (1 - 4 * Number.EPSILON));
}
