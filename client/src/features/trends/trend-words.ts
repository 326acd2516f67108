import type { ChangesResponse, Ratio, SeasonResponse } from '@diemnong/contracts';

/** How a change is told. Percentages, signed; a null bound is without end. `sure`: the whole 95% interval lies on one side of none. */
export type Comparison =
  | { kind: 'hidden' | 'none' | 'small-base' | 'nothing-to-compare' }
  | ({ kind: 'sure' | 'unsure' } & Change);

export type Change = {
  direction: 'up' | 'down' | 'same';
  percent: number;
  low: number;
  high: number | null;
  p: number;
};

/** Counts of the commune-months that were reported in both years (contracts/trends.ts, `Compared`). */
export type Compared = { comparedCount: number | null; comparedPrevious: number | null; ratio: Ratio };

/** Under this a percentage of last year's count misleads (the server gives none either). */
export const SMALL_BASE = 20;

const toPercent = (ratio: number) => (ratio - 1) * 100;

/** A ratio as a change; null without a value or a lower bound. */
export function changeOf(ratio: Ratio): ({ isSure: boolean } & Change) | null {
  if (ratio === null || ratio.value === null || ratio.low === null) return null;
  const percent = toPercent(ratio.value);
  return {
    direction: Math.abs(percent) < 0.05 ? 'same' : percent > 0 ? 'up' : 'down',
    percent,
    low: toPercent(ratio.low),
    high: ratio.high === null ? null : toPercent(ratio.high),
    p: ratio.p,
    isSure: ratio.low > 1 || (ratio.high !== null && ratio.high < 1),
  };
}

/** Against the same period last year; `comparedMonths` 0 = last year was not reported or lies before the data: not low, not there. */
export function comparisonOf({
  comparedCount,
  comparedPrevious,
  comparedMonths,
  ratio,
}: Compared & { comparedMonths: number }): Comparison {
  if (comparedCount === null || comparedPrevious === null) return { kind: 'hidden' };
  if (comparedMonths === 0) return { kind: 'nothing-to-compare' };
  if (comparedCount === 0 && comparedPrevious === 0) return { kind: 'none' };
  const change = changeOf(ratio);
  if (comparedPrevious < SMALL_BASE || change === null) return { kind: 'small-base' };
  const { isSure, ...words } = change;
  return { kind: isSure ? 'sure' : 'unsure', ...words };
}

/**
 * Which of several comparisons stand when all of them are looked at together: Benjamini–Hochberg at 5%, so that of those told
 * at most about one in twenty is chance alone. In the order of `values`.
 */
export function standTogether(values: readonly { p: number }[]): boolean[] {
  const sorted = values.map(({ p }) => p).toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((p, rank) => p <= (0.05 * (rank + 1)) / sorted.length);
  return values.map(({ p }) => last >= 0 && p <= (sorted[last] ?? 0));
}

/** Over months, season taken out: rising or falling when chance alone would show as much in under 5 of 100 series. */
export function trendOf(trend: { p: number; slope: number } | null): 'too-short' | 'none' | 'up' | 'down' {
  if (trend === null) return 'too-short';
  if (trend.p >= 0.05 || trend.slope === 0) return 'none';
  return trend.slope > 0 ? 'up' : 'down';
}

/** Records that the goal still allows up to today, rounded down, and how many fewer (or, negative, more) there are. */
export function roomUnderGoal(current: number, previous: number, goalPercent: number): { most: number; room: number } {
  const most = Math.floor(previous * (1 - goalPercent / 100) + 1e-9);
  return { most, room: most - current };
}

type Index = { index: number | null; low: number | null; high: number | null };
export type Extreme<Step> = { step: Step; percent: number; low: number; high: number };

/** The step farthest above and the one farthest below the mean, of those whose whole interval lies on that side; null = none. */
function extremesOf<Step>(steps: readonly (Index & { step: Step })[]): {
  highest: Extreme<Step> | null;
  lowest: Extreme<Step> | null;
} {
  const known = steps.flatMap(({ step, index, low, high }) =>
    index === null || low === null || high === null
      ? []
      : [{ step, percent: toPercent(index), low: toPercent(low), high: toPercent(high) }],
  );
  const above = known.filter(({ low }) => low > 0).toSorted((a, b) => b.percent - a.percent);
  const below = known.filter(({ high }) => high < 0).toSorted((a, b) => a.percent - b.percent);
  return { highest: above[0] ?? null, lowest: below[0] ?? null };
}

export function seasonExtremes({ months }: Pick<SeasonResponse, 'months'>) {
  return extremesOf(months.map((month) => ({ ...month, step: month.month })));
}

export function tetExtremes({ tet }: Pick<SeasonResponse, 'tet'>) {
  return extremesOf(tet.weeks.map((week) => ({ ...week, step: week.week })));
}

/** Each break with the levels before and after it. */
export function levelChanges({ changes, segments }: Pick<ChangesResponse, 'changes' | 'segments'>) {
  return changes.flatMap(({ at, ratio }) => {
    const after = segments.findIndex(({ from }) => from === at);
    const change = changeOf(ratio);
    const [before, now] = [segments[after - 1], segments[after]];
    return change === null || before === undefined || now === undefined
      ? []
      : [{ at, change, before: before.level, after: now.level }];
  });
}

/** Day of the month that reporting periods begin on: the latest one, since short months cut it. null under two periods. */
export function cutoffDayOf(periods: readonly { from: string }[]): number | null {
  const starts = periods.slice(1).map(({ from }) => Number(from.slice(8)));
  return starts.length > 0 ? Math.max(...starts) : null;
}

/** Name of a rule without its description, which is written in one language: "groups-1: exact …" → "groups-1". */
export function ruleName(rule: string): string {
  return /^[^:;,(]+/.exec(rule)?.[0].trim() ?? rule;
}
