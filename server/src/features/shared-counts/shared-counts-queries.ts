import type { YearCounts } from '@diemnong/analysis';
import { numberToCell } from '@diemnong/contracts';
import type { Knex } from 'knex';
import { firstDayOfMonth, monthOf, startOfDaySeconds } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { communesOf } from '../../snapshot/selection.ts';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';

/** What the tables of a publication are counted by. */
export type Kinds = {
  /** Codes of the top-level categories; the last is `null`, for records whose category is not in the tree. */
  groups: readonly (string | null)[];
  /** Codes of the default set; the last is `null`, for records that lie in none of them. */
  communes: readonly (string | null)[];
  groupOf(category: string): number;
  communeOf(code: string): number;
};

/** Counts of one calendar year, with the hexagon of each part; `null` = known only to the commune. */
export type CountedYear = YearCounts & { cells: readonly (readonly (string | null)[])[] };

/** All counts that are to be published of a province. */
export type ProvinceCounts = {
  kinds: Kinds;
  /** Calendar years that are complete. */
  years: ReadonlyMap<number, CountedYear>;
  /** Records of each complete month of the year that is not. */
  runningMonths: readonly number[];
  /** The month after the last complete one (a month number). */
  end: number;
};

const cellRes = 8;

/**
 * Count the records of a source that was narrowed to one province by month × group, group × commune and commune × hexagon, each
 * complete calendar year by itself, and the months of the running one. A month or a year is complete when a later one has a record.
 * @returns undefined while there is no record.
 * Source: table `incident`, by way of the snapshot; the statements are the definition. Index: a scan, once a data version.
 */
export async function countForPublication(source: CountSource): Promise<ProvinceCounts | undefined> {
  const kinds = kindsOf(source.reference);
  const { snapshot } = source;
  return snapshot === undefined
    ? source.ask((database) => countInDatabase(database, kinds))
    : countInSnapshot(snapshot, kinds);
}

export function kindsOf(reference: Reference): Kinds {
  const groups = reference.categories.filter(({ parent }) => parent === null).map(({ code }) => code);
  const communes = communesOf(reference.defaultSet, reference).map(({ code }) => code);
  const groupAt = new Map(groups.map((code, i) => [code, i]));
  const communeAt = new Map(communes.map((code, i) => [code, i]));
  const parents = new Map(reference.categories.map(({ code, parent }) => [code, parent ?? code]));
  return {
    groups: [...groups, null],
    communes: [...communes, null],
    groupOf: (category) => groupAt.get(parents.get(category) ?? '') ?? groups.length,
    communeOf: (code) => communeAt.get(code) ?? communes.length,
  };
}

async function countInDatabase(database: Knex, kinds: Kinds): Promise<ProvinceCounts | undefined> {
  const byMonth = await database.raw<{ rows: { month: number; category: string; count: number }[] }>(
    `select extract(year from started)::int * 12 + extract(month from started)::int - 1 as month, category, count(*) as count
     from incident
     cross join lateral (select occurred_from at time zone interval '7 hours' as started) as wall_clock
     group by 1, 2`,
  );
  if (byMonth.rows.length === 0) return undefined;
  const end = Math.max(...byMonth.rows.map(({ month }) => month));
  const tally = createTally(kinds, end);
  for (const { month, category, count } of byMonth.rows) tally.addMonth(month, kinds.groupOf(category), count);
  const endSeconds = startOfDaySeconds(firstDayOfMonth(tally.yearsEnd));
  const byGroup = await database.raw<{ rows: { year: number; category: string; commune: string; count: number }[] }>(
    `select extract(year from started)::int as year, category, commune_code as commune, count(*) as count
     from incident
     cross join lateral (select occurred_from at time zone interval '7 hours' as started) as wall_clock
     where occurred_from < to_timestamp(:endSeconds)
     group by 1, 2, 3`,
    { endSeconds },
  );
  for (const { year, category, commune, count } of byGroup.rows)
    tally.yearOf(year).groupCommune[kinds.groupOf(category)][kinds.communeOf(commune)] += count;
  const byCell = await database.raw<{ rows: { year: number; commune: string; cell: string | null; count: number }[] }>(
    `select extract(year from started)::int as year, commune_code as commune, to_hex(cell_8) as cell, count(*) as count
     from incident
     cross join lateral (select occurred_from at time zone interval '7 hours' as started) as wall_clock
     where occurred_from < to_timestamp(:endSeconds)
     group by 1, 2, cell_8`,
    { endSeconds },
  );
  for (const { year, commune, cell, count } of byCell.rows)
    addPart(tally.yearOf(year).parts[kinds.communeOf(commune)], cell, count);
  return tally.finish();
}

async function countInSnapshot(snapshot: Snapshot, kinds: Kinds): Promise<ProvinceCounts | undefined> {
  const { days, bucketStart, rowCount, commune } = snapshot;
  if (rowCount === 0) return undefined;
  const { numbers, ordinals } = snapshot.cells[cellRes];
  const months = Array.from(days, monthOf);
  const end = months[months.length - 1];
  const tally = createTally(kinds, end);
  const communeAt = snapshot.communes.map(kinds.communeOf);
  const cells = Array.from(numbers, (number) => numberToCell(number, cellRes));
  for (const [category, code] of snapshot.categories.entries()) {
    const group = kinds.groupOf(code);
    for (let day = 0; day < days.length && months[day] < end; day++) {
      const bucket = category * days.length + day;
      const [start, stop] = [bucketStart[bucket], bucketStart[bucket + 1]];
      if (start === stop) continue;
      tally.addMonth(months[day], group, stop - start);
      if (months[day] >= tally.yearsEnd) continue;
      const { groupCommune, parts } = tally.yearOf(Math.floor(months[day] / 12));
      for (let row = start; row < stop; row++) {
        const place = communeAt[commune[row] - 1];
        groupCommune[group][place]++;
        addPart(parts[place], ordinals[row] === 0 ? null : cells[ordinals[row] - 1], 1);
      }
    }
    await new Promise(setImmediate); // others are answered in between
  }
  return tally.finish();
}

type Parts = Map<string | null, number>;
type OpenYear = { monthGroup: number[][]; groupCommune: number[][]; parts: Parts[] };

function addPart(parts: Parts, cell: string | null, count: number): void {
  parts.set(cell, (parts.get(cell) ?? 0) + count);
}

function createTally(kinds: Kinds, end: number) {
  const { groups, communes } = kinds;
  const years = new Map<number, OpenYear>();
  /** The month after the last complete year. */
  const yearsEnd = end - (end % 12);
  const runningMonths = new Array<number>(end - yearsEnd).fill(0);
  const zeros = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const yearOf = (year: number): OpenYear => {
    const known = years.get(year);
    if (known !== undefined) return known;
    const made: OpenYear = {
      monthGroup: zeros(12, groups.length),
      groupCommune: zeros(groups.length, communes.length),
      parts: communes.map(() => new Map()),
    };
    years.set(year, made);
    return made;
  };
  return {
    yearsEnd,
    yearOf,
    addMonth(month: number, group: number, count: number): void {
      if (month < yearsEnd) yearOf(Math.floor(month / 12)).monthGroup[month % 12][group] += count;
      else if (month < end) runningMonths[month - yearsEnd] += count;
    },
    finish(): ProvinceCounts {
      return { kinds, end, runningMonths, years: new Map([...years].map(([year, open]) => [year, close(open)])) };
    },
  };
}

/** Parts in the order of their cells, so that memory and database give the same. */
function close({ monthGroup, groupCommune, parts }: OpenYear): CountedYear {
  const sorted = parts.map((part) => [...part].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)));
  return {
    monthGroup,
    groupCommune,
    parts: sorted.map((part) => part.map(([, count]) => count)),
    cells: sorted.map((part) => part.map(([cell]) => cell)),
  };
}
