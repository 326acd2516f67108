import type { Shown } from '@diemnong/analysis';
import type { Scope } from '../../access/scope.ts';
import { firstDayOfMonth, toDay } from '../../snapshot/local-days.ts';
import type { SnapshotStore } from '../../snapshot/snapshot-store.ts';
import { readShared } from './read-shared.ts';
import { countMonths } from './shared-sums.ts';

/** How far the published numbers reach, and how many records they are of. */
export type PublishedRange = {
  range: { from: string; to: string } | null;
  incidentCount: Shown;
  hiddenUnder: number;
};

export function describePublication(snapshots: SnapshotStore, viewer: Scope): Promise<PublishedRange> {
  return readShared(snapshots, viewer, async ({ publication }) => {
    const { first, end, smallest } = publication;
    if (first === undefined || end === undefined) return { range: null, incidentCount: 0, hiddenUnder: smallest };
    return {
      range: { from: toDay(firstDayOfMonth(first)), to: toDay(firstDayOfMonth(end)) },
      incidentCount: countMonths(publication, first - (first % 12), end, undefined),
      hiddenUnder: smallest,
    };
  });
}
