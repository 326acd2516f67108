import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLastGood } from '../../api/use-last-good.ts';
import { onSessionMoved } from './session-channel.ts';
import { sessionQuery, viewerKey } from './session-query.ts';

/**
 * The session as the frame needs it. When it ends, `session` stays what it was (`isEnded`), so that the work on screen is
 * not lost. When another account or other rights come back, the page is loaded anew: nothing that was read for one
 * account is left in memory for the next.
 */
export function useHeldSession() {
  const { data, status, error, refetch } = useQuery(sessionQuery);
  const session = useLastGood(data ?? undefined);
  const key = data ? viewerKey(data.user) : undefined;
  const [firstKey, setFirstKey] = useState(key);
  if (firstKey === undefined && key !== undefined) setFirstKey(key);
  const isOther = key !== undefined && firstKey !== undefined && key !== firstKey;

  useEffect(() => {
    if (isOther) window.location.reload();
  }, [isOther]);
  useEffect(() => onSessionMoved(() => void refetch()), [refetch]);

  return {
    session: isOther ? undefined : session,
    /** Nobody is signed in, now or from the start. */
    isEnded: data === null,
    isFailed: status === 'error' && data === undefined,
    error,
    retry: () => void refetch(),
  };
}
