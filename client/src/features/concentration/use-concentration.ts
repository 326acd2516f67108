import { getConcentration, type H3Res } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

/** How few cells of one resolution hold how much, with the filters it was asked for. */
export function useConcentration(filters: Filters | null, res: H3Res) {
  return useFilteredAnswer(getConcentration, filters, (asked) => ({ ...toQuery(asked), res }));
}
