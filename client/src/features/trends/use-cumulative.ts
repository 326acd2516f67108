import { getCumulative, type RequestOf } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

export type YearKind = NonNullable<NonNullable<RequestOf<typeof getCumulative>['query']>['by']>;

/** The year so far against last year and the goal; of the filters only kinds, hours and weekdays count. */
export function useCumulative(filters: Filters | null, year: number, by: YearKind) {
  const query = filters && { ...toYearQuery(filters), year, by };
  return useKeptAnswer(
    useQuery({
      queryKey: ['trends-cumulative', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getCumulative, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}

/** Filters as the query of a year's count: the year takes the place of from and to. */
function toYearQuery(filters: Filters) {
  const { from: _from, to: _to, ...others } = toQuery(filters);
  return others;
}
