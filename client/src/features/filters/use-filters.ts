import { useMemo } from 'react';
import { useView } from '../../state/use-view.ts';
import { useMeta } from '../meta/use-meta.ts';
import { type Filters, toFilters, toSharedFilters } from './filters.ts';

/** What is counted now; the one clock of all layers, charts and numbers. null while it is not known. */
export function useFilters(): Filters | null {
  const { data: meta } = useMeta();
  const { from, to, categories, hours, weekdays } = useView();
  return useMemo(() => {
    if (meta === undefined) return null;
    const read = meta.hiddenUnder === null ? toFilters : toSharedFilters;
    return read({ from, to, categories, hours, weekdays }, meta.range);
  }, [meta, from, to, categories, hours, weekdays]);
}
