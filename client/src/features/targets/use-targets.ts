import { getTargets, listReadings, type ReadingsResponse } from '@diemnong/contracts';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import type { TargetsQuery } from './target-query.ts';

/** Asked for again with every step that somebody enters (features/areas/use-areas.ts names the same key). */
const targetsKey = ['targets'] as const;

/** The two targets as they are now, since people enter and approve steps while others look. */
export function useTargets(query: TargetsQuery) {
  return useKeptAnswer(
    useQuery({
      queryKey: [...targetsKey, 'rates', query],
      queryFn: ({ signal }) => request(getTargets, { query }, { signal }),
      staleTime: 0,
      placeholderData: keepPreviousData,
    }),
  );
}

export type AreaReading = ReadingsResponse['areas'][number];
export type Readings = { byArea: ReadonlyMap<string, AreaReading>; isLoading: boolean; isFailed: boolean };

/** What the records say of the areas listed for some years. They are slow to read, so that the list stands before them. */
export function useReadings(years: readonly number[], asOf: string): Readings {
  return useQueries({
    queries: years.map((year) => ({
      queryKey: [...targetsKey, 'readings', year, asOf],
      queryFn: ({ signal }: { signal: AbortSignal }) => request(listReadings, { query: { year, asOf } }, { signal }),
    })),
    combine: (answers) => ({
      byArea: new Map(answers.flatMap(({ data }) => data?.areas ?? []).map((area) => [area.id, area])),
      isLoading: answers.some(({ isPending }) => isPending),
      isFailed: answers.some(({ isError }) => isError),
    }),
  });
}
