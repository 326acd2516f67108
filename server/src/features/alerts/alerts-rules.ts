import { type MonthAlarm, monthAlarm } from '@diemnong/analysis';
import type { Commune, Reference } from '../../snapshot/reference-queries.ts';
import type { Grouping, SpanCounts } from '../../snapshot/snapshot-spans.ts';
import type { MonthWindow } from '../reporting/month-counts.ts';

/**
 * How many complete months are looked at. Months come in on the first days of the next one, corrections a week later, and
 * some communes send a quarter at once: what is older is no news, and each month more adds its share of false alarms.
 */
const MONTHS_LOOKED_AT = 3;

/** Stands for all categories in the table `alert`, whose unique key takes no null. */
export const ALL_CATEGORIES = '';

/** What is watched in each commune besides all records: each top-level group, by its code. */
export function watchedGroups({ categories }: Pick<Reference, 'categories'>): string[] {
  return categories.filter(({ parent }) => parent === null).map(({ code }) => code);
}

/** Each group with its leaves; one more at the end for what is in none of them. */
export function toGrouping(groups: readonly string[], { categories }: Pick<Reference, 'categories'>): Grouping {
  const of = new Map(groups.map((code, i) => [code, i]));
  for (const { code, parent } of categories) {
    const group = parent === null ? undefined : of.get(parent);
    if (group !== undefined) of.set(code, group);
  }
  return { of, count: groups.length + 1 };
}

/**
 * The last months that are over (`runningMonth`: the one that is not) and not later than what any of the communes has
 * reported, ascending: where data end long ago, their last months.
 */
export function monthsToLookAt(
  communes: readonly Commune[],
  { reportedMonths }: Pick<Reference, 'reportedMonths'>,
  runningMonth: number,
): number[] {
  let last = Number.NEGATIVE_INFINITY;
  for (const { code } of communes)
    for (const month of reportedMonths.get(code) ?? []) if (month < runningMonth) last = Math.max(last, month);
  if (!Number.isFinite(last)) return [];
  return Array.from({ length: MONTHS_LOOKED_AT }, (_, i) => last - MONTHS_LOOKED_AT + 1 + i);
}

/** The months from the first one that the commune reported to the end of the window; null = not reported. */
export type MonthSeries = { firstMonth: number; counts: (number | null)[] };

/** One commune's months in one group, or in all. A series begins where its reports do, so that it is the same in every scope. */
export function seriesOf(
  { groups }: Pick<SpanCounts, 'groups'>,
  { firstMonth, endMonth }: MonthWindow,
  { commune, group }: { commune: string; group: number | 'all' },
  reported: ReadonlySet<number>,
): MonthSeries {
  const wanted = (group === 'all' ? groups : groups.slice(group, group + 1)).map((counts) => counts.get(commune));
  let begins = endMonth;
  for (const month of reported) if (month >= firstMonth) begins = Math.min(begins, month);
  const counts = Array.from({ length: endMonth - begins }, (_, i) =>
    reported.has(begins + i) ? wanted.reduce((sum, own) => sum + (own?.[begins + i - firstMonth] ?? 0), 0) : null,
  );
  return { firstMonth: begins, counts };
}

export type Verdict = MonthAlarm | 'unreported' | 'too short';
export type Judge = (series: MonthSeries, month: number) => Verdict;

/** The month against its threshold; 'unreported', or 'too short' when the series does not reach back far enough. */
export function judge({ firstMonth, counts }: MonthSeries, month: number): Verdict {
  const step = month - firstMonth;
  const count = counts[step];
  if (count === null || count === undefined) return 'unreported';
  return monthAlarm(counts, step) ?? 'too short';
}

/**
 * The same, remembered from one refresh to the next: an import changes a few communes' series, and a country has 40,000, at some
 * milliseconds each. `forget` drops what was not asked for since it was called before.
 */
export function createRememberingJudge(judgeAnew: Judge = judge): { judge: Judge; forget: () => void } {
  let before = new Map<string, Verdict>();
  let now = new Map<string, Verdict>();
  return {
    judge: (series, month) => {
      const key = `${month - series.firstMonth} ${series.counts.join()}`;
      const verdict = now.get(key) ?? before.get(key) ?? judgeAnew(series, month);
      now.set(key, verdict);
      return verdict;
    },
    forget: () => {
      before = now;
      now = new Map();
    },
  };
}
