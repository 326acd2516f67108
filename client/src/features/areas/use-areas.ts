import { approveAreaEvents, listAreas, listPendingEvents } from '@diemnong/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type AreaQuery, mostAreas } from './area-filter.ts';

/** Everything that shows areas: a step of one may move the board, the targets, the map. */
export const areasKey = ['areas'] as const;

/** Areas as they are now, since people enter steps while others look. */
export function useAreas(query: AreaQuery, options: { enabled?: boolean; staleTime?: number } = {}) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areasKey, 'list', query],
      queryFn: ({ signal }) => request(listAreas, { query: { ...query, limit: mostAreas } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
      ...options,
    }),
  );
}

/** Steps that wait for a second person, over all areas that this account sees. */
export function usePendingEvents() {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areasKey, 'pending'],
      queryFn: ({ signal }) => request(listPendingEvents, {}, { signal }),
      staleTime: 0,
      refetchOnWindowFocus: true,
    }),
  );
}

/** Agree to several steps; the answer says which were left and why. */
export function useApproveEvents() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (events: string[]) => request(approveAreaEvents, { body: { events } }),
    onSettled: () => refreshAreas(client),
  });
}

/** After a step: areas, their targets and their review tasks are asked for again. */
export function refreshAreas(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return Promise.all([areasKey, ['targets'], ['area-tasks']].map((queryKey) => client.invalidateQueries({ queryKey })));
}
