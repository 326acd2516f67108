import { getCommuneRanking } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

export type Per = 'population' | 'area';

/** Communes by rate, per people or per area, with the filters they were asked for. */
export function useCommuneRanking(filters: Filters | null, per: Per) {
  return useFilteredAnswer(getCommuneRanking, filters, (asked) => ({ ...toQuery(asked), per }));
}
