import {
  commitImport,
  deleteImport,
  type ImportBatch,
  type ImportOptions,
  postImport,
  type RequestOf,
  remapImport,
  undoImport,
} from '@diemnong/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { uploadFile } from './upload-file.ts';
import { importKey } from './use-import.ts';
import { importsKey } from './use-imports.ts';

/** Send a file. `share` tells how much of it has left this computer. */
export function useUpload() {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: (input: { file: File; options: ImportOptions }) => {
      setShare(0);
      return uploadFile(postImport.path, input, { onProgress: setShare });
    },
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
  return { ...upload, share };
}

/** What can be done with one batch. Each answers when the server has taken it; errors stay with the action. */
export function useImportActions(id: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: importsKey });
  const remap = useMutation({
    mutationFn: (body: NonNullable<RequestOf<typeof remapImport>['body']>) =>
      request(remapImport, { params: { id }, body }),
    onSettled: refresh,
  });
  const commit = useMutation({
    mutationFn: () => request(commitImport, { params: { id } }),
    // The answer comes when all is written: until then the batch is shown as being written, and its events are followed.
    onMutate: () =>
      client.setQueryData<ImportBatch>(
        importKey(id),
        (batch) => batch && { ...batch, state: 'committing', progress: null },
      ),
    onSuccess: (batch) => {
      client.setQueryData(importKey(id), batch);
      // A small batch is committed by the time it is answered: then no later state tells that the numbers moved.
      return batch.state === 'committed' ? client.invalidateQueries() : refresh();
    },
    onError: refresh,
  });
  const undo = useMutation({
    mutationFn: () => request(undoImport, { params: { id } }),
    onSettled: () => client.invalidateQueries(),
  });
  const drop = useMutation({
    mutationFn: () => request(deleteImport, { params: { id } }),
    onSuccess: () => {
      client.removeQueries({ queryKey: importKey(id) });
      return client.invalidateQueries({ queryKey: [...importsKey, 'list'] });
    },
  });
  return { remap, commit, undo, drop };
}
