import { getCumulative, type RequestOf } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

export type YearKind = NonNullable<NonNullable<RequestOf<typeof getCumulative>['query']>['by']>;

/** The year so far against last year and the goal; of the filters only kinds, hours and weekdays count. */
export function useCumulative(filters: Filters | null, year: number, by: YearKind) {
  return useFilteredAnswer(getCumulative, filters, (asked) => ({ ...toYearQuery(asked), year, by }));
}

/** Filters as the query of a year's count: the year takes the place of from and to. */
function toYearQuery(filters: Filters) {
  const { from: _from, to: _to, ...others } = toQuery(filters);
  return others;
}
