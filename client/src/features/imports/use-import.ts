import { getImport, getImportPreview, type ImportBatch, importEventsPath } from '@diemnong/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '../../api/request.ts';
import { isMoving } from './batch-state.ts';
import { importsKey } from './use-imports.ts';

const pollMs = 1000;

export const importKey = (id: string) => [...importsKey, id] as const;

/**
 * One batch. While the server works on it, its events are followed; where a proxy or an error stops them, it is asked for
 * every second instead. When a batch settles, every number of the platform may have changed: all answers are asked anew.
 */
export function useImport(id: string) {
  const client = useQueryClient();
  const [isPolling, setPolling] = useState(false);
  const { data, status, error, refetch } = useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => request(getImport, { params: { id } }, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (isPolling && state.data && isMoving(state.data) ? pollMs : false),
  });
  const isFollowed = data !== undefined && isMoving(data);
  const state = data?.state;

  useEffect(() => {
    if (!isFollowed) return;
    const events = new EventSource(importEventsPath.replace(':id', id));
    events.addEventListener('open', () => setPolling(false));
    events.addEventListener('message', ({ data: text }: MessageEvent<string>) => {
      const batch = JSON.parse(text) as ImportBatch;
      client.setQueryData(importKey(id), batch);
      if (!isMoving(batch)) events.close();
    });
    events.addEventListener('error', () => {
      events.close();
      setPolling(true);
      void client.invalidateQueries({ queryKey: importKey(id), exact: true });
    });
    return () => events.close();
  }, [client, id, isFollowed]);

  useEffect(() => {
    if (state !== 'committing') return;
    return () => void client.invalidateQueries();
  }, [client, state]);

  return { data, status, error, retry: () => void refetch() };
}

/** Positions and rejected rows of a batch in review; undefined batch asks nothing. Read anew after every reading. */
export function useImportPreview(batch: Pick<ImportBatch, 'id'> | undefined) {
  const { data, status, error } = useQuery({
    queryKey: [...importKey(batch?.id ?? ''), 'preview'],
    queryFn: ({ signal }) => request(getImportPreview, { params: { id: batch?.id ?? '' } }, { signal }),
    enabled: batch !== undefined,
    staleTime: 0,
  });
  return { data, status, error };
}
