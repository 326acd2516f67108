import type { GroupTableResponse } from '@diemnong/contracts';
import { addDays, type Period } from '../../state/days.ts';
import type { Sort } from '../../ui/sort.ts';
import { type Compared, changeOf, SMALL_BASE } from './trend-words.ts';

export type GroupRow = GroupTableResponse['rows'][number];
type GroupSortKey = 'order' | 'total' | 'latest' | 'change';
export type GroupSort = Sort<GroupSortKey>;

/** What is drawn beside a count: clearly more or less than last year, small base, nothing, or not compared at all. */
export type CellMark = 'up' | 'down' | 'unsure' | 'small' | 'none';

export function markOf({ comparedCount, comparedPrevious, ratio }: Compared): CellMark {
  if (ratio === null) return comparedCount === 0 && comparedPrevious === 0 ? 'none' : 'small';
  if ((comparedPrevious ?? 0) < SMALL_BASE) return 'small';
  const change = changeOf(ratio);
  if (change === null || !change.isSure || change.direction === 'same') return 'unsure';
  return change.direction;
}

/** One line of the table: the row of the whole period, and that of its last 12 months, which is compared with last year. */
export type GroupLine = { row: GroupRow; latest: GroupRow | undefined };

/** Lines with what they are sorted by; the row of all stays first, rows without a value come last. */
export function sortLines(lines: readonly GroupLine[], { by, isDescending }: GroupSort): GroupLine[] {
  const sign = isDescending ? -1 : 1;
  const valueOf = ({ row, latest }: GroupLine) => {
    if (by === 'total') return row.total;
    if (by === 'latest') return latest?.total ?? null;
    return latest === undefined || latest.comparedPrevious < SMALL_BASE ? null : (latest.ratio?.value ?? null);
  };
  const all = lines.filter(({ row }) => row.code === null);
  const groups = lines.filter(({ row }) => row.code !== null);
  if (by === 'order') return [...all, ...(isDescending ? groups.toReversed() : groups)];
  return [
    ...all,
    ...groups.toSorted((a, b) => {
      const [x, y] = [valueOf(a), valueOf(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * (x - y);
    }),
  ];
}

const shortestDays: Record<string, number> = { month: 28, reporting: 28, quarter: 90, year: 365 };

/** False for a period that the window cuts: beside whole ones its count would look like a fall. */
export function isWhole({ from, to }: Period, by: string): boolean {
  return addDays(from, shortestDays[by] ?? 0) <= to;
}

/** Points of a sparkline in a box: "M0 12L4 3…"; low values at the bottom, a flat zero on it. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const top = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(height - (height * value) / top).toFixed(1)}`)
    .join('');
}
