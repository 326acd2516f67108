import type { Selection } from './selection.ts';
import type { Snapshot } from './snapshot.ts';
import { scan } from './snapshot-scan.ts';

/** Into which group each category code goes; a code that is not in it goes into the last one. */
export type Grouping = { of: ReadonlyMap<string, number>; count: number };

/** Records of each span [cuts[i], cuts[i + 1]). */
export type SpanCounts = {
  cuts: readonly number[];
  /** Per group, by commune code; communes without a record in the group are absent. */
  groups: Map<string, Int32Array>[];
  timeUnknown: Int32Array;
};

/** The statement in features/trends/trends-queries.ts (`countBySpan`) read from the snapshot. `selection` runs from the first cut to the last. */
export function snapshotCountBySpan(
  snapshot: Snapshot,
  selection: Selection,
  cuts: readonly number[],
  grouping: Grouping,
): SpanCounts {
  const spans = cuts.length - 1;
  const spanOf = spansOfDays(cuts);
  const { commune } = snapshot;
  const rows = snapshot.communes.length + 1;
  const counts = Array.from({ length: grouping.count }, () => new Int32Array(rows * spans));
  const groupOf = snapshot.categories.map((code) => grouping.of.get(code) ?? grouping.count - 1);
  const timeUnknown = new Int32Array(spans);
  scan(snapshot, selection, undefined, {
    matched(start, stop, category, day) {
      const ofGroup = counts[groupOf[category]];
      const span = spanOf[day - cuts[0]];
      for (let row = start; row < stop; row++) ofGroup[commune[row] * spans + span]++;
    },
    unknown(count, day) {
      timeUnknown[spanOf[day - cuts[0]]] += count;
    },
  });
  return { cuts, groups: counts.map((ofGroup) => byCommune(snapshot, ofGroup, spans)), timeUnknown };
}

function byCommune({ communes }: Snapshot, counts: Int32Array, spans: number): Map<string, Int32Array> {
  const found = new Map<string, Int32Array>();
  communes.forEach((code, i) => {
    const own = counts.subarray((i + 1) * spans, (i + 2) * spans);
    if (own.some((count) => count > 0)) found.set(code, own);
  });
  return found;
}

/** Number of the span of each day from the first cut on. */
function spansOfDays(cuts: readonly number[]): Int32Array {
  const spanOf = new Int32Array(cuts[cuts.length - 1] - cuts[0]);
  for (let span = 0; span + 1 < cuts.length; span++) spanOf.fill(span, cuts[span] - cuts[0], cuts[span + 1] - cuts[0]);
  return spanOf;
}
