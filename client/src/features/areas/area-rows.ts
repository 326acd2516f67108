import { type AreaSummary, areaStatuses } from '@diemnong/contracts';
import type { Sort } from '../../ui/sort.ts';

export type AreaSort = Sort<'number' | 'name' | 'commune' | 'status' | 'since' | 'year' | 'area'>;

const statusPlace = new Map(areaStatuses.map((status, place) => [status, place]));
const collator = new Intl.Collator('vi', { numeric: true });

const dayNumber = (day: string | null) => (day === null ? null : Date.parse(day));

/** Negative: a comes before b. Absent values come last in either direction, so `direction` turns only what is there. */
function compare(a: AreaSummary, b: AreaSummary, by: AreaSort['by'], direction: 1 | -1): number {
  const numeric = (x: number | null | undefined, y: number | null | undefined) =>
    x == null || y == null ? Number(x == null) - Number(y == null) : direction * (x - y);
  switch (by) {
    case 'name':
      return direction * collator.compare(a.name, b.name);
    case 'commune':
      return direction * collator.compare(a.commune.name, b.commune.name);
    case 'status':
      return numeric(statusPlace.get(a.status), statusPlace.get(b.status));
    case 'since':
      return numeric(dayNumber(a.since), dayNumber(b.since));
    case 'year':
      return numeric(a.listedYears.at(-1), b.listedYears.at(-1));
    case 'area':
      return numeric(a.areaKm2, b.areaKm2);
    case 'number':
      return numeric(a.number, b.number);
  }
}

/** Sorted by a column, then by number. Years of listing rise within an area. */
export function sortAreas(areas: readonly AreaSummary[], { by, isDescending }: AreaSort): AreaSummary[] {
  const direction = isDescending ? -1 : 1;
  return areas.toSorted((a, b) => compare(a, b, by, direction) || a.number - b.number);
}
