import { decideAreaTask, getAreaTask, listAreaTasks, type NoteState, type RequestOf } from '@diemnong/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { refreshAreas } from '../areas/use-areas.ts';

const areaTasksKey = ['area-tasks'] as const;

/** Review tasks in one state, or all; as they are now, since people decide while others look. */
export function useAreaTasks(state: NoteState | undefined) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areaTasksKey, 'list', state],
      queryFn: ({ signal }) => request(listAreaTasks, { query: { state } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

/** One task with its months. */
export function useAreaTask(id: string) {
  const { data, error, refetch } = useQuery({
    queryKey: [...areaTasksKey, 'story', id],
    queryFn: ({ signal }) => request(getAreaTask, { params: { id } }, { signal }),
    staleTime: 0,
  });
  return { data, error, retry: () => void refetch() };
}

type Decision = NonNullable<RequestOf<typeof decideAreaTask>['body']>;

/** Confirming enters a step of the area, so areas and targets are asked for again. */
export function useDecideAreaTask(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Decision) => request(decideAreaTask, { params: { id }, body }),
    onSettled: () => refreshAreas(client),
  });
}
