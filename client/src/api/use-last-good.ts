import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

/**
 * The latest answer there was: while a new one loads or after it failed, the last good one stands. undefined only
 * before the first. (TanStack's placeholder ends when the request fails, and the screen would go blank.)
 */
export function useLastGood<T>(data: T | undefined): T | undefined {
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  return data ?? last;
}

/** A query as screens read it: the last good answer (`isPrevious` says when it is not of what is asked now), and a retry. */
export type KeptAnswer<T> = {
  data: T | undefined;
  status: UseQueryResult<T>['status'];
  error: Error | null;
  isLoading: boolean;
  isPrevious: boolean;
  retry: () => void;
};

export function useKeptAnswer<T>(query: UseQueryResult<T>): KeptAnswer<T> {
  const { data, status, error, isFetching, isPlaceholderData, refetch } = query;
  return {
    data: useLastGood(data),
    status,
    error,
    isLoading: isFetching,
    isPrevious: isPlaceholderData || data === undefined,
    retry: () => void refetch(),
  };
}
