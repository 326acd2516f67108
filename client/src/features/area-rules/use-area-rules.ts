import { type AreaRules, getAreaRules, postAreaRules } from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

const rulesKey = (year: number, province: string | undefined) => ['area-rules', year, province] as const;

/** What holds for the areas of a year in a province (absent: one's own, or the first), and the way to set it. */
export function useAreaRules(year: number, province?: string) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: rulesKey(year, province),
    queryFn: ({ signal }) => request(getAreaRules, { query: { year, province } }, { signal }),
    staleTime: 0,
  });
  const change = useMutation({
    mutationFn: (rules: AreaRules) => request(postAreaRules, { body: { year, province, rules } }),
    // Targets, check lists and the relapse watch follow the rules: every answer is asked anew.
    onSuccess: (answer) => {
      client.setQueryData(rulesKey(year, province), answer);
      return client.invalidateQueries();
    },
  });
  return { data, error, retry: () => void refetch(), change };
}
