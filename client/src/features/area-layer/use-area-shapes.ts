import { type AreaShapesResponse, listAreaShapes } from '@diemnong/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '../../api/request.ts';
import { useKeptAnswer } from '../../api/use-last-good.ts';
import { addDays, monthEnd } from '../../state/days.ts';
import { useView } from '../../state/use-view.ts';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { useSession } from '../session/session-context.ts';
import { statusesOf } from './area-groups.ts';

export type AreaShape = AreaShapesResponse['features'][number];

/** Day whose end the statuses are of: the end of the clock; undefined = today, while the clock stands at the end of the data. */
export function useAreaDay(): string | undefined {
  const { data: meta } = useMeta();
  const to = useFilters()?.to;
  const end = meta?.range ? monthEnd(meta.range.to) : undefined;
  return to === undefined || end === undefined || to >= end ? undefined : addDays(to, -1);
}

/** Shapes of the chosen part of the life cycle, as they were at the end of the clock. Asks nothing while `isOn` is false. */
export function useAreaShapes(isOn: boolean) {
  const { areaTypes, areaYear, areaGroup } = useView();
  const asOf = useAreaDay();
  const canAnalyse = useSession().can('analysis');
  const query = { asOf, types: areaTypes?.join(','), year: areaYear, limit: 10_000 };
  const answer = useKeptAnswer(
    useQuery({
      queryKey: ['areas', 'shapes', query],
      queryFn: ({ signal }) => request(listAreaShapes, { query }, { signal }),
      enabled: isOn && canAnalyse,
      staleTime: 0,
      structuralSharing: false,
      placeholderData: keepPreviousData,
    }),
  );
  const { data } = answer;
  const shapes = useMemo(() => {
    const drawn = new Set(statusesOf(areaGroup ?? 'open'));
    return isOn ? (data?.features ?? []).filter(({ properties }) => drawn.has(properties.status)) : [];
  }, [isOn, data, areaGroup]);
  return { ...answer, shapes, canAnalyse };
}
