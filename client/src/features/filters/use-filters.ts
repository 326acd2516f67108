import { useMatches } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useView } from '../../state/use-view.ts';
import { useMeta } from '../meta/use-meta.ts';
import { type Filters, toFilters, toSharedFilters } from './filters.ts';

/** Months that the screen shows when the address names no period; undefined = the 12 of the map. */
export function useDefaultMonths(): number | undefined {
  return useMatches({
    select: (matches) => matches.findLast(({ staticData }) => staticData.defaultMonths)?.staticData.defaultMonths,
  });
}

/** What is counted now; the one clock of all layers, charts and numbers. null while it is not known. */
export function useFilters(): Filters | null {
  const { data: meta } = useMeta();
  const { from, to, categories, hours, weekdays } = useView();
  const months = useDefaultMonths();
  return useMemo(() => {
    if (meta === undefined) return null;
    const read = meta.hiddenUnder === null ? toFilters : toSharedFilters;
    return read({ from, to, categories, hours, weekdays }, meta.range, months);
  }, [meta, from, to, categories, hours, weekdays, months]);
}
