import { getSettings, patchSettings, type ResponseOf } from '@diemnong/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

const settingsKey = ['settings'] as const;

/** The settings in force, and the way to change some. */
export function useSettings() {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: settingsKey,
    queryFn: ({ signal }) => request(getSettings, {}, { signal }),
    staleTime: 0,
  });
  const change = useMutation({
    mutationFn: (body: Partial<ResponseOf<typeof getSettings>>) => request(patchSettings, { body }),
    // Counts of viewers and periods of reporting follow the settings: every answer is asked anew.
    onSuccess: (settings: ResponseOf<typeof getSettings>) => {
      client.setQueryData(settingsKey, settings);
      return client.invalidateQueries();
    },
  });
  return { data, error, retry: () => void refetch(), change };
}
