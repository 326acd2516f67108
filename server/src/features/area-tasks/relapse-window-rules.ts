import { firstDayOfMonth, monthOf, toDay, toDayNumber } from '../../snapshot/local-days.ts';

/** Records of an area by month number; null = a commune of it did not report; a month that is not over is absent. */
export type CountOf = (month: number) => number | null | undefined;

/** `from` included, `to` excluded; `days`: of the months compared. */
type Stretch = { from: string; to: string; count: number; days: number };
export type Compared = { window: Stretch; baseline: Stretch };

/** Each calendar month is compared once. */
const YEAR = 12;

/**
 * The last `months` complete months since the success that are reported now and were in the baseline year, against the same
 * calendar months of that year: the 12 months before the one that holds `begunOn`, the day the transformation began. Months
 * that were not reported on either side are passed over, but none is older than a year before the last one reported.
 * `baseline.from` and `to` are of the whole baseline year, `count` and `days` of the months compared.
 * @returns undefined when there are fewer.
 */
export function lastWindow(
  countOf: CountOf,
  { begunOn, successOn, endMonth, months }: { begunOn: string; successOn: string; endMonth: number; months: number },
): Compared | undefined {
  const startMonth = monthOf(toDayNumber(begunOn));
  const first = firstWholeMonth(successOn);
  let last = endMonth - 1;
  while (last >= first && countOf(last) == null) last--;
  const pairs: number[] = [];
  for (let month = last; month >= Math.max(first, last - YEAR + 1) && pairs.length < months; month--)
    if (countOf(month) != null && countOf(sameMonth(month, startMonth)) != null) pairs.unshift(month);
  return pairs.length < months ? undefined : compare(countOf, pairs, startMonth);
}

/** The months of a task's own window once more, as the data stand now; undefined when under half of them can be compared. */
export function windowAgain(
  countOf: CountOf,
  { begunOn, from, to }: { begunOn: string; from: string; to: string },
): Compared | undefined {
  const startMonth = monthOf(toDayNumber(begunOn));
  const [first, end] = [monthOf(toDayNumber(from)), monthOf(toDayNumber(to))];
  const months = Array.from({ length: end - first }, (_, i) => first + i);
  const pairs = months.filter((month) => countOf(month) != null && countOf(sameMonth(month, startMonth)) != null);
  if (pairs.length === 0 || 2 * pairs.length < months.length) return undefined;
  const { window, baseline } = compare(countOf, pairs, startMonth);
  return { window: { ...window, from, to }, baseline };
}

/** The month of the baseline year with the same name. */
export function sameMonth(month: number, startMonth: number): number {
  return startMonth - YEAR + ((((month - startMonth) % YEAR) + YEAR) % YEAR);
}

function firstWholeMonth(day: string): number {
  return monthOf(toDayNumber(day)) + (day.endsWith('-01') ? 0 : 1);
}

function compare(countOf: CountOf, pairs: readonly number[], startMonth: number): Compared {
  const sum = (months: readonly number[]) => ({
    count: months.reduce((total, month) => total + (countOf(month) ?? 0), 0),
    days: months.reduce((total, month) => total + firstDayOfMonth(month + 1) - firstDayOfMonth(month), 0),
  });
  const [first, last] = [pairs[0], pairs[pairs.length - 1]];
  return {
    window: { from: toDay(firstDayOfMonth(first)), to: toDay(firstDayOfMonth(last + 1)), ...sum(pairs) },
    baseline: {
      from: toDay(firstDayOfMonth(startMonth - YEAR)),
      to: toDay(firstDayOfMonth(startMonth)),
      ...sum(pairs.map((month) => sameMonth(month, startMonth))),
    },
  };
}
