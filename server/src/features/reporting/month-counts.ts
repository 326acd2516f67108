import { firstDayOfMonth } from '../../snapshot/local-days.ts';
import type { Grouping, SpanCounts } from '../../snapshot/snapshot-spans.ts';
import type { CountSource } from '../../snapshot/snapshot-store.ts';
import { countBySpan } from '../trends/trends-queries.ts';

/** Month numbers, half-open, at least one. */
export type MonthWindow = { firstMonth: number; endMonth: number };

/** Records by group of categories (all in one unless given), commune and calendar month of Asia/Ho_Chi_Minh: a span is a month. */
export function countByMonth(
  source: CountSource,
  { firstMonth, endMonth }: MonthWindow,
  grouping?: Grouping,
  communes?: string[],
): Promise<SpanCounts> {
  const cuts = Array.from({ length: endMonth - firstMonth + 1 }, (_, i) => firstDayOfMonth(firstMonth + i));
  const selection = {
    fromDay: firstDayOfMonth(firstMonth),
    toDay: firstDayOfMonth(endMonth),
    categories: undefined,
    communes,
    hours: undefined,
    weekdays: undefined,
  };
  return countBySpan(source, selection, cuts, grouping);
}
