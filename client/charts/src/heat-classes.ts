/** Least values of equal classes from just above zero up to `top`: for 12 in six classes 0+, 2, 4, 6, 8, 10. Zero has no class. */
export function heatBounds(top: number, classes: number): number[] {
  return Array.from({ length: classes }, (_, i) => (i === 0 ? Number.MIN_VALUE : (Math.max(top, 1e-9) * i) / classes));
}

/** Class of a value; −1 for zero. */
export function heatClass(value: number, bounds: readonly number[]): number {
  return bounds.findLastIndex((bound) => value >= bound);
}
