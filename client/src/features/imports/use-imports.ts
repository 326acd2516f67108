import { listImports } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { isMoving } from './batch-state.ts';

const pollMs = 2000;

export const importsKey = ['imports'] as const;

/** All batches, newest first; asked again while one of them is being read or written. */
export function useImports() {
  const { data, status, error, refetch } = useQuery({
    queryKey: [...importsKey, 'list'],
    queryFn: ({ signal }) => request(listImports, {}, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.imports.some(isMoving) ? pollMs : false),
  });
  return { data: data?.imports, status, error, retry: () => void refetch() };
}
