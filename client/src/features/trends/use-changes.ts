import { getChanges } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** Since when: breaks in the level, and the trend. With the filters it was asked for: what stands on screen is told as what it is. */
export function useChanges(filters: Filters | null) {
  const query = filters && toQuery(filters);
  return useKeptAnswer(
    useQuery({
      queryKey: ['trends-changes', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getChanges, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
