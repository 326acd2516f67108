import { getTrends } from '@diemnong/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useLastGood } from '../../api/use-last-good.ts';
import { monthEnd, monthStart, type Period } from '../../state/days.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** Every month of the data with the same month of the year before, under the filters but for the period. */
export function useMonthlyTrend(range: Period | null, filters: Filters | null) {
  const asked = range === null ? null : { from: monthStart(range.from), to: monthEnd(range.to) };
  const query = { ...toQuery({ ...filters, ...(asked ?? { from: '', to: '' }) }), by: 'month' as const };
  const { data, status, error, isFetching } = useQuery({
    queryKey: ['trends', query],
    queryFn: ({ signal }) => request(getTrends, { query }, { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return { data: useLastGood(data), status, error, isLoading: isFetching };
}
