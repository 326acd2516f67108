import { AppError, type CountFilters, type H3Cell, type H3Res } from '@diemnong/contracts';
import { addYears, toDayNumber } from './local-days.ts';
import type { Commune, Reference } from './reference-queries.ts';

/** Which records count: the filters of a request after they were checked against the reference tables. */
export type Selection = {
  /** Day numbers, half-open. */
  fromDay: number;
  toDay: number;
  /** Codes as records carry them: groups were replaced by themselves and their leaves. */
  categories: string[] | undefined;
  communes: string[] | undefined;
  /** 0–23. */
  hours: number[] | undefined;
  /** 1 = Monday … 7. */
  weekdays: number[] | undefined;
  /** Res-10 cells: only records in one of them (a place of several cells, as an area is). */
  cells?: readonly H3Cell[] | undefined;
};

/** One place to count in: a cell, or a commune of a boundary set. */
export type Place = { cell: string; res: H3Res } | { boundarySet: string; commune: string };

const longestYears = 50;
const namedAtMost = 10;

/**
 * Errors: `invalid_input` for an empty or reversed window, one over 50 years, and category or commune codes that do not
 * exist; a shared link may hold a code that was removed since, and must not quietly show fewer records.
 */
export function toSelection(filters: CountFilters, reference: Reference): Selection {
  const fromDay = toDayNumber(filters.from);
  const toDay = toDayNumber(filters.to);
  if (fromDay >= toDay)
    throw new AppError('invalid_input', `from ${filters.from} is not before to ${filters.to} (to is excluded)`);
  if (toDay > addYears(fromDay, longestYears))
    throw new AppError('invalid_input', `${filters.from} to ${filters.to} is longer than ${longestYears} years`);
  return {
    fromDay,
    toDay,
    categories: filters.categories && leavesOf(filters.categories, reference),
    communes: filters.communes && knownCommunes(filters.communes, reference),
    hours: filters.hours,
    weekdays: filters.weekdays,
  };
}

/** The same calendar dates one year earlier; 29 February becomes 28 February. */
export function oneYearEarlier(selection: Selection): Selection {
  return { ...selection, fromDay: addYears(selection.fromDay, -1), toDay: addYears(selection.toDay, -1) };
}

/**
 * The set a request names, or the default one; undefined while there is none.
 * Errors: `invalid_input` for a set that does not exist.
 */
export function toBoundarySet(id: string | undefined, reference: Reference): string | undefined {
  if (id === undefined) return reference.defaultSet;
  if (reference.boundarySets.some((set) => set.id === id)) return id;
  const known = reference.boundarySets.map((set) => set.id).join(', ') || 'none';
  throw new AppError('invalid_input', `boundarySet "${id}" does not exist; known: ${known}`);
}

export function communesOf(set: string | undefined, reference: Reference): readonly Commune[] {
  return (set !== undefined && reference.communes.get(set)) || [];
}

function leavesOf(codes: string[], { categories }: Reference): string[] {
  const known = new Set(categories.map(({ code }) => code));
  refuseUnknown(codes, known, 'categories');
  const wanted = new Set(codes);
  for (const { code, parent } of categories) if (parent !== null && wanted.has(parent)) wanted.add(code);
  return [...wanted];
}

function knownCommunes(codes: string[], reference: Reference): string[] {
  const communes = communesOf(reference.defaultSet, reference);
  refuseUnknown(codes, new Set(communes.map(({ code }) => code)), 'communes');
  return [...new Set(codes)];
}

function refuseUnknown(codes: string[], known: ReadonlySet<string>, field: string): void {
  const unknown = [...new Set(codes.filter((code) => !known.has(code)))];
  if (unknown.length === 0) return;
  const named = unknown.slice(0, namedAtMost).join(', ') + (unknown.length > namedAtMost ? ', …' : '');
  throw new AppError('invalid_input', `${field}: unknown ${unknown.length === 1 ? 'code' : 'codes'} ${named}`, {
    details: { field, unknown },
  });
}
