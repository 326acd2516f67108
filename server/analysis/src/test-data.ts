import type { CommuneShape } from './commune-index.ts';

/** Read by tests only. */

/** What the commune files hold; communes of the real ones are the shapes an index takes. */
export interface CommuneCollection {
  readonly features: readonly { properties: { code: string }; geometry: CommuneShape['geometry'] }[];
}

export function communesOf({ features }: CommuneCollection): CommuneShape[] {
  return features.map(({ properties, geometry }) => ({ code: properties.code, geometry }));
}

/** Reference values with their infinite numbers, which JSON holds as text. */
export function withInfinities<Content>(content: Content): Content {
  return revive(content) as Content;
}

function revive(value: unknown): unknown {
  if (value === 'Infinity') return Infinity;
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

/** Numbers in [0, 1), the same in every run. Mulberry32, T. Ettinger 2017 (public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What is not within an absolute tolerance of the reference, place by place; null must meet null. */
export function deviations(
  got: readonly (number | null)[],
  expected: readonly (number | null)[],
  tolerance: number,
): { at: number; got: number | null | undefined; expected: number | null | undefined }[] {
  return Array.from({ length: Math.max(got.length, expected.length) }, (_, at) => at).flatMap((at) => {
    const value = got[at];
    const want = expected[at];
    const isNear =
      typeof value === 'number' && typeof want === 'number' ? Math.abs(value - want) <= tolerance : value === want;
    return isNear ? [] : [{ at, got: value, expected: want }];
  });
}
