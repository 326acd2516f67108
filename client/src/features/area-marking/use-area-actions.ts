import { mergeAreas, patchArea, postArea, type RequestOf, splitArea } from '@diemnong/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { refreshAreas } from '../areas/use-areas.ts';

type Body<E extends typeof postArea | typeof patchArea | typeof splitArea | typeof mergeAreas> = NonNullable<
  RequestOf<E>['body']
>;

/** Mark a new area. */
export function useCreateArea() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof postArea>) => request(postArea, { body }),
    onSuccess: () => refreshAreas(client),
  });
}

/** Change an area as somebody saw it; another change meanwhile is a conflict, and the newer one is fetched. */
export function useEditArea(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof patchArea>) => request(patchArea, { params: { id }, body }),
    onSettled: () => refreshAreas(client),
  });
}

/** Divide one area, or make one of several. */
export function useSplitArea(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof splitArea>) => request(splitArea, { params: { id }, body }),
    onSuccess: () => refreshAreas(client),
  });
}

export function useMergeAreas() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof mergeAreas>) => request(mergeAreas, { body }),
    onSuccess: () => refreshAreas(client),
  });
}
