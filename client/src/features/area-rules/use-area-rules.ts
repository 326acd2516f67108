import { type AreaRules, getAreaRules, postAreaRules } from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

const rulesKey = (year: number) => ['area-rules', year] as const;

/** What holds for the areas of a year, and the way to set it. */
export function useAreaRules(year: number) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: rulesKey(year),
    queryFn: ({ signal }) => request(getAreaRules, { query: { year } }, { signal }),
    staleTime: 0,
  });
  const change = useMutation({
    mutationFn: (rules: AreaRules) => request(postAreaRules, { body: { year, rules } }),
    // Targets, check lists and the relapse watch follow the rules: every answer is asked anew.
    onSuccess: (answer) => {
      client.setQueryData(rulesKey(year), answer);
      return client.invalidateQueries();
    },
  });
  return { data, error, retry: () => void refetch(), change };
}
