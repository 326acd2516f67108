import type { MonthState } from '@diemnong/contracts';
import { localDayOf, monthOf } from '../../snapshot/local-days.ts';

/** What is known of one commune's month. */
export type KnownMonth = {
  /** Records of it. */
  count: number;
  /** A batch reports it. */
  isReported: boolean;
  /** Somebody said that there was no incident. */
  isConfirmed: boolean;
  isOver: boolean;
};

/**
 * Records win over a confirmation that came before them. Records alone report nothing: the province's own office sends in
 * single incidents of communes that have yet to send theirs.
 */
export function toMonthState({ count, isReported, isConfirmed, isOver }: KnownMonth): MonthState {
  if (isConfirmed && count === 0) return 'none';
  if (isReported || isConfirmed) return 'reported';
  return isOver ? 'missing' : 'pending';
}

/** Number of the month that is running in Asia/Ho_Chi_Minh: those before it are over. */
export function currentMonth(): number {
  return monthOf(localDayOf(Date.now()));
}
