import { getHotspotStory, type HotspotStory } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import type { ScoreName } from '../../state/view-search.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** Why a cell is, or is not, a hot spot in the period that is seen. null filters ask nothing. */
export function useHotspotStory(cell: string, filters: Filters | null, score: ScoreName) {
  const query = { ...toQuery(filters ?? { from: '', to: '' }), measure: score };
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['hotspots', 'story', cell, query],
    queryFn: ({ signal }): Promise<HotspotStory> => request(getHotspotStory, { params: { cell }, query }, { signal }),
    enabled: filters !== null,
    placeholderData: (before, beforeQuery) => (beforeQuery?.queryKey[2] === cell ? before : undefined),
  });
  return { data, error, isLoading: isFetching, retry: () => void refetch() };
}
