/** The items with the greatest and the least value; undefined when none has one. */
export function extremes<T>(items: readonly T[], read: (item: T) => number | null): { top: T; least: T } | undefined {
  let found: { top: T; least: T; high: number; low: number } | undefined;
  for (const item of items) {
    const value = read(item);
    if (value === null) continue;
    if (found === undefined) found = { top: item, least: item, high: value, low: value };
    if (value > found.high) Object.assign(found, { top: item, high: value });
    if (value < found.low) Object.assign(found, { least: item, low: value });
  }
  return found;
}
