import {
  type AreaFile,
  approveAreaEvent,
  type NewAreaEvent,
  postAreaEvent,
  postAreaFile,
  type RequestOf,
} from '@diemnong/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request, urlOf } from '../../api/request.ts';
import { areaKey } from '../areas/use-area.ts';
import { refreshAreas } from '../areas/use-areas.ts';
import { uploadFile } from '../imports/upload-file.ts';

export function useEnterEvent(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAreaEvent) => request(postAreaEvent, { params: { id }, body }),
    onSuccess: () => refreshAreas(client),
  });
}

type Decision = NonNullable<RequestOf<typeof approveAreaEvent>['body']>;

export function useDecideEvent(id: string, event: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Decision) => request(approveAreaEvent, { params: { id, event }, body }),
    onSuccess: () => refreshAreas(client),
  });
}

/** Send a file to an area; `share` tells how much of it has left this computer. */
export function useAreaUpload(id: string) {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const upload = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      return uploadFile<AreaFile>(urlOf(postAreaFile, { params: { id } }), { file }, { onProgress: setShare });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: areaKey(id) }),
  });
  return { ...upload, share };
}
