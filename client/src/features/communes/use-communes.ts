import { getCommunes, type ResponseOf } from '@diemnong/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';

type Communes = ResponseOf<typeof getCommunes>;
export type CommuneFeature = Communes['features'][number];

function communesQuery(boundarySet: string | undefined) {
  return queryOptions({
    queryKey: ['communes', boundarySet ?? 'default'],
    queryFn: ({ signal }) => request(getCommunes, { query: { boundarySet } }, { signal }),
    structuralSharing: false,
  });
}

/** Communes of a boundary set (the default one when undefined), with their simplified shapes. */
export function useCommunes(boundarySet: string | undefined) {
  const { data, status, error } = useQuery(communesQuery(boundarySet));
  return { data, status, error };
}
