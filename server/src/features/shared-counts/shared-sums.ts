import type { Shown } from '@diemnong/analysis';
import type { Ratio } from '@diemnong/contracts';
import { compare } from '../stories/comparison.ts';
import { addShown, type Publication } from './publication.ts';
import type { SharedYears } from './shared-window.ts';

/** Sums of published numbers. Years before the first record hold none. */

export function countYears({ years }: Publication, wanted: readonly number[]): Shown {
  return addShown(wanted.map((year) => years.get(year)?.total ?? (years.has(year) ? null : 0)));
}

/** Records of some groups (all when undefined) in a commune. */
export function countCommune(
  { years }: Publication,
  wanted: readonly number[],
  commune: number,
  groups: readonly number[] | undefined,
): Shown {
  return addShown(
    wanted.flatMap((year) => {
      const published = years.get(year);
      if (published === undefined) return [0];
      if (groups === undefined) return [published.communes[commune]];
      return groups.map((group) => published.groupCommune[group][commune]);
    }),
  );
}

export function countCommuneOnly({ years }: Publication, wanted: readonly number[], commune: number): Shown {
  return addShown(wanted.map((year) => years.get(year)?.communeOnly[commune] ?? (years.has(year) ? null : 0)));
}

export function countGroups({ years }: Publication, wanted: readonly number[], groups: readonly number[]): Shown {
  return addShown(
    wanted.flatMap((year) => groups.map((group) => years.get(year)?.groups[group] ?? (years.has(year) ? null : 0))),
  );
}

export function countCell({ years }: Publication, wanted: readonly number[], cell: string): Shown {
  return addShown(
    wanted.map((year) => {
      const published = years.get(year);
      if (published === undefined) return 0;
      return published.cells.get(cell) ?? (published.cells.has(cell) || !published.arePlacesKnown ? null : 0);
    }),
  );
}

/** Hexagons whose records are shown for every one of the years, ascending, empty ones left out. */
export function listCells(publication: Publication, wanted: readonly number[]): { cells: string[]; counts: number[] } {
  const all = new Set(wanted.flatMap((year) => [...(publication.years.get(year)?.cells.keys() ?? [])]));
  const shown = { cells: [] as string[], counts: [] as number[] };
  for (const cell of [...all].sort()) {
    const count = countCell(publication, wanted, cell);
    if (count === null || count === 0) continue;
    shown.cells.push(cell);
    shown.counts.push(count);
  }
  return shown;
}

/**
 * Records of some groups (all when undefined) in months [from, to). The months of a complete year are its total, which is shown also where
 * a month is not.
 */
export function countMonths(
  publication: Publication,
  from: number,
  to: number,
  groups: readonly number[] | undefined,
): Shown {
  const { years, runningMonths, end: publishedEnd = 0 } = publication;
  const yearsEnd = publishedEnd - runningMonths.length;
  const running = runningMonths.slice(Math.max(from - yearsEnd, 0), Math.max(to - yearsEnd, 0));
  const parts: Shown[] = groups === undefined ? running : running.map(() => null);
  for (let year = Math.floor(from / 12); 12 * year < to; year++) {
    const published = years.get(year);
    if (published === undefined) continue;
    const first = Math.max(from - 12 * year, 0);
    const end = Math.min(to - 12 * year, 12);
    if (first === 0 && end === 12)
      parts.push(groups === undefined ? published.total : addShown(groups.map((group) => published.groups[group])));
    else
      for (let month = first; month < end; month++)
        parts.push(
          groups === undefined
            ? published.months[month]
            : addShown(groups.map((group) => published.monthGroup[month][group])),
        );
  }
  return addShown(parts);
}

export type SharedComparison = { previous: Shown; changePercent: number | null; ratio: Ratio };

/** A count of whole years against the same number of years one year earlier; `null` of everything that is not shown. */
export function compareYears(
  publication: Publication,
  { years }: SharedYears,
  countIn: (years: readonly number[]) => Shown,
): SharedComparison & { count: Shown } {
  const count = countIn(years);
  const before = years.map((year) => year - 1);
  const previous = countIn(before);
  if (count === null || previous === null) return { count, previous, changePercent: null, ratio: null };
  return { count, ...compare(count, previous, reachesBackTo(publication, before[0])) };
}

/** Do the records reach back to the beginning of a year, as far as the publication tells? */
function reachesBackTo({ first }: Publication, year: number): boolean {
  return first !== undefined && first <= 12 * year;
}
