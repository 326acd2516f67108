import type { getTargets, RequestOf } from '@diemnong/contracts';
import type { View } from '../../state/view-search.ts';

export type TargetsQuery = NonNullable<RequestOf<typeof getTargets>['query']> & { year: number };
export type TargetName = 'transformation' | 'noRelapse';

/** What the address asks for: the running year and the last day known, unless it says otherwise. */
export function toTargetsQuery(
  { targetYear, asOf, cohort }: Pick<View, 'targetYear' | 'asOf' | 'cohort'>,
  today: string,
): TargetsQuery {
  return { year: targetYear ?? Number(today.slice(0, 4)), asOf, cohort };
}

/** Years to choose from, newest first: those with a list, the running one, and the one that is open. */
export function yearChoices(years: readonly number[], open: number, today: string): number[] {
  return [...new Set([...years, open, Number(today.slice(0, 4))])].sort((a, b) => b - a);
}

/** The last day of a year, or today while it runs. */
export function lastDayOf(year: number, today: string): string {
  const end = `${year}-12-31`;
  return end < today ? end : today;
}
