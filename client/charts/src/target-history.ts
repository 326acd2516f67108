import type { Fraction, TargetsResponse } from '@diemnong/contracts';

/** At the end of each month of the year asked for, or of each year that has a list. */
export type TargetHistoryBy = 'month' | 'year';

export type TargetPoint = { year: number; on: string; transformation: Fraction; noRelapse: Fraction };

/** The points of the history, oldest first. */
export function historyPoints(answer: TargetsResponse, by: TargetHistoryBy): TargetPoint[] {
  const points = by === 'year' ? answer.byYear : answer.history.map((point) => ({ ...point, year: answer.year }));
  return points.toSorted((a, b) => (a.on < b.on ? -1 : 1));
}
