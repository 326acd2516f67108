import { decideAlert, getAlert, listAlerts, type NoteState, type RequestOf } from '@diemnong/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';

const alertsKey = ['alerts'] as const;

/** Notes in one state, or all; as they are now, since people decide while others look. */
export function useAlerts(state: NoteState | undefined) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...alertsKey, 'list', state],
      queryFn: ({ signal }) => request(listAlerts, { query: { state } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

/** One note with its months. */
export function useAlertStory(id: string) {
  const { data, error, refetch } = useQuery({
    queryKey: [...alertsKey, 'story', id],
    queryFn: ({ signal }) => request(getAlert, { params: { id } }, { signal }),
    staleTime: 0,
  });
  return { data, error, retry: () => void refetch() };
}

type Decision = NonNullable<RequestOf<typeof decideAlert>['body']>;

export function useDecideAlert(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Decision) => request(decideAlert, { params: { id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
}
