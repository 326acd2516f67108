import { areaStatuses, type TargetArea } from '@diemnong/contracts';
import type { Sort } from '../../ui/sort.ts';
import type { AreaReading } from './use-targets.ts';

export type RowPart = 'all' | 'in' | 'out';
export type RowFilter = { part: RowPart; text: string };
type RowKey = 'number' | 'name' | 'on' | 'result' | 'reading' | 'counts';
export type RowSort = Sort<RowKey>;

/** Accents and case ignored, as people type in a hurry. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
}

/** Those of a part of the list whose name, commune or decision holds the text. */
export function filterRows(rows: readonly TargetArea[], { part, text }: RowFilter): TargetArea[] {
  const sought = plain(text.trim());
  return rows.filter(
    (row) =>
      (part === 'all' || row.counts === (part === 'in')) &&
      (sought === '' ||
        [row.name, row.commune.name, row.decisionNumber, row.outcomeDecisionNumber].some(
          (field) => field !== null && plain(field).includes(sought),
        )),
  );
}

const readingOrder: Record<AreaReading['reading'], number> = { strong: 0, weak: 1, insufficient: 2, against: 3 };

/** A row's place in a column; null stands at the end either way. */
function valueOf(row: TargetArea, by: RowKey, reading: AreaReading | undefined): string | number | null {
  switch (by) {
    case 'number':
      return row.number;
    case 'name':
      return row.name;
    case 'on':
      return row.on;
    case 'result':
      return areaStatuses.indexOf(row.status);
    case 'reading':
      return reading === undefined ? null : readingOrder[reading.reading];
    case 'counts':
      return reading?.ratio ?? null;
  }
}

/** Sorted by a column, equal ones by number. */
export function sortRows(
  rows: readonly TargetArea[],
  { by, isDescending }: RowSort,
  readings: ReadonlyMap<string, AreaReading>,
): TargetArea[] {
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueOf(row, by, readings.get(row.id)) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null) || a.row.number - b.row.number;
      const order =
        typeof a.value === 'string' ? a.value.localeCompare(String(b.value), 'vi') : a.value - Number(b.value);
      return sign * order || a.row.number - b.row.number;
    })
    .map(({ row }) => row);
}

/**
 * Years whose lists the rows were on: the list's own for the transformation rate, that of the success for the no-relapse rate.
 * Newest first, the last `most`.
 */
export function readingYears(rows: readonly TargetArea[], listYear: number | null, most = 4): number[] {
  if (listYear !== null) return rows.length > 0 ? [listYear] : [];
  return [...new Set(rows.map(({ on }) => Number(on.slice(0, 4))))].sort((a, b) => b - a).slice(0, most);
}
