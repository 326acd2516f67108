import { getMeta } from '@diemnong/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { metaQuery } from './use-meta.ts';

const pollMs = 15_000;

/**
 * Watches for newer data. The picture never changes under the hand: `isStale` raises a chip, and `reload` drops every
 * answer of the older version at once, so that all numbers on screen move together.
 */
export function useDataVersion(): { isStale: boolean; reload: () => void } {
  const client = useQueryClient();
  const shown = useQuery(metaQuery).data?.dataVersion;
  const latest = useQuery({
    queryKey: ['meta', 'watch'],
    queryFn: ({ signal }) => request(getMeta, {}, { signal, isBackground: true }),
    refetchInterval: pollMs,
    enabled: shown !== undefined,
    staleTime: pollMs,
    select: (meta) => meta.dataVersion,
  }).data;
  return {
    isStale: shown !== undefined && latest !== undefined && latest > shown,
    reload: () => void client.invalidateQueries(),
  };
}
