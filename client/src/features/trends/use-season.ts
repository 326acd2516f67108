import { getSeason } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** The months of the year and the weeks around Tết. With the filters it was asked for: what stands on screen is told as what it is. */
export function useSeason(filters: Filters | null) {
  const query = filters && toQuery(filters);
  return useKeptAnswer(
    useQuery({
      queryKey: ['trends-season', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getSeason, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
