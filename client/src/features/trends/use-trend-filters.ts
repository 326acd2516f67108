import { useMemo, useState } from 'react';
import { vietnameseToday } from '../../state/days.ts';
import type { Filters } from '../filters/filters.ts';
import { useFilters } from '../filters/use-filters.ts';
import { useMeta } from '../meta/use-meta.ts';
import { pastOnly } from './trend-window.ts';

/** What the pages of trends count: the filters of the view, without days to come. null while they are not known. */
export function useTrendFilters(): Filters | null {
  const { data: meta } = useMeta();
  const filters = useFilters();
  const [today] = useState(vietnameseToday);
  return useMemo(() => {
    if (filters === null || !meta?.range || meta.hiddenUnder !== null) return filters;
    return pastOnly(filters, meta.range, today);
  }, [filters, meta, today]);
}
