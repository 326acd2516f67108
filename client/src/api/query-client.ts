import { QueryClient } from '@tanstack/react-query';
import { RequestError } from './request.ts';

/**
 * One cache for the page. Answers stay fresh until the data version moves (use-data-version clears them on request), so
 * going back and forth in time costs nothing. Only a missing answer is tried again: a refusal stays a refusal.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && error instanceof RequestError && isPassing(error),
    },
  },
});

function isPassing(error: RequestError): boolean {
  return error.code === 'offline' || error.code === 'unavailable';
}
