import { getCommuneRanking } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

export type Per = 'population' | 'area';

/** Communes by rate, per people or per area, with the filters they were asked for. */
export function useCommuneRanking(filters: Filters | null, per: Per) {
  const query = filters && { ...toQuery(filters), per };
  return useKeptAnswer(
    useQuery({
      queryKey: ['commune-ranking', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getCommuneRanking, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
