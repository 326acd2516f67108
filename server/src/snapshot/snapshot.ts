import type { H3Cell, H3Res } from '@diemnong/contracts';
import type { Reference } from './reference-queries.ts';

export const resolutions: readonly H3Res[] = [7, 8, 9, 10];

/** Ordinals of dictionary entries plus one; 0 = none. As narrow as the dictionary allows. */
export type OrdinalColumn = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** The occupied cells of one resolution, and the cell of each row. */
export type CellColumn = {
  /** Cells as numbers (`cellToNumber`), ascending. */
  numbers: Float64Array;
  ordinals: OrdinalColumn;
  /** Index of each cell as text, written when it is first asked for: half of an answer's time otherwise. */
  names: (H3Cell | undefined)[];
};

/** The rows whose hour is not known, ascending, and when they happened: what the clock of a row cannot hold. */
export type Intervals = {
  rows: Uint32Array;
  /** µs after the local midnight that begins the row's day. */
  startUs: Float64Array;
  durationUs: Float64Array;
};

/**
 * All live incidents of one data version as columns, never changed once built (names of cells and other boundary sets are added on first use).
 * Rows stand by category, then by day, so that a window of some categories is a few runs of rows, and category and day
 * need no column of their own. 15–19 bytes a row, 16 more while there are several boundary sets, and 20 for each
 * whose hour is not known.
 */
export type Snapshot = {
  reference: Reference;
  rowCount: number;
  /** Category codes of the records. */
  categories: readonly string[];
  /** Days with a record, ascending. */
  days: Int32Array;
  /** First row of category c on days[d], at c · days.length + d; one more entry for the end. */
  bucketStart: Uint32Array;
  /** What is known of a record's time of day: see `toClock`. */
  clock: Uint8Array;
  intervals: Intervals;
  /** Commune codes that `commune` refers to: those of the default set, ascending, then others that records carry. */
  communes: readonly string[];
  commune: OrdinalColumn;
  /** Province codes that records carry, and the province of each row; no column where all are of one. */
  provinces: readonly string[];
  province: OrdinalColumn | undefined;
  cells: Record<H3Res, CellColumn>;
  /** Points of the rows that are in cells, NaN for the rest; kept only while there are sets to place them in. */
  coordinates: { lng: Float64Array; lat: Float64Array } | undefined;
  /** Per boundary set other than the default one: communes as in `reference.communes`, for rows in cells. */
  placements: Map<string, OrdinalColumn>;
};

const unknownHour = 31;
/** Number of different clocks, the size of a table over them. */
export const clockCount = 64;

/** One byte: the hour 0–23 or `unknownHour`, and 32 more when the weekday is not known either. */
export function toClock(hour: number | undefined, isWeekdayKnown: boolean): number {
  return (hour ?? unknownHour) + (isWeekdayKnown ? 0 : 32);
}

export function hourOfClock(clock: number): number | undefined {
  const hour = clock % 32;
  return hour === unknownHour ? undefined : hour;
}

export function isWeekdayKnown(clock: number): boolean {
  return clock < 32;
}

export function newOrdinalColumn(dictionarySize: number, rows: number): OrdinalColumn {
  return dictionarySize < 65_536 ? new Uint16Array(rows) : new Uint32Array(rows);
}

/** First place in an ascending array whose value is not below `value`. */
export function lowerBound(ascending: Int32Array | Uint32Array | Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
