import { getTrends, type RequestOf } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

type Query = NonNullable<RequestOf<typeof getTrends>['query']>;
export type PeriodLength = Query['by'];
export type Alignment = NonNullable<Query['align']>;

/** Counts per period with last year's. With the filters it was asked for: what stands on screen is told as what it is. */
export function usePeriods(filters: Filters | null, by: PeriodLength, align: Alignment = 'calendar') {
  return useFilteredAnswer(getTrends, filters, (asked) => ({
    ...toQuery(asked),
    by,
    align: align === 'calendar' ? undefined : align,
  }));
}
