import { getArea } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

/** One area with its shape, as it stood at the end of a day (default today). undefined asks nothing. */
export function useArea(id: string | undefined, asOf?: string) {
  const { data, error, refetch } = useQuery({
    queryKey: ['areas', 'one', id, asOf],
    queryFn: ({ signal }) => request(getArea, { params: { id: id ?? '' }, query: { asOf } }, { signal }),
    enabled: id !== undefined,
    staleTime: 0,
  });
  return { data: data?.area, dataVersion: data?.dataVersion, error, retry: () => void refetch() };
}
