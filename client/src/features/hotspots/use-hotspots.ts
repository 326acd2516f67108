import { getHotspots, type H3Res, type HotspotsResponse } from '@diemnong/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import type { ScoreName } from '../../state/view-search.ts';
import { type Filters, toQuery } from '../filters/filters.ts';
import { usualSize } from './statistic-sizes.ts';

export type HotspotsAsked = { filters: Filters; res: H3Res; score: ScoreName };

function hotspotsQuery({ filters, res, score }: HotspotsAsked) {
  const query = { ...toQuery(filters), res, measure: score, only: 'significant' as const };
  return queryOptions({
    queryKey: ['hotspots', query],
    queryFn: ({ signal }): Promise<HotspotsResponse> => request(getHotspots, { query }, { signal }),
    structuralSharing: false, // thousands of cells: comparing them one by one costs more than drawing them
  });
}

/**
 * Significant and labelled cells of the period that is seen, with the numbers of the whole grid. The last good answer stays while
 * the next loads. null asks nothing.
 */
export function useHotspots(asked: HotspotsAsked | null) {
  const query = useQuery({
    ...hotspotsQuery(asked ?? { filters: { from: '', to: '' }, res: usualSize, score: 'count' }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return useKeptAnswer(query);
}
