import { cellToNumber, type H3Cell, type H3Res, numberToCell } from '@diemnong/contracts';
import { isoWeekday } from './local-days.ts';
import type { Place, Selection } from './selection.ts';
import { clockCount, hourOfClock, isWeekdayKnown, lowerBound, type OrdinalColumn, type Snapshot } from './snapshot.ts';

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

type Visitor = {
  /** Rows start … stop − 1 match: all of one category (an ordinal) and one day. */
  matched(start: number, stop: number, category: number, day: number): void;
  /** `count` rows of a day match but for the hour or weekday, which is not known. */
  unknown(count: number, day: number): void;
};

const no = 0;
const match = 1;
const unknown = 2;

/** Visit the rows of a selection in runs. Everything there is to filter by stands here. */
function scan(snapshot: Snapshot, selection: Selection, place: Place | undefined, visitor: Visitor): void {
  const { days, bucketStart, clock, commune } = snapshot;
  const firstDay = lowerBound(days, selection.fromDay);
  const endDay = lowerBound(days, selection.toDay);
  const wantedCommune = selection.communes && flags(snapshot.communes, selection.communes);
  const verdicts = clockVerdicts(selection);
  const only = place && columnOf(snapshot, place);
  if (only?.ordinal === undefined && place !== undefined) return;
  const isFiltered = wantedCommune !== undefined || verdicts !== undefined || only !== undefined;
  const wantedCategory = selection.categories && new Set(selection.categories);
  for (let category = 0; category < snapshot.categories.length; category++) {
    if (wantedCategory !== undefined && !wantedCategory.has(snapshot.categories[category])) continue;
    for (let d = firstDay; d < endDay; d++) {
      const bucket = category * days.length + d;
      const start = bucketStart[bucket];
      const stop = bucketStart[bucket + 1];
      if (start === stop) continue;
      const day = days[d];
      if (!isFiltered) {
        visitor.matched(start, stop, category, day);
        continue;
      }
      const verdictOf = verdicts?.[isoWeekday(day)];
      let runStart = start;
      let unknowns = 0;
      for (let row = start; row < stop; row++) {
        const isHere =
          (wantedCommune === undefined || wantedCommune[commune[row]] === 1) &&
          (only === undefined || only.column[row] === only.ordinal);
        const verdict = !isHere ? no : verdictOf === undefined ? match : verdictOf[clock[row]];
        if (verdict === match) continue;
        if (verdict === unknown) unknowns++;
        if (runStart < row) visitor.matched(runStart, row, category, day);
        runStart = row + 1;
      }
      if (runStart < stop) visitor.matched(runStart, stop, category, day);
      if (unknowns > 0) visitor.unknown(unknowns, day);
    }
  }
}

/** Whether an ordinal plus one is wanted. */
function flags(codes: readonly string[], wanted: readonly string[]): Uint8Array {
  const set = new Set(wanted);
  const flags = new Uint8Array(codes.length + 1);
  codes.forEach((code, i) => {
    if (set.has(code)) flags[i + 1] = 1;
  });
  return flags;
}

/**
 * For each weekday of a day (1–7) the verdict on every clock: false beats unknown beats true, as `and` does in SQL.
 * undefined when neither hours nor weekdays are filtered.
 */
function clockVerdicts({ hours, weekdays }: Selection): Uint8Array[] | undefined {
  if (hours === undefined && weekdays === undefined) return undefined;
  return Array.from({ length: 8 }, (_, weekday) =>
    Uint8Array.from({ length: clockCount }, (_, clock) => {
      const hour = hourOfClock(clock);
      const hourVerdict =
        hours === undefined ? match : hour === undefined ? unknown : hours.includes(hour) ? match : no;
      const dayVerdict =
        weekdays === undefined ? match : !isWeekdayKnown(clock) ? unknown : weekdays.includes(weekday) ? match : no;
      if (hourVerdict === no || dayVerdict === no) return no;
      return hourVerdict === unknown || dayVerdict === unknown ? unknown : match;
    }),
  );
}

/** The column that tells places apart, and the ordinal of this one; undefined when no record lies there. */
function columnOf(snapshot: Snapshot, place: Place): { column: OrdinalColumn; ordinal: number } | undefined {
  if ('cell' in place) {
    const { numbers, ordinals } = snapshot.cells[place.res];
    const number = cellToNumber(place.cell, place.res);
    const at = lowerBound(numbers, number);
    return numbers[at] === number ? { column: ordinals, ordinal: at + 1 } : undefined;
  }
  const { codes, column } = placesOf(snapshot, place.boundarySet);
  const at = codes.indexOf(place.commune);
  return column === undefined || at < 0 ? undefined : { column, ordinal: at + 1 };
}

/** Codes of a set's communes and the column that refers to them; ordinals past the codes are communes of no set. */
function placesOf(
  snapshot: Snapshot,
  set: string | undefined,
): { codes: readonly string[]; column: OrdinalColumn | undefined } {
  if (set === undefined) return { codes: [], column: undefined };
  const codes = (snapshot.reference.communes.get(set) ?? []).map(({ code }) => code);
  if (set === snapshot.reference.defaultSet) return { codes, column: snapshot.commune };
  const column = snapshot.placements.get(set);
  if (column === undefined) throw new Error(`snapshot: records were not placed in boundary set ${set}`);
  return { codes, column };
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
