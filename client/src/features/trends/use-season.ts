import { getSeason } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

/** The months of the year and the weeks around Tết. With the filters it was asked for: what stands on screen is told as what it is. */
export function useSeason(filters: Filters | null) {
  return useFilteredAnswer(getSeason, filters, toQuery);
}
