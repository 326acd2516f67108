import {
  type AreaFile,
  approveAreaEvent,
  getArea,
  getAreaEvidence,
  type NewAreaEvent,
  postAreaEvent,
  postAreaFile,
  type RequestOf,
} from '@diemnong/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request, urlOf } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { areasKey, refreshAreas } from '../areas/use-areas.ts';
import { uploadFile } from '../imports/upload-file.ts';

/** One area as it stood at the end of a day; default today. */
export function useAreaPage(id: string, asOf: string | undefined) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areasKey, 'page', id, asOf],
      queryFn: ({ signal }) => request(getArea, { params: { id }, query: { asOf } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: true,
    }),
  );
}

/** What the records say of it, as if they ended with a day. */
export function useAreaEvidence(id: string, asOf: string | undefined) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areasKey, 'evidence', id, asOf],
      queryFn: ({ signal }) => request(getAreaEvidence, { params: { id }, query: { asOf } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

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
    onSuccess: () => client.invalidateQueries({ queryKey: [...areasKey, 'page', id] }),
  });
  return { ...upload, share };
}
