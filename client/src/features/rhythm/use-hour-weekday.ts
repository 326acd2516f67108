import { getHourWeekday } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** Hours of the week under the filters but those on hours and weekdays, with the filters they were asked for. */
export function useHourWeekday(filters: Filters | null) {
  const query = filters && toQuery({ ...filters, hours: undefined, weekdays: undefined });
  return useKeptAnswer(
    useQuery({
      queryKey: ['hour-weekday', query],
      queryFn:
        filters && query
          ? async ({ signal }) => ({ filters, answer: await request(getHourWeekday, { query }, { signal }) })
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}
