import { localDayOf, toDay } from '../../snapshot/local-days.ts';

/** The day it is in Asia/Ho_Chi_Minh. */
export function today(): string {
  return toDay(localDayOf(Date.now()));
}
