import { getGroupTable, type RequestOf } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

export type GroupPeriods = NonNullable<NonNullable<RequestOf<typeof getGroupTable>['query']>['by']>;

/** Groups × periods. With the filters it was asked for: what stands on screen is told as what it is. */
export function useGroupTable(filters: Filters | null, by: GroupPeriods) {
  return useFilteredAnswer(getGroupTable, filters, (asked) => ({ ...toQuery(asked), by }));
}
