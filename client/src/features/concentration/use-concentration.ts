import { getConcentration, type H3Res } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** How few cells of one resolution hold how much, with the filters it was asked for. */
export function useConcentration(filters: Filters | null, res: H3Res) {
  const query = filters && { ...toQuery(filters), res };
  return useKeptAnswer(
    useQuery({
      queryKey: ['concentration', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getConcentration, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
