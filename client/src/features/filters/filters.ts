import {
  addMonths,
  defaultPeriod,
  isWholeMonths,
  lastWholeYear,
  monthEnd,
  monthsBetween,
  type Period,
  wholeYears,
} from '../../state/days.ts';
import type { View } from '../../state/view-search.ts';

/** What is counted now: days half-open, lists absent = no filter. */
export type Filters = Period & { categories?: string[]; hours?: number[]; weekdays?: number[] };
export type FilterName = 'categories' | 'hours' | 'weekdays';

/** The filters of a view; the last 12 `months` when it names no period. null while the platform holds no record. */
export function toFilters(view: View, range: Period | null, months?: number): Filters | null {
  if (range === null) return null;
  const fallback = defaultPeriod(range, months);
  const from = view.from ?? fallback.from;
  const to = view.to ?? fallback.to;
  return {
    ...(from < to ? { from, to } : fallback),
    ...(view.categories ? { categories: view.categories } : {}),
    ...(view.hours ? { hours: view.hours } : {}),
    ...(view.weekdays ? { weekdays: view.weekdays } : {}),
  };
}

/**
 * The filters of a view for an account for shared views: whole calendar years, and no hours or weekdays, so that a link made by
 * others still opens. Categories stay as they are: leaving one out would show more than the link says. A page of `months`
 * shows the province's published months when the address names no period.
 */
export function toSharedFilters(view: View, range: Period | null, months?: number): Filters | null {
  const filters = toFilters({ ...view, hours: undefined, weekdays: undefined }, range, months);
  if (filters === null || range === null) return null;
  return { ...filters, ...sharedPeriod(view, filters, range, months) };
}

function sharedPeriod(view: View, filters: Filters, range: Period, months: number | undefined): Period {
  if (view.from !== undefined && view.to !== undefined) return wholeYears(filters, range);
  return months === undefined ? lastWholeYear(range) : defaultPeriod(range, months);
}

/** Filters as the query of any count: lists written `a,b`. */
export function toQuery({ from, to, categories, hours, weekdays }: Filters) {
  return { from, to, categories: categories?.join(','), hours: hours?.join(','), weekdays: weekdays?.join(',') };
}

export function activeFilters(filters: Filters): FilterName[] {
  return (['categories', 'hours', 'weekdays'] as const).filter((name) => filters[name] !== undefined);
}

/** A run of hours round the clock: [22, 23, 0, 1] → {from: 22, to: 2}; null when the hours have gaps. */
export function hourRun(hours: readonly number[]): { from: number; to: number } | null {
  const chosen = new Set(hours);
  if (chosen.size === 0 || chosen.size >= 24) return null;
  const starts = [...chosen].filter((hour) => !chosen.has((hour + 23) % 24));
  const [from] = starts;
  if (starts.length !== 1 || from === undefined) return null;
  const end = (from + chosen.size) % 24;
  return { from, to: end === 0 ? 24 : end };
}

/**
 * The window whose counts lock the classes of a legend: the same kinds of incident over a window of the same length that
 * ends with the data. Moving through time, or to other hours and weekdays, leaves it as it is, so that two maps compare;
 * other kinds or another length are another indicator and have their own classes. Shared views (`isShared`) are locked by a year.
 */
export function lockingFilters(filters: Filters, range: Period, isShared = false): Filters {
  const categories = filters.categories ? { categories: filters.categories } : {};
  if (isShared) return { ...lastWholeYear(range), ...categories };
  const to = monthEnd(range.to);
  const months = isWholeMonths(filters) ? monthsBetween(filters.from, filters.to) : 12;
  return {
    from: addMonths(to, -Math.max(1, months)),
    to,
    ...categories,
  };
}
