import { type AreaType, listAreaCandidates, type RequestOf, refuseAreaCandidate } from '@diemnong/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';

const candidatesKey = ['area-candidates'] as const;

export type CandidatesAsked = { type: AreaType | undefined; res: number | undefined; isDecidedShown: boolean };

/** Suggestions of the statistics, strongest first, as people decided about them until now. */
export function useCandidates({ type, res, isDecidedShown }: CandidatesAsked) {
  const query = { type, res, decided: isDecidedShown ? ('1' as const) : undefined };
  return useKeptAnswer(
    useQuery({
      queryKey: [...candidatesKey, query],
      queryFn: ({ signal }) => request(listAreaCandidates, { query }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

type Refusal = NonNullable<RequestOf<typeof refuseAreaCandidate>['body']>;

export function useRefuseCandidate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Refusal) => request(refuseAreaCandidate, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: candidatesKey }),
  });
}
