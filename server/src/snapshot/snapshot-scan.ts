import { cellToNumber } from '@diemnong/contracts';
import { isoWeekday } from './local-days.ts';
import type { Place, Selection } from './selection.ts';
import { clockCount, hourOfClock, isWeekdayKnown, lowerBound, type OrdinalColumn, type Snapshot } from './snapshot.ts';

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
export function scan(snapshot: Snapshot, selection: Selection, place: Place | undefined, visitor: Visitor): void {
  const { days, bucketStart, clock, commune } = snapshot;
  const firstDay = lowerBound(days, selection.fromDay);
  const endDay = lowerBound(days, selection.toDay);
  const wantedCommune = selection.communes && flags(snapshot.communes, selection.communes);
  const verdicts = clockVerdicts(selection);
  const only = place && columnOf(snapshot, place);
  if (only?.ordinal === undefined && place !== undefined) return;
  const wantedCell = selection.cells && cellFlags(snapshot, selection.cells);
  const cell = snapshot.cells[10].ordinals;
  const isFiltered =
    wantedCommune !== undefined || verdicts !== undefined || only !== undefined || wantedCell !== undefined;
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
          (wantedCell === undefined || wantedCell[cell[row]] === 1) &&
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

/** The same of res-10 cells; those without a record are no loss. */
function cellFlags({ cells }: Snapshot, wanted: readonly string[]): Uint8Array {
  const { numbers } = cells[10];
  const flags = new Uint8Array(numbers.length + 1);
  for (const name of wanted) {
    const number = cellToNumber(name, 10);
    const at = lowerBound(numbers, number);
    if (numbers[at] === number) flags[at + 1] = 1;
  }
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
export function placesOf(
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
