import { confirmNoIncident, getReporting, retractNoIncident } from '@diemnong/contracts';
import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import type { Period } from '../../state/days.ts';

/** Who reported which month, with the period it was asked for. */
export function useReporting(period: Period | null) {
  const query = period && { from: period.from, to: period.to };
  return useKeptAnswer(
    useQuery({
      queryKey: ['reporting', query],
      queryFn: query
        ? async ({ signal }) => ({ period: query, answer: await request(getReporting, { query }, { signal }) })
        : skipToken,
      placeholderData: keepPreviousData,
    }),
  );
}

/** One commune's month, `2026-10`. */
export type CommuneMonth = { commune: string; month: string };

/** Say that a commune had no incident in a month, or take it back. Statistics change with it, so every answer is asked anew. */
export function useReportingActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries();
  const confirm = useMutation({
    mutationFn: (params: CommuneMonth) => request(confirmNoIncident, { params }),
    onSuccess,
  });
  const retract = useMutation({
    mutationFn: (params: CommuneMonth) => request(retractNoIncident, { params }),
    onSuccess,
  });
  return { confirm, retract };
}
