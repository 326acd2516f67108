import { getGroupTable, type RequestOf } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

export type GroupPeriods = NonNullable<NonNullable<RequestOf<typeof getGroupTable>['query']>['by']>;

/** Groups × periods. With the filters it was asked for: what stands on screen is told as what it is. */
export function useGroupTable(filters: Filters | null, by: GroupPeriods) {
  const query = filters && { ...toQuery(filters), by };
  return useKeptAnswer(
    useQuery({
      queryKey: ['trends-groups', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getGroupTable, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
