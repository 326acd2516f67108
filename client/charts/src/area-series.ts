import type { AreaEvidence } from '@diemnong/contracts';
import { dayNumber } from './days.ts';

export type AreaSeriesBy = 'month' | 'reporting';
export type AreaSeriesStep = AreaEvidence['months'][number];

/** Mean length of a month of the Gregorian calendar, days. */
const daysPerMonth = 365.2425 / 12;

export function areaSteps({ months, periods }: AreaEvidence, by: AreaSeriesBy): readonly AreaSeriesStep[] {
  return by === 'month' ? months : periods;
}

/** Runs of one phase: index of the first step and of the one after the last. */
export function phaseRuns<Phase extends string>(
  steps: readonly { phase: Phase }[],
): { phase: Phase; start: number; end: number }[] {
  const runs: { phase: Phase; start: number; end: number }[] = [];
  steps.forEach(({ phase }, i) => {
    const run = runs.at(-1);
    if (run?.phase === phase) run.end = i + 1;
    else runs.push({ phase, start: i, end: i + 1 });
  });
  return runs;
}

/** Where a day lies among steps, in steps from the first one's beginning: 2.5 = the middle of the third. Clamped to the series. */
export function placeOfDay(steps: readonly { from: string; to: string }[], day: string): number {
  const i = steps.findIndex(({ to }) => day < to);
  if (i < 0) return steps.length;
  const step = steps[i];
  if (step === undefined || day <= step.from) return i;
  const start = dayNumber(step.from);
  return i + (dayNumber(day) - start) / (dayNumber(step.to) - start);
}

/** The two windows that are compared, as records per mean month of reported days; those without days are left out. */
export function comparedLevels({ before, after }: Pick<AreaEvidence, 'before' | 'after'>): {
  phase: 'before' | 'after';
  from: string;
  to: string;
  level: number;
}[] {
  return [
    { phase: 'before' as const, window: before },
    { phase: 'after' as const, window: after },
  ].flatMap(({ phase, window }) =>
    window === null || window.days <= 0
      ? []
      : [{ phase, from: window.from, to: window.to, level: (window.count / window.days) * daysPerMonth }],
  );
}

/** Which row each text stands in so that none touch: rows from the top, `null` where none of them has room. */
export function rowsOfLabels(labels: readonly { left: number; right: number }[], rowCount: number): (number | null)[] {
  const ends = Array.from({ length: rowCount }, () => Number.NEGATIVE_INFINITY);
  return labels.map(({ left, right }) => {
    const row = ends.findIndex((end) => end <= left);
    if (row < 0) return null;
    ends[row] = right;
    return row;
  });
}
