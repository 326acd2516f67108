import type { AreaCandidate } from '@diemnong/contracts';

/** Least records before, so that a change in percent says something. */
const leastBefore = 20;

/** Against the same length of time before: records more or fewer, and a percentage where the base carries one. */
export function changeOf({ count, previous }: Pick<AreaCandidate, 'count' | 'previous'>): {
  direction: 'up' | 'down' | 'same';
  by: number;
  percent: number | null;
} {
  const by = count - previous;
  return {
    direction: by > 0 ? 'up' : by < 0 ? 'down' : 'same',
    by: Math.abs(by),
    percent: previous < leastBefore ? null : Math.round((Math.abs(by) / previous) * 100),
  };
}

/** How many times what would be there, were the records spread evenly; null without an expectation. */
export function timesExpected({ count, expected }: Pick<AreaCandidate, 'count' | 'expected'>): number | null {
  return expected > 0 ? count / expected : null;
}
