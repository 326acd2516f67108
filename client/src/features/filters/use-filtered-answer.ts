import type { Endpoint, RequestOf, ResponseOf } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import type { Filters } from './filters.ts';

/**
 * An answer with the filters it was asked for, so that what stands on screen is told as what it is. `query` is what the endpoint is
 * asked, made from the filters; null filters ask nothing.
 */
export function useFilteredAnswer<E extends Endpoint>(
  endpoint: E,
  filters: Filters | null,
  query: (filters: Filters) => NonNullable<RequestOf<E>['query']>,
) {
  const asked = filters && query(filters);
  return useKeptAnswer(
    useQuery<{ filters: Filters; answer: ResponseOf<E> }>({
      queryKey: [endpoint.path, asked],
      queryFn:
        filters && asked
          ? async ({ signal }) => ({
              filters,
              answer: await request(endpoint, { query: asked } as RequestOf<E>, { signal }),
            })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
