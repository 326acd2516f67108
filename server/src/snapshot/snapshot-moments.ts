import { isoWeekday } from './local-days.ts';
import type { Selection } from './selection.ts';
import { hourOfClock, lowerBound, type Snapshot } from './snapshot.ts';
import { emptyHourWeekday } from './snapshot-counts.ts';
import { scan } from './snapshot-scan.ts';

/** When the records of a selection happened. */
export type Moments = {
  /** [weekday − 1][hour]: records whose hour is known. */
  exact: number[][];
  /** The others, index-aligned, each kind once, by start and then by duration. */
  intervals: {
    /** µs after the local midnight that begins Monday. */
    startUs: Float64Array;
    durationUs: Float64Array;
    count: Float64Array;
  };
};

const DAY_US = 86_400_000_000;

/** The statement in features/trends/hour-weekday-queries.ts read from the snapshot. */
export function snapshotMoments(snapshot: Snapshot, selection: Selection): Moments {
  const { clock, intervals } = snapshot;
  const exact = emptyHourWeekday();
  const startUs: number[] = [];
  const durationUs: number[] = [];
  scan(snapshot, selection, undefined, {
    matched(start, stop, _category, day) {
      const weekday = isoWeekday(day) - 1;
      for (let row = start; row < stop; row++) {
        const hour = hourOfClock(clock[row]);
        if (hour !== undefined) exact[weekday][hour]++;
      }
      for (let i = lowerBound(intervals.rows, start); i < intervals.rows.length && intervals.rows[i] < stop; i++) {
        startUs.push(weekday * DAY_US + intervals.startUs[i]);
        durationUs.push(intervals.durationUs[i]);
      }
    },
    unknown() {},
  });
  return { exact, intervals: gather(startUs, durationUs) };
}

/** Equal ones together, in a fixed order: sums of their weights do not depend on the order of rows. */
function gather(startUs: readonly number[], durationUs: readonly number[]): Moments['intervals'] {
  const order = Uint32Array.from(startUs.keys()).sort(
    (a, b) => startUs[a] - startUs[b] || durationUs[a] - durationUs[b],
  );
  const kinds = { startUs: [] as number[], durationUs: [] as number[], count: [] as number[] };
  for (const i of order) {
    const last = kinds.count.length - 1;
    if (last >= 0 && kinds.startUs[last] === startUs[i] && kinds.durationUs[last] === durationUs[i]) {
      kinds.count[last]++;
      continue;
    }
    kinds.startUs.push(startUs[i]);
    kinds.durationUs.push(durationUs[i]);
    kinds.count.push(1);
  }
  return {
    startUs: Float64Array.from(kinds.startUs),
    durationUs: Float64Array.from(kinds.durationUs),
    count: Float64Array.from(kinds.count),
  };
}
