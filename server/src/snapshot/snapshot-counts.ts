import { type H3Cell, type H3Res, numberToCell } from '@diemnong/contracts';
import { isoWeekday, monthOf } from './local-days.ts';
import type { Place, Selection } from './selection.ts';
import { hourOfClock, type Snapshot } from './snapshot.ts';
import { placesOf, scan } from './snapshot-scan.ts';

/**
 * The counts of the features' `*-queries.ts` read from the snapshot. The SQL there is the definition; a property test
 * holds the two equal.
 */

/** Thousandths for severities, so that sums are whole numbers and do not depend on their order; 1 for counts. */
export type UnitOf = 'count' | 'severity';

export type CellCounts = {
  /** Ascending, non-empty only, with their units. */
  cells: H3Cell[];
  units: number[];
  communeOnlyUnits: number;
  timeUnknown: number;
};

export type CommuneCounts = {
  /** By code; communes without a record are absent. */
  communes: Map<string, { inCells: number; communeOnly: number }>;
  inCells: number;
  communeOnly: number;
  unplaced: number;
  timeUnknown: number;
};

/** Entry k: `count[k]` records of `cells[cell[k]]` in month number `month[k]`. By cell, then by month; none that is zero. */
export type CellMonthCounts = {
  /** Ascending, non-empty only. */
  cells: H3Cell[];
  cell: Int32Array;
  month: Int32Array;
  count: Int32Array;
  communeOnly: number;
  timeUnknown: number;
};

/** Counts of each day from `fromDay` on. */
export type DayCounts = { fromDay: number; counts: Int32Array; timeUnknown: Int32Array };

export type PlaceProfile = {
  inCells: number;
  communeOnly: number;
  categories: Map<string, number>;
  /** [weekday − 1][hour], records whose hour is known. */
  hourWeekday: number[][];
  /** Communes the records lie in (default set's codes). */
  communes: Set<string>;
};

export function snapshotCountByCell(snapshot: Snapshot, selection: Selection, res: H3Res, unit: UnitOf): CellCounts {
  const { numbers, ordinals, names } = snapshot.cells[res];
  const unitsOf = unitsByCategory(snapshot, unit);
  const sums = new Float64Array(numbers.length + 1);
  let timeUnknown = 0;
  scan(snapshot, selection, undefined, {
    matched(start, stop, category) {
      const units = unitsOf[category];
      for (let row = start; row < stop; row++) sums[ordinals[row]] += units;
    },
    unknown(count) {
      timeUnknown += count;
    },
  });
  const counts: CellCounts = { cells: [], units: [], communeOnlyUnits: sums[0], timeUnknown };
  for (let i = 1; i < sums.length; i++) {
    if (sums[i] === 0) continue;
    counts.cells.push((names[i - 1] ??= numberToCell(numbers[i - 1], res)));
    counts.units.push(sums[i]);
  }
  return counts;
}

export function snapshotCountByCellMonth(snapshot: Snapshot, selection: Selection, res: H3Res): CellMonthCounts {
  const { numbers, ordinals, names } = snapshot.cells[res];
  const { days } = snapshot;
  const firstMonth = monthOf(Math.max(selection.fromDay, days[0] ?? selection.fromDay));
  const lastMonth = monthOf(Math.min(selection.toDay - 1, days.at(-1) ?? selection.fromDay));
  const months = Math.max(0, lastMonth - firstMonth + 1);
  const sums = new Int32Array((numbers.length + 1) * months);
  let timeUnknown = 0;
  let seen = -1;
  let column = 0;
  scan(snapshot, selection, undefined, {
    matched(start, stop, _category, day) {
      if (day !== seen) column = monthOf(day) - firstMonth; // runs of one day follow one another
      seen = day;
      for (let row = start; row < stop; row++) sums[ordinals[row] * months + column]++;
    },
    unknown(count) {
      timeUnknown += count;
    },
  });
  const entries = sums.subarray(months).reduce((count, sum) => count + (sum > 0 ? 1 : 0), 0);
  const counts: CellMonthCounts = {
    cells: [],
    cell: new Int32Array(entries),
    month: new Int32Array(entries),
    count: new Int32Array(entries),
    communeOnly: sums.subarray(0, months).reduce((sum, count) => sum + count, 0),
    timeUnknown,
  };
  let entry = 0;
  for (let i = 0; i < numbers.length; i++) {
    const first = entry;
    for (let column = 0; column < months; column++) {
      const count = sums[(i + 1) * months + column];
      if (count === 0) continue;
      counts.cell[entry] = counts.cells.length;
      counts.month[entry] = firstMonth + column;
      counts.count[entry++] = count;
    }
    if (entry > first) counts.cells.push((names[i] ??= numberToCell(numbers[i], res)));
  }
  return counts;
}

export function snapshotCountByCommune(
  snapshot: Snapshot,
  selection: Selection,
  set: string | undefined,
): CommuneCounts {
  const place = placesOf(snapshot, set);
  const cell = snapshot.cells[7].ordinals;
  const inCells = new Float64Array(place.codes.length + 1);
  const communeOnly = new Float64Array(place.codes.length + 1);
  let timeUnknown = 0;
  scan(snapshot, selection, undefined, {
    matched(start, stop) {
      for (let row = start; row < stop; row++) {
        const ordinal = place.column === undefined ? 0 : place.column[row];
        const known = ordinal < inCells.length ? ordinal : 0;
        if (cell[row] === 0) communeOnly[known]++;
        else inCells[known]++;
      }
    },
    unknown(count) {
      timeUnknown += count;
    },
  });
  const counts: CommuneCounts = {
    communes: new Map(),
    inCells: sumOf(inCells),
    communeOnly: sumOf(communeOnly),
    unplaced: inCells[0] + communeOnly[0],
    timeUnknown,
  };
  place.codes.forEach((code, i) => {
    if (inCells[i + 1] + communeOnly[i + 1] > 0)
      counts.communes.set(code, { inCells: inCells[i + 1], communeOnly: communeOnly[i + 1] });
  });
  return counts;
}

export function snapshotCountByDay(snapshot: Snapshot, selection: Selection, place?: Place): DayCounts {
  const length = selection.toDay - selection.fromDay;
  const counts = { fromDay: selection.fromDay, counts: new Int32Array(length), timeUnknown: new Int32Array(length) };
  scan(snapshot, selection, place, {
    matched(start, stop, _category, day) {
      counts.counts[day - selection.fromDay] += stop - start;
    },
    unknown(count, day) {
      counts.timeUnknown[day - selection.fromDay] += count;
    },
  });
  return counts;
}

export function snapshotProfile(snapshot: Snapshot, selection: Selection, place: Place): PlaceProfile {
  const cell = snapshot.cells[7].ordinals;
  const { clock, commune } = snapshot;
  const byCategory = new Float64Array(snapshot.categories.length);
  const byCommune = new Uint8Array(snapshot.communes.length + 1);
  const hourWeekday = emptyHourWeekday();
  let inCells = 0;
  let communeOnly = 0;
  scan(snapshot, selection, place, {
    matched(start, stop, category, day) {
      const hours = hourWeekday[isoWeekday(day) - 1];
      byCategory[category] += stop - start;
      for (let row = start; row < stop; row++) {
        if (cell[row] === 0) communeOnly++;
        else inCells++;
        byCommune[commune[row]] = 1;
        const hour = hourOfClock(clock[row]);
        if (hour !== undefined) hours[hour]++;
      }
    },
    unknown() {},
  });
  const categories = new Map<string, number>();
  snapshot.categories.forEach((code, i) => {
    if (byCategory[i] > 0) categories.set(code, byCategory[i]);
  });
  const communes = new Set(snapshot.communes.filter((_, i) => byCommune[i + 1] === 1));
  return { inCells, communeOnly, categories, hourWeekday, communes };
}

export function emptyHourWeekday(): number[][] {
  return Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
}

function unitsByCategory(snapshot: Snapshot, unit: UnitOf): Float64Array {
  const weights = new Map(snapshot.reference.categories.map(({ code, weight }) => [code, weight]));
  return Float64Array.from(snapshot.categories, (code) =>
    unit === 'count' ? 1 : Math.floor((weights.get(code) ?? 1) * 1000 + 0.5),
  );
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
