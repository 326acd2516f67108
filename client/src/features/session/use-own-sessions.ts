import { listSessions, revokeSession } from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export const ownSessionsKey = ['own-sessions'] as const;

/** Where this account is signed in, newest first, and the way to end one of them. */
export function useOwnSessions() {
  const client = useQueryClient();
  const { data, status, error, refetch } = useQuery({
    queryKey: ownSessionsKey,
    queryFn: ({ signal }) => request(listSessions, {}, { signal }),
    staleTime: 0,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => request(revokeSession, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsKey }),
  });
  return { data: data?.sessions, status, error, retry: () => void refetch(), revoke };
}
