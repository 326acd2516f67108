import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RequestError } from './request.ts';

/** Who is signed in (features/session). */
export const sessionKey = ['session'] as const;

/**
 * A refusal may mean that the session ended or that the account's rights changed: the session is asked for again, and
 * whoever shows it says so. Where nobody is signed in, a refusal tells nothing new.
 */
function doubtSession(error: Error): void {
  if (!(error instanceof RequestError) || (error.status !== 401 && error.status !== 403)) return;
  if (queryClient.getQueryData(sessionKey)) void queryClient.invalidateQueries({ queryKey: sessionKey });
}

/**
 * One cache for the page. Answers stay fresh until the data version moves (use-data-version clears them on request), so
 * going back and forth in time costs nothing. Only a missing answer is tried again: a refusal stays a refusal.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: doubtSession }),
  mutationCache: new MutationCache({ onError: doubtSession }),
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
