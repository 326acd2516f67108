import { getCommuneStory, getHexStory, type Story } from '@diemnong/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { type Filters, toQuery } from '../filters/filters.ts';

/** `hex:88…` or `commune:26740`, as the address writes it. */
export type PlaceId = string;

/** The story of a place in the period that is seen. null asks nothing. */
export function useStory(place: PlaceId | undefined, filters: Filters | null, boundarySet: string | undefined) {
  const [kind, id = ''] = place?.split(':') ?? [];
  const query = toQuery(filters ?? { from: '', to: '' });
  const { data, status, error, isFetching, refetch } = useQuery({
    queryKey: ['story', place, query, boundarySet],
    queryFn: ({ signal }): Promise<Story> =>
      kind === 'hex'
        ? request(getHexStory, { params: { cell: id }, query }, { signal })
        : request(getCommuneStory, { params: { code: id }, query: { ...query, boundarySet } }, { signal }),
    enabled: place !== undefined && filters !== null,
    placeholderData: (before, beforeQuery) => (beforeQuery?.queryKey[1] === place ? before : undefined),
  });
  return { data, status, error, isLoading: isFetching, retry: () => void refetch() };
}
