import { getArea, getAreaEvidence } from '@diemnong/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { areasKey } from './use-areas.ts';

/** All that was asked about one area, as it stood on whatever day. */
export function areaKey(id: string | undefined) {
  return [...areasKey, 'one', id] as const;
}

/** undefined asks nothing. */
function questionOf(id: string | undefined, asOf: string | undefined) {
  return {
    queryKey: [...areaKey(id), asOf],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      request(getArea, { params: { id: id ?? '' }, query: { asOf } }, { signal }),
    enabled: id !== undefined,
    staleTime: 0,
  };
}

/** One area with its shape, as it stood at the end of a day (default today); never another area or day meanwhile. */
export function useArea(id: string | undefined, asOf?: string) {
  const { data, error, refetch } = useQuery(questionOf(id, asOf));
  return { data: data?.area, error, retry: () => void refetch() };
}

/** The same for a page of its own: the last good answer stands until the next is there, and coming back to the window asks again. */
export function useAreaPage(id: string, asOf: string | undefined) {
  return useKeptAnswer(
    useQuery({ ...questionOf(id, asOf), placeholderData: keepPreviousData, refetchOnWindowFocus: true }),
  );
}

/** What the records say of it, as if they ended with a day. */
export function useAreaEvidence(id: string, asOf: string | undefined) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...areasKey, 'evidence', id, asOf],
      queryFn: ({ signal }) => request(getAreaEvidence, { params: { id }, query: { asOf } }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}
