import { hideMembers, membersWhere, roomFor, smallMembers } from './small-counts-pool.ts';
import { protectTable } from './small-counts-table.ts';

/**
 * Counts of one year: records by month × group of categories and by group × commune, and each commune's records by part
 * (a hexagon, or "known only to the commune"). All three sum to the same records.
 */
export interface YearCounts {
  /** [month][group] */
  readonly monthGroup: readonly (readonly number[])[];
  /** [group][commune] */
  readonly groupCommune: readonly (readonly number[])[];
  /** [commune][part]; empty parts may be left out. */
  readonly parts: readonly (readonly number[])[];
  /** What hiding each part would lose; its records when absent. */
  readonly partCosts?: readonly (readonly number[])[];
}

/** What may be shown of a year, index-aligned with its counts; null = hidden. */
export interface YearPublication {
  readonly total: number | null;
  readonly months: readonly Shown[];
  readonly groups: readonly Shown[];
  readonly communes: readonly Shown[];
  readonly monthGroup: readonly (readonly Shown[])[];
  readonly groupCommune: readonly (readonly Shown[])[];
  readonly parts: readonly (readonly Shown[])[];
}

export type Shown = number | null;

/** The totals of one direction. Small members stand together as one line of the tables, hidden with everything below them. */
interface Margin {
  readonly values: readonly number[];
  /** What a reader may know each member to hold at least. */
  readonly floors: readonly number[];
  readonly pool: ReadonlySet<number>;
  /** Not even all members together protect each other: nothing is shown, zeros neither. */
  readonly isClosed: boolean;
}

/**
 * Decide once what is shown of a year, so that no count from 1 to `smallest` − 1 can be worked out from it: everything a
 * reader is given is a function of this publication, so any two answers together tell no more than it does.
 *
 * The tables month × group, group × commune and commune × part are a chain that shares only its margins. Any tables that
 * agree on a margin fit together, so what is shown of one narrows the others by the margin alone, and each can be
 * protected by itself. Members that a margin cannot show are pooled; the pool is one line of the tables beside it. The
 * proof and the limits: docs/decisions/small-counts.md.
 * Source: A. Dobra & S. E. Fienberg, PNAS 97, 2000 (bounds in decomposable tables); L. H. Cox, JASA 75, 1980
 * (complementary suppression).
 */
export function publishYear(counts: YearCounts, smallest: number): YearPublication {
  const { monthGroup, groupCommune, parts, partCosts = parts } = counts;
  const groupTotals = groupCommune.map(sumOf);
  const total = sumOf(groupTotals);
  if (total > 0 && total < smallest) return unpublished(counts);

  const hiddenParts = parts.map((values, commune) => hideParts(values, partCosts[commune], smallest));
  let months = marginOf(monthGroup.map(sumOf), smallest);
  let groups = marginOf(groupTotals, smallest);
  const communeTotals = parts.map(sumOf);
  let communes = marginOf(communeTotals, smallest, {
    floors: parts.map((values) => Math.max(1, membersWhere(values, (value) => value > 0).length)),
    pooled: membersWhere(communeTotals, (_, commune) => hiddenParts[commune] === undefined),
  });
  for (;;) {
    const byMonth = protectLines(monthGroup, months, groups, smallest);
    if ('stuck' in byMonth) {
      [months, groups] = widen(months, groups, byMonth.stuck, smallest);
      continue;
    }
    const byCommune = protectLines(groupCommune, groups, communes, smallest);
    if ('stuck' in byCommune) {
      [groups, communes] = widen(groups, communes, byCommune.stuck, smallest);
      continue;
    }
    return {
      total,
      months: shownMembers(months),
      groups: shownMembers(groups),
      communes: shownMembers(communes),
      monthGroup: byMonth.shown,
      groupCommune: byCommune.shown,
      parts: parts.map((values, commune) =>
        values.map((value, part) => {
          const isHidden = value > 0 && (communes.pool.has(commune) || hiddenParts[commune]?.has(part) === true);
          return isHidden || communes.isClosed ? null : value;
        }),
      ),
    };
  }
}

/** undefined = the parts cannot be protected while their commune's total is shown. */
function hideParts(values: readonly number[], costs: readonly number[], smallest: number): Set<number> | undefined {
  return hideMembers(
    values,
    values.map(() => 1),
    smallMembers(values, smallest),
    roomFor(smallest),
    costs,
  );
}

function marginOf(
  values: readonly number[],
  smallest: number,
  { floors = values.map(() => 1), pooled = [] }: { floors?: readonly number[]; pooled?: readonly number[] } = {},
): Margin {
  const hidden = new Set([...smallMembers(values, smallest), ...pooled]);
  const pool = hideMembers(values, floors, hidden, roomFor(smallest));
  return { values, floors, pool: pool ?? new Set(values.keys()), isClosed: pool === undefined };
}

const poolLine = -1;

/** The members that stand as lines of their own, then the pool when there is one. */
function linesOf({ values, pool }: Margin): number[] {
  const alone = membersWhere(values, (_, member) => !pool.has(member));
  return pool.size > 0 ? [...alone, poolLine] : alone;
}

type Lines = { shown: Shown[][] } | { stuck: { row: number; column: number } };

/** Protect the table of two margins, their pools as lines, and give it back by members. */
function protectLines(values: readonly (readonly number[])[], rows: Margin, columns: Margin, smallest: number): Lines {
  const rowLines = linesOf(rows);
  const columnLines = linesOf(columns);
  const membersOf = (margin: Margin, line: number) => (line === poolLine ? [...margin.pool] : [line]);
  const table = rowLines.map((row) =>
    columnLines.map((column) =>
      sumOf(membersOf(rows, row).flatMap((i) => membersOf(columns, column).map((j) => values[i][j]))),
    ),
  );
  const protection = protectTable(table, smallest);
  if ('stuck' in protection) {
    const { row, column } = protection.stuck;
    return { stuck: { row: rowLines[row], column: columnLines[column] } };
  }
  const rowAt = new Map(rowLines.map((line, at) => [line, at]));
  const columnAt = new Map(columnLines.map((line, at) => [line, at]));
  const shown = values.map((row, i) =>
    row.map((value, j) => {
      if (isKnownZero(rows, i) || isKnownZero(columns, j)) return 0;
      const at = [rowAt.get(i), columnAt.get(j)];
      if (at[0] === undefined || at[1] === undefined) return null;
      return protection.isHidden[at[0]][at[1]] ? null : value;
    }),
  );
  return { shown };
}

/** Let the smaller line of a cell that cannot be protected join its margin's pool. */
function widen(rows: Margin, columns: Margin, stuck: { row: number; column: number }, smallest: number): Margin[] {
  const sizeOf = (margin: Margin, line: number) => (line === poolLine ? Number.POSITIVE_INFINITY : margin.values[line]);
  return sizeOf(rows, stuck.row) <= sizeOf(columns, stuck.column)
    ? [join(rows, stuck.row, smallest), columns]
    : [rows, join(columns, stuck.column, smallest)];
}

/** @param line a member; or the pool, which then takes the smallest member that stands alone. */
function join(margin: Margin, line: number, smallest: number): Margin {
  const { values, floors, pool } = margin;
  const alone = membersWhere(values, (value, member) => value > 0 && !pool.has(member));
  const joining = line === poolLine ? alone.sort((a, b) => values[a] - values[b])[0] : line;
  return marginOf(values, smallest, { floors, pooled: [...pool, joining] });
}

function isKnownZero({ values, pool }: Margin, member: number): boolean {
  return values[member] === 0 && !pool.has(member);
}

function shownMembers(margin: Margin): Shown[] {
  return margin.values.map((value, member) => (margin.pool.has(member) ? null : value));
}

/** A year with so few records that even their number is hidden. */
function unpublished({ monthGroup, groupCommune, parts }: YearCounts): YearPublication {
  const hide = (values: readonly (readonly number[])[]) => values.map((row) => row.map(() => null));
  return {
    total: null,
    months: monthGroup.map(() => null),
    groups: groupCommune.map(() => null),
    communes: parts.map(() => null),
    monthGroup: hide(monthGroup),
    groupCommune: hide(groupCommune),
    parts: hide(parts),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
