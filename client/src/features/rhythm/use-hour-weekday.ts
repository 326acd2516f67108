import { getHourWeekday } from '@diemnong/contracts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { useFilteredAnswer } from '../filters/use-filtered-answer.ts';

/** Hours of the week under the filters but those on hours and weekdays, with the filters they were asked for. */
export function useHourWeekday(filters: Filters | null) {
  return useFilteredAnswer(getHourWeekday, filters, (asked) =>
    toQuery({ ...asked, hours: undefined, weekdays: undefined }),
  );
}
