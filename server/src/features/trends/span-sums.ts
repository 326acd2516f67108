import type { SpanCounts } from '../../snapshot/snapshot-spans.ts';
import type { Period } from './trends-rules.ts';

/** Sums over windows whose ends are cuts; any other end is an error. */
export type SpanSums = {
  /** Records of all communes, those outside the default set included. */
  all(window: Period): number;
  of(commune: string, window: Period): number;
};

/** The cuts that the ends of windows make. */
export function cutsOf(windows: readonly Period[]): number[] {
  return [...new Set(windows.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
}

/** Sums of some groups together. */
export function sumSpans({ cuts, groups }: SpanCounts, wanted: readonly number[] = groups.map((_, i) => i)): SpanSums {
  const placeOf = new Map(cuts.map((day, place) => [day, place]));
  const total = new Float64Array(cuts.length);
  const communes = new Map<string, Float64Array>();
  for (const group of wanted)
    for (const [commune, counts] of groups[group]) {
      const sums = communes.get(commune) ?? new Float64Array(cuts.length);
      communes.set(commune, sums);
      let sum = 0;
      for (let span = 0; span < counts.length; span++) {
        sum += counts[span];
        sums[span + 1] += sum;
        total[span + 1] += sum;
      }
    }
  const between = (sums: Float64Array, { from, to }: Period): number => {
    const [first, end] = [placeOf.get(from), placeOf.get(to)];
    if (first === undefined || end === undefined) throw new Error(`window ${from}…${to} was not counted`);
    return sums[end] - sums[first];
  };
  return {
    all: (window) => between(total, window),
    of: (commune, window) => {
      const sums = communes.get(commune);
      return sums === undefined ? 0 : between(sums, window);
    },
  };
}
