import { getTrends, type RequestOf } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

type Query = NonNullable<RequestOf<typeof getTrends>['query']>;
export type PeriodLength = Query['by'];
export type Alignment = NonNullable<Query['align']>;

/** Counts per period with last year's. With the filters it was asked for: what stands on screen is told as what it is. */
export function usePeriods(filters: Filters | null, by: PeriodLength, align: Alignment = 'calendar') {
  const query = filters && { ...toQuery(filters), by, align: align === 'calendar' ? undefined : align };
  return useKeptAnswer(
    useQuery({
      queryKey: ['trends-periods', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getTrends, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
