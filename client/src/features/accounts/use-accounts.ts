import {
  type AccountInput,
  listAccountSessions,
  listAccounts,
  patchAccount,
  postAccount,
  type RequestOf,
  resetAccountPassword,
  revokeAccountSessions,
} from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../../api/request.ts';

const accountsKey = ['accounts'] as const;

/** Every account, as it is now. */
export function useAccounts() {
  const { data, status, error, refetch } = useQuery({
    queryKey: [...accountsKey, 'list'],
    queryFn: ({ signal }) => request(listAccounts, {}, { signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
  });
  return { data: data?.accounts, status, error, retry: () => void refetch() };
}

/** Where one account is signed in. */
export function useAccountSessions(id: string) {
  const { data, error, refetch } = useQuery({
    queryKey: [...accountsKey, 'sessions', id],
    queryFn: ({ signal }) => request(listAccountSessions, { params: { id } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return { data: data?.sessions, error, retry: () => void refetch() };
}

type Change = NonNullable<RequestOf<typeof patchAccount>['body']>;

/** What an administrator does to accounts. Initial passwords live in the answer only: they are never kept in the cache. */
export function useAccountActions() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: accountsKey });
  const create = useMutation({
    mutationFn: (body: z.input<typeof AccountInput>) => request(postAccount, { body }),
    onSettled,
    gcTime: 0,
  });
  const change = useMutation({
    mutationFn: ({ id, body }: { id: string; body: Change }) => request(patchAccount, { params: { id }, body }),
    onSettled,
  });
  const resetPassword = useMutation({
    mutationFn: (id: string) => request(resetAccountPassword, { params: { id } }),
    onSettled,
    gcTime: 0,
  });
  const endSessions = useMutation({
    mutationFn: (id: string) => request(revokeAccountSessions, { params: { id } }),
    onSettled,
  });
  return { create, change, resetPassword, endSessions };
}
