import { type Scope, scopeKey } from '../access/scope.ts';
import { inTurns } from './in-turns.ts';
import { narrowReference, type Reference } from './reference-queries.ts';
import { communesOf } from './selection.ts';
import type { CellColumn, Intervals, OrdinalColumn, Snapshot } from './snapshot.ts';

/** What was narrowed before, for as long as the snapshot lives: 100 communes together hold as much as the province once. */
const narrowed = new WeakMap<Snapshot, Map<string, Promise<Snapshot>>>();

/**
 * The snapshot as far as a scope reaches: a snapshot of its own that holds the scope's rows and no others, so that nothing
 * that counts on it can leak. Row-level security does not protect memory; this does, and a test holds the two equal.
 * `system` and `all` get the snapshot itself.
 */
export function narrowSnapshot(snapshot: Snapshot, scope: Scope): Promise<Snapshot> {
  if (scope.reach === 'system' || scope.reach === 'all') return Promise.resolve(snapshot);
  const known = narrowed.get(snapshot) ?? new Map<string, Promise<Snapshot>>();
  narrowed.set(snapshot, known);
  const key = scopeKey(scope);
  const made = known.get(key) ?? keepRows(snapshot, wantedRows(snapshot, scope), scope);
  known.set(key, made);
  return made;
}

/** Which rows lie in the scope: the policies of migrations/0002_access.sql, said for columns. */
function wantedRows({ provinces, province, communes, commune }: Snapshot, scope: Scope): (row: number) => boolean {
  const provinceOrdinal = provinces.indexOf(scope.province ?? '') + 1;
  const communeOrdinal = communes.indexOf(scope.commune ?? '') + 1;
  const isProvince = (row: number) =>
    provinceOrdinal > 0 && (province === undefined || province[row] === provinceOrdinal);
  switch (scope.reach) {
    case 'province':
      return isProvince;
    case 'commune':
      return (row) => communeOrdinal > 0 && commune[row] === communeOrdinal && isProvince(row);
    default:
      return () => false;
  }
}

async function keepRows(full: Snapshot, isWanted: (row: number) => boolean, scope: Scope): Promise<Snapshot> {
  const dayCount = full.days.length;
  const rows = new Uint32Array(full.rowCount);
  const bucketCounts = new Uint32Array(full.categories.length * dayCount);
  let rowCount = 0;
  let bucket = 0;
  await inTurns(full.rowCount, (row) => {
    while (full.bucketStart[bucket + 1] <= row) bucket++;
    if (!isWanted(row)) return;
    rows[rowCount++] = row;
    bucketCounts[bucket]++;
  });
  const kept = rows.subarray(0, rowCount);
  const usedDays = Array.from(full.days.keys()).filter((day) => isDayUsed(bucketCounts, day, dayCount));
  const days = Int32Array.from(usedDays, (day) => full.days[day]);
  const bucketStart = new Uint32Array(full.categories.length * days.length + 1);
  for (let category = 0; category < full.categories.length; category++)
    usedDays.forEach((day, i) => {
      const at = category * days.length + i;
      bucketStart[at + 1] = bucketStart[at] + bucketCounts[category * dayCount + day];
    });
  const reference: Reference = { ...narrowReference(full.reference, scope), firstDay: days[0] };
  const { communes, ordinals } = reorderCommunes(full, reference);
  return {
    ...full,
    reference,
    rowCount,
    days,
    bucketStart,
    clock: pick(full.clock, kept),
    intervals: pickIntervals(full.intervals, kept),
    province: full.province && pick(full.province, kept),
    communes,
    commune: pick(full.commune, kept).map((ordinal) => ordinals[ordinal]),
    cells: {
      7: pickCells(full.cells[7], kept),
      8: pickCells(full.cells[8], kept),
      9: pickCells(full.cells[9], kept),
      10: pickCells(full.cells[10], kept),
    },
    coordinates: full.coordinates && {
      lng: pick(full.coordinates.lng, kept),
      lat: pick(full.coordinates.lat, kept),
    },
    placements: new Map(),
  };
}

/** The dictionary of communes begins with those of the default set, as far as the scope knows them: ordinals change with it. */
function reorderCommunes(full: Snapshot, reference: Reference): { communes: string[]; ordinals: Uint32Array } {
  const own = communesOf(reference.defaultSet, reference).map(({ code }) => code);
  const communes = [...new Set([...own, ...full.communes])];
  const places = new Map(communes.map((code, i) => [code, i + 1]));
  return { communes, ordinals: Uint32Array.from([0, ...full.communes.map((code) => places.get(code) ?? 0)]) };
}

function isDayUsed(bucketCounts: Uint32Array, day: number, dayCount: number): boolean {
  for (let bucket = day; bucket < bucketCounts.length; bucket += dayCount) if (bucketCounts[bucket] > 0) return true;
  return false;
}

/** The dictionary of cells is shared with the full snapshot; only what rows refer to is ever told. */
function pickCells({ numbers, names, ordinals }: CellColumn, rows: Uint32Array): CellColumn {
  return { numbers, names, ordinals: pick(ordinals, rows) };
}

/** Both lists ascend, so one walk finds the rows that stayed and the numbers they got. */
function pickIntervals({ rows, startUs, durationUs }: Intervals, kept: Uint32Array): Intervals {
  const stayed: number[] = [];
  const numbers: number[] = [];
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    while (at < kept.length && kept[at] < rows[i]) at++;
    if (at === kept.length) break;
    if (kept[at] !== rows[i]) continue;
    stayed.push(i);
    numbers.push(at);
  }
  return {
    rows: Uint32Array.from(numbers),
    startUs: Float64Array.from(stayed, (i) => startUs[i]),
    durationUs: Float64Array.from(stayed, (i) => durationUs[i]),
  };
}

function pick<Column extends OrdinalColumn | Uint8Array | Float64Array>(column: Column, rows: Uint32Array): Column {
  const values = new (column.constructor as new (length: number) => Column)(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column[rows[i]];
  return values;
}
