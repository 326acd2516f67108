import { listAreas } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

/** Years any area was listed for, newest first. */
export function useAreaYears(isOn: boolean): readonly number[] {
  const { data } = useQuery({
    queryKey: ['areas', 'years'],
    queryFn: ({ signal }) => request(listAreas, { query: { limit: 1 } }, { signal }),
    enabled: isOn,
    staleTime: 60_000,
  });
  return data?.years ?? [];
}
