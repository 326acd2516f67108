import { AppError, type CountFilters } from '@diemnong/contracts';
import { firstDayOfMonth, monthOf, toDay } from '../../snapshot/local-days.ts';
import type { Reference } from '../../snapshot/reference-queries.ts';
import { type Selection, toSelection } from '../../snapshot/selection.ts';
import type { Publication } from './publication.ts';

/** Months (numbers), half-open, cut where the publication ends. */
export type SharedMonths = { fromMonth: number; toMonth: number; from: string; to: string };
/** Calendar years, ascending. */
export type SharedYears = SharedMonths & { years: number[] };

/** What an account for shared views can ask, in the details of its refusals. */
const allowed = {
  periods: 'complete calendar years; trends: whole months',
  by: ['month', 'quarter', 'year'],
  categories: 'groups',
  res: 8,
  weight: 'count',
  boundarySet: 'default',
};

/** A question whose answer is not published: the answer to a finer one would give hidden numbers away. */
export function refuse(vietnamese: string, english: string): never {
  throw new AppError(
    'forbidden',
    `Tài khoản xem chung ${vietnamese}, để số nhỏ không bị lộ. (An account for shared views ${english}, so that small counts stay hidden.)`,
    { details: { reason: 'shared_view', allowed } },
  );
}

/**
 * The filters that are the same for every question of a viewer.
 * Errors: those of `toSelection`; `forbidden` for filters of which nothing is published.
 */
export function sharedSelection(filters: CountFilters, reference: Reference): Selection {
  const selection = toSelection(filters, reference);
  if (filters.hours !== undefined || filters.weekdays !== undefined)
    refuse('không lọc được theo giờ hoặc thứ', 'cannot filter by hour or weekday');
  if (filters.communes !== undefined)
    refuse('không lọc được theo xã; hãy xem bảng các xã', 'cannot filter by commune; ask for all communes');
  return selection;
}

/** Indices of the groups asked for; undefined = all records. */
export function sharedGroups({ categories }: CountFilters, { kinds }: Publication): number[] | undefined {
  if (categories === undefined) return undefined;
  return [...new Set(categories)].map((code) => {
    const group = kinds.groups.indexOf(code);
    return group >= 0 ? group : refuse('chỉ lọc được theo nhóm vụ việc', 'can filter by groups of categories only');
  });
}

/** Errors: `forbidden` for a window that does not begin and end with a month, or holds none that is published. */
export function sharedMonths(selection: Selection, { end }: Publication): SharedMonths {
  return cutAt(end, selection);
}

/** Errors: `forbidden` for a window that does not begin and end with a calendar year, or holds none that is complete. */
export function sharedYears(selection: Selection, { end }: Publication): SharedYears {
  const months = cutAt(end === undefined ? undefined : end - (end % 12), selection);
  if (months.fromMonth % 12 !== 0 || months.toMonth % 12 !== 0)
    refuse('chỉ xem được trọn năm dương lịch', 'can ask for whole calendar years only');
  const first = months.fromMonth / 12;
  return { ...months, years: Array.from({ length: months.toMonth / 12 - first }, (_, i) => first + i) };
}

function cutAt(end: number | undefined, { fromDay, toDay: endDay }: Selection): SharedMonths {
  const fromMonth = monthOf(fromDay);
  const lastDay = end === undefined ? endDay : Math.min(endDay, firstDayOfMonth(end));
  const toMonth = monthOf(lastDay);
  if (fromDay !== firstDayOfMonth(fromMonth) || lastDay !== firstDayOfMonth(toMonth))
    refuse('chỉ xem được trọn tháng', 'can ask for whole months only');
  if (fromMonth >= toMonth) {
    const until = toDay(lastDay);
    refuse(`chỉ xem được số liệu trước ngày ${until}`, `can see what happened before ${until} only`);
  }
  return { fromMonth, toMonth, from: toDay(fromDay), to: toDay(lastDay) };
}
