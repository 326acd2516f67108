import { listAudit, verifyAudit } from '@diemnong/contracts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { AuditQuery } from './audit-search.ts';

const auditKey = ['audit'] as const;

/** The log under a filter, newest first, page after page. */
export function useAudit(filter: AuditQuery) {
  const { data, error, isFetching, isPending, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey: [...auditKey, 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      request(listAudit, { query: { ...filter, before: pageParam ?? undefined } }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  return {
    entries: data?.pages.flatMap(({ entries }) => entries),
    total: data?.pages[0]?.total,
    error,
    isPending,
    isLoading: isFetching,
    hasMore: hasNextPage,
    loadMore: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}

/** One entry by its number, wherever it stands in the log; null = there is none. undefined asks nothing. */
export function useAuditEntry(sequence: number | undefined) {
  const { data, error, refetch } = useQuery({
    queryKey: [...auditKey, 'entry', sequence],
    queryFn: async ({ signal }) => {
      const { entries } = await request(listAudit, { query: { before: (sequence ?? 0) + 1 } }, { signal });
      return entries.find((entry) => entry.sequence === sequence) ?? null;
    },
    enabled: sequence !== undefined,
  });
  return { data, error, retry: () => void refetch() };
}

/** Look over the whole chain; the newest entries are read again, since somebody may just have added some. */
export function useAuditVerdict() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(verifyAudit),
    onSettled: () => client.invalidateQueries({ queryKey: [...auditKey, 'list'] }),
  });
}
