/** The greatest of numbers, nulls and nothings aside; 0 for none. */
export function greatest(values: readonly (number | null | undefined)[]): number {
  let top = 0;
  for (const value of values) if (value !== null && value !== undefined && value > top) top = value;
  return top;
}
