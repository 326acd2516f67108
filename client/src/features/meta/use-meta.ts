import { getMeta, type ResponseOf } from '@diemnong/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

export type Meta = ResponseOf<typeof getMeta>;

export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => request(getMeta, {}, { signal }),
});

/** What the platform holds: sets, categories, range of data. The first thing every screen needs. */
export function useMeta(): {
  data: Meta | undefined;
  status: 'pending' | 'error' | 'success';
  error: Error | null;
  retry: () => void;
} {
  const { data, status, error, refetch } = useQuery(metaQuery);
  return { data, status, error, retry: () => void refetch() };
}
