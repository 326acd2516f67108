import { decodeHexes, getHexes, type H3Res, type HexesResponse } from '@diemnong/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { requestBytes } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { countBounds } from '../../ui/class-scale.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** `locking` = the window whose counts lock the classes; absent = the classes follow what is shown. */
export type HexesAsked = { filters: Filters; res: H3Res; locking?: Filters };

/** Counts and the bounds of their classes: one answer, so that a picture never wears the legend of another. */
export type HexesPicture = { hexes: HexesResponse; bounds: number[] };

export function hexesQuery({ filters, res, locking }: HexesAsked) {
  const shown = { ...toQuery(filters), res };
  const lock = locking && { ...toQuery(locking), res };
  return queryOptions({
    queryKey: ['hexes', shown, lock],
    queryFn: async ({ signal, client }): Promise<HexesPicture> => {
      const isOwnLock = lock === undefined || JSON.stringify(lock) === JSON.stringify(shown);
      const [hexes, bounds] = await Promise.all([
        fetchHexes(shown, signal),
        isOwnLock ? undefined : client.fetchQuery(lockingBoundsQuery(lock)),
      ]);
      return { hexes, bounds: bounds ?? boundsOf(hexes) };
    },
    structuralSharing: false, // comparing 40,000 cells one by one costs more than drawing them
  });
}

type HexesQueryText = ReturnType<typeof toQuery> & { res: H3Res };

function lockingBoundsQuery(query: HexesQueryText) {
  return queryOptions({
    queryKey: ['hexes', 'locking', query],
    queryFn: async ({ signal }) => boundsOf(await fetchHexes(query, signal)),
  });
}

function boundsOf({ counts, hiddenUnder }: HexesResponse): number[] {
  return countBounds(counts, hiddenUnder ?? 1);
}

async function fetchHexes(query: HexesQueryText, signal: AbortSignal): Promise<HexesResponse> {
  const answer = await requestBytes(getHexes, { query }, { signal });
  return answer instanceof Uint8Array
    ? { ...decodeHexes(answer), from: query.from, to: query.to, hiddenUnder: null }
    : answer;
}

/**
 * Counts per cell. While the next answer loads, `data` is the last good one (`isPrevious` says so); what is no longer
 * wanted is aborted. null asks nothing.
 */
export function useHexes(asked: HexesAsked | null) {
  const query = useQuery({
    ...hexesQuery(asked ?? { filters: { from: '', to: '' }, res: 7 }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return useKeptAnswer(query);
}
