/** A scale of classes: `bounds[i]` is the least value of class i; a value below the first has no class. */
export type ClassScale = { bounds: readonly number[]; colors: readonly string[] };

/** Class of a value, −1 below the first bound. */
export function classOf(value: number, bounds: readonly number[]): number {
  let found = -1;
  for (let i = 0; i < bounds.length && value >= (bounds[i] ?? Number.POSITIVE_INFINITY); i++) found = i;
  return found;
}

/** The value below which a share of the sorted values lies. 0 for no values. */
function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/**
 * Six classes for counts of rare things, from 1 up, or from the smallest number that is shown: equal steps in the logarithm, the last one beginning where the top
 * two percent do, every bound a whole number greater than the one before.
 * [1, 2, 4, 8, 17, 35] for a top of 35.
 */
export function countBounds(counts: ArrayLike<number>, smallest = 1, classes = 6): number[] {
  const sorted = Float64Array.from(counts).sort();
  const top = Math.max(quantile(sorted, 0.98), smallest + classes - 1);
  const bounds = [smallest];
  for (let i = 1; i < classes; i++) {
    const even = Math.round(smallest * (top / smallest) ** (i / (classes - 1)));
    bounds.push(Math.max(even, (bounds[i - 1] ?? 0) + 1));
  }
  return bounds;
}

/**
 * Six classes for rates or large counts: equal steps in the logarithm between the lower and the upper tenth, rounded to
 * two digits; class 0 begins at 0. [] when no value is above zero.
 */
export function rateBounds(values: readonly number[], isWhole: boolean, classes = 6): number[] {
  const sorted = Float64Array.from(values.filter((value) => value > 0)).sort();
  if (sorted.length === 0) return [];
  const low = quantile(sorted, 0.15);
  const high = Math.max(quantile(sorted, 0.95), low * 1.5);
  const bounds = [0];
  for (let i = 0; i < classes - 1; i++) {
    const even = roundTo2(low * (high / low) ** (i / (classes - 2)));
    const whole = isWhole ? Math.max(1, Math.round(even)) : even;
    const before = bounds[i] ?? 0;
    bounds.push(whole > before ? whole : isWhole ? before + 1 : roundTo2(before * 1.2 + 0.01));
  }
  return bounds;
}

/** 1234 → 1200; 0.0347 → 0.035. */
function roundTo2(value: number): number {
  return Number(value.toPrecision(2));
}
