import { VIETNAM_OFFSET_MS } from '@diemnong/analysis';
import type { H3Res } from '@diemnong/contracts';
import { inTurns } from './in-turns.ts';
import type { Reference } from './reference-queries.ts';
import { communesOf } from './selection.ts';
import {
  type CellColumn,
  hourOfClock,
  type Intervals,
  newOrdinalColumn,
  type OrdinalColumn,
  resolutions,
  type Snapshot,
  toClock,
} from './snapshot.ts';

/** A page of incidents, column by column, index-aligned. Times in µs of the epoch: whole numbers, so comparisons are exact. */
export type IncidentPage = {
  rowCount: number;
  started: Float64Array;
  /** −Infinity where the time is exact. */
  ended: Float64Array;
  category: string[];
  province: string[];
  commune: string[];
  /** Cells as numbers (`cellToNumber`); 0 = not in cells. */
  cells: Record<H3Res, Float64Array>;
  lng: Float64Array;
  lat: Float64Array;
};

export type SnapshotBuilder = { add(page: IncidentPage): void; finish(): Promise<Snapshot> };

const OFFSET_US = VIETNAM_OFFSET_MS * 1000;
const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;

/**
 * Collect pages in any order, then arrange their rows by category and day (a counting sort).
 * @param capacity number of rows that will come; more is an error.
 */
export function createSnapshotBuilder(reference: Reference, capacity: number): SnapshotBuilder {
  const categories = createDictionary<string>();
  const days = createDictionary<number>();
  const provinces = createDictionary<string>();
  const communes = createDictionary<string>();
  const cellsOf = (): CollectedCells => ({ dictionary: createDictionary<number>(), row: new Uint32Array(capacity) });
  for (const { code } of communesOf(reference.defaultSet, reference)) communes.ordinalOf(code);
  const category = new Uint16Array(capacity);
  const day = new Uint32Array(capacity);
  const province = new Uint16Array(capacity);
  const commune = new Uint32Array(capacity);
  const clock = new Uint8Array(capacity);
  const cells: Record<H3Res, CollectedCells> = { 7: cellsOf(), 8: cellsOf(), 9: cellsOf(), 10: cellsOf() };
  const coordinates = reference.boundarySets.some(({ isDefault }) => !isDefault)
    ? { lng: new Float64Array(capacity), lat: new Float64Array(capacity) }
    : undefined;
  /** Of rows whose hour is not known, in the order they came. */
  const collected: CollectedIntervals = { row: [], startUs: [], durationUs: [] };
  let rowCount = 0;

  function add(page: IncidentPage): void {
    if (rowCount + page.rowCount > capacity)
      throw new Error(`snapshot: ${rowCount + page.rowCount} rows came, ${capacity} were announced`);
    for (let i = 0; i < page.rowCount; i++) {
      const row = rowCount + i;
      const started = page.started[i];
      const localDay = Math.floor((started + OFFSET_US) / DAY_US);
      category[row] = categories.ordinalOf(page.category[i]);
      province[row] = provinces.ordinalOf(page.province[i]);
      commune[row] = communes.ordinalOf(page.commune[i]);
      day[row] = days.ordinalOf(localDay);
      clock[row] = clockOf(started, page.ended[i], localDay);
      if (hourOfClock(clock[row]) === undefined) {
        collected.row.push(row);
        collected.startUs.push(started + OFFSET_US - localDay * DAY_US);
        collected.durationUs.push(page.ended[i] - started);
      }
    }
    for (const res of resolutions) {
      const { dictionary, row } = cells[res];
      const numbers = page.cells[res];
      for (let i = 0; i < page.rowCount; i++) {
        const number = numbers[i];
        row[rowCount + i] = number === 0 ? 0 : dictionary.ordinalOf(number) + 1;
      }
    }
    coordinates?.lng.set(page.lng.subarray(0, page.rowCount), rowCount);
    coordinates?.lat.set(page.lat.subarray(0, page.rowCount), rowCount);
    rowCount += page.rowCount;
  }

  async function finish(): Promise<Snapshot> {
    const sortedDays = rankOf(days.keys);
    const dayCount = days.keys.length;
    const bucketStart = new Uint32Array(categories.keys.length * dayCount + 1);
    const bucketOf = (row: number) => category[row] * dayCount + sortedDays.rank[day[row]];
    for (let row = 0; row < rowCount; row++) bucketStart[bucketOf(row) + 1]++;
    for (let bucket = 1; bucket < bucketStart.length; bucket++) bucketStart[bucket] += bucketStart[bucket - 1];

    const target = new Uint32Array(rowCount);
    const next = bucketStart.slice();
    await inTurns(rowCount, (row) => {
      target[row] = next[bucketOf(row)]++;
    });
    const arrange = async <Column extends { [row: number]: number }>(
      column: Column,
      valueOf: (row: number) => number,
    ): Promise<Column> => {
      await inTurns(rowCount, (row) => {
        column[target[row]] = valueOf(row);
      });
      return column;
    };
    const arrangeCells = async ({ dictionary, row: collected }: CollectedCells): Promise<CellColumn> => {
      const { sorted, rank } = rankOf(dictionary.keys);
      const ordinals = newOrdinalColumn(sorted.length, rowCount);
      await arrange(ordinals, (row) => (collected[row] === 0 ? 0 : rank[collected[row] - 1] + 1));
      return { numbers: sorted, ordinals, names: new Array(sorted.length).fill(undefined) };
    };
    return {
      reference,
      rowCount,
      categories: categories.keys,
      days: Int32Array.from(sortedDays.sorted),
      bucketStart,
      clock: await arrange(new Uint8Array(rowCount), (row) => clock[row]),
      intervals: await arrangeIntervals(collected, target),
      communes: communes.keys,
      commune: await arrange<OrdinalColumn>(
        newOrdinalColumn(communes.keys.length, rowCount),
        (row) => commune[row] + 1,
      ),
      provinces: provinces.keys,
      province:
        provinces.keys.length < 2
          ? undefined
          : await arrange<OrdinalColumn>(new Uint16Array(rowCount), (row) => province[row] + 1),
      cells: {
        7: await arrangeCells(cells[7]),
        8: await arrangeCells(cells[8]),
        9: await arrangeCells(cells[9]),
        10: await arrangeCells(cells[10]),
      },
      coordinates: coordinates && {
        lng: await arrange(new Float64Array(rowCount), (row) => coordinates.lng[row]),
        lat: await arrange(new Float64Array(rowCount), (row) => coordinates.lat[row]),
      },
      placements: new Map(),
    };
  }

  return { add, finish };
}

type CollectedIntervals = { row: number[]; startUs: number[]; durationUs: number[] };

/** In the order that their rows got: a sort of millions would keep the event loop for seconds. */
async function arrangeIntervals(
  { row, startUs, durationUs }: CollectedIntervals,
  target: Uint32Array,
): Promise<Intervals> {
  const placed = new Uint32Array(target.length);
  await inTurns(row.length, (i) => {
    placed[target[row[i]]] = i + 1;
  });
  const intervals: Intervals = {
    rows: new Uint32Array(row.length),
    startUs: new Float64Array(row.length),
    durationUs: new Float64Array(row.length),
  };
  let next = 0;
  await inTurns(placed.length, (at) => {
    if (placed[at] === 0) return;
    const i = placed[at] - 1;
    intervals.rows[next] = at;
    intervals.startUs[next] = startUs[i];
    intervals.durationUs[next++] = durationUs[i];
  });
  return intervals;
}

type CollectedCells = { dictionary: Dictionary<number>; row: Uint32Array };

/** The rules stand in contracts/filters.ts: an hour is known to within one hour, a weekday within one local day. */
function clockOf(started: number, ended: number, localDay: number): number {
  const dayStart = localDay * DAY_US - OFFSET_US;
  const isHourKnown = ended <= started + HOUR_US;
  return toClock(isHourKnown ? Math.floor((started - dayStart) / HOUR_US) : undefined, ended <= dayStart + DAY_US);
}

type Dictionary<Key> = { keys: Key[]; ordinalOf(key: Key): number };

function createDictionary<Key>(): Dictionary<Key> {
  const ordinals = new Map<Key, number>();
  const keys: Key[] = [];
  return {
    keys,
    ordinalOf(key) {
      const known = ordinals.get(key);
      if (known !== undefined) return known;
      ordinals.set(key, keys.length);
      keys.push(key);
      return keys.length - 1;
    },
  };
}

/** Keys in ascending order, and the place that each key got there. */
function rankOf(keys: number[]): { sorted: Float64Array<ArrayBuffer>; rank: Uint32Array } {
  const sorted = Float64Array.from(keys).sort();
  const placeOf = new Map<number, number>();
  sorted.forEach((key, place) => placeOf.set(key, place));
  return { sorted, rank: Uint32Array.from(keys, (key) => placeOf.get(key)!) };
}
