import { getChanges } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

/** Since when: breaks in the level, and the trend. With the filters it was asked for: what stands on screen is told as what it is. */
export function useChanges(filters: Filters | null) {
  return useFilteredAnswer(getChanges, filters, toQuery);
}
