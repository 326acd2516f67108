import { type BoundaryImport, type BoundaryOptions, getBoundaryImport, postBoundaryImport } from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '../../api/request.ts';
import { uploadFile } from '../imports/upload-file.ts';

const pollMs = 1000;
/** The import that was started last in this browser: kept in the cache, so that leaving the screen loses nothing. */
const currentKey = ['boundary-import', 'current'];

/** Sends a boundary file and follows its import until it is committed or refused. */
export function useBoundaryImport() {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const { data: id = null } = useQuery<string | null>({
    queryKey: currentKey,
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const upload = useMutation({
    mutationFn: (input: { file: File; options: BoundaryOptions }) => {
      setShare(0);
      return uploadFile(postBoundaryImport.path, input, { onProgress: setShare });
    },
    onSuccess: (started) => client.setQueryData(currentKey, started.id),
  });
  const followed = useQuery({
    queryKey: ['boundary-import', id],
    queryFn: ({ signal }) => request(getBoundaryImport, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : pollMs),
  });
  const state = followed.data?.state;

  // New communes change every map and count.
  useEffect(() => {
    if (state === 'committed')
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'boundary-import' });
  }, [client, state]);

  return {
    start: upload.mutate,
    isSending: upload.isPending,
    /** Share of the file that was sent, 0–1. */
    share,
    job: followed.data,
    /** The sending or the following failed; a refusal of the file stands in `job.error`. */
    error: upload.error ?? followed.error,
    /** Forget the import that was shown, for another one. */
    reset: () => {
      upload.reset();
      client.setQueryData(currentKey, null);
    },
  };
}

function isRunning({ state }: Pick<BoundaryImport, 'state'>): boolean {
  return state !== 'committed' && state !== 'refused';
}
