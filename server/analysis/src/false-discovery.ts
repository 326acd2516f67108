/**
 * Benjamini–Hochberg q-values: the false discovery rate at which each test would just be kept.
 * @returns index-aligned with `p`; null where p is, and nulls do not count as tests.
 * Source: Y. Benjamini & Y. Hochberg, J. Royal Statistical Society B 57, 1995.
 */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
  const q = p.map((): number | null => null);
  const tests = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  tests.sort((a, b) => b.value - a.value);
  let smallest = 1;
  tests.forEach(({ value, index }, place) => {
    smallest = Math.min(smallest, (value * tests.length) / (tests.length - place));
    q[index] = smallest;
  });
  return q;
}
