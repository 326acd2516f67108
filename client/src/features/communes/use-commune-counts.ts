import { getCommuneCounts, type ResponseOf } from '@diemnong/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

type CommuneCounts = ResponseOf<typeof getCommuneCounts>;
export type CommuneCount = CommuneCounts['communes'][number];

/** `locking` = the window whose counts lock the classes; absent = the classes follow what is shown. */
export type CommuneCountsAsked = { filters: Filters; boundarySet?: string | undefined; locking?: Filters };

/** Counts and those that lock the classes: one answer, so that a picture never wears the legend of another. */
export type CommunesPicture = { counts: CommuneCounts; locking: readonly CommuneCount[] };

function communeCountsQuery(query: ReturnType<typeof toQuery> & { boundarySet?: string | undefined }) {
  return queryOptions({
    queryKey: ['communes', 'counts', query],
    queryFn: ({ signal }) => request(getCommuneCounts, { query }, { signal }),
    structuralSharing: false,
  });
}

/** Counts per commune; the last good answer stays while the next loads. null asks nothing. */
export function useCommuneCounts(asked: CommuneCountsAsked | null) {
  const { filters, boundarySet, locking } = asked ?? { filters: { from: '', to: '' } };
  const shown = { ...toQuery(filters), boundarySet };
  const lock = locking && { ...toQuery(locking), boundarySet };
  const query = useQuery({
    queryKey: ['communes', 'picture', shown, lock],
    queryFn: async ({ client }): Promise<CommunesPicture> => {
      const [counts, locked] = await Promise.all([
        client.fetchQuery(communeCountsQuery(shown)),
        lock && client.fetchQuery(communeCountsQuery(lock)),
      ]);
      return { counts, locking: (locked ?? counts).communes };
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  return useKeptAnswer(query);
}
